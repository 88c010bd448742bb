// npm run build: the program into out/app.
import { setUp } from './setup/setUp.mjs';

await setUp({ build: true });
