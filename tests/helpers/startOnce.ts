import { startCounter } from './counter.ts';

/* Starts a counter on a folder, says how it stands and ends it: `node startOnce.ts FOLDER`. */
const till = startCounter({ folder: process.argv[2] ?? '' });
console.log(JSON.stringify(await till.call('app.status', {})));
await till.close();
