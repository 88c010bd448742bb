// npm run check: format, lint, types, unused code. `-- --fast` leaves out the slow last one (the pre-commit hook).
import { runChecks } from './checks.mjs';
import { setUp } from './setup/setUp.mjs';

await setUp();
const { failed } = await runChecks({ isFast: process.argv.includes('--fast') });
process.exitCode = failed > 0 ? 1 : 0;
