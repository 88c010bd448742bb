// npm test: set-up, then every proof there is. `-- --only check,unit` runs some of: check, unit, build, pack, e2e, demo.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runChecks } from './checks.mjs';
import { ensureBuilt } from './setup/build.mjs';
import { CommandFailure, run } from './setup/command.mjs';
import { ensureDisplay } from './setup/display.mjs';
import { ensureElectron } from './setup/electron.mjs';
import { toolNode } from './setup/install.mjs';
import { isLinux, root } from './setup/places.mjs';
import { say, step } from './setup/say.mjs';
import { setUp } from './setup/setUp.mjs';

const reports = join(root, 'out/test');
const names = ['check', 'unit', 'build', 'pack', 'e2e', 'demo'];
/** What a step needs before it. */
const needs = { check: [], unit: [], build: [], pack: ['build'], e2e: ['build', 'pack'], demo: ['build'] };

function wanted() {
  const only = process.argv.find((argument, index) => process.argv[index - 1] === '--only');
  if (only === undefined) return names;
  const asked = only.split(',');
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`no step "${unknown}"; there are: ${names.join(', ')}`);
  return names.filter((name) => asked.some((one) => one === name || needs[one].includes(name)));
}

/** One thing that either worked or not; its output is shown when it did not. */
async function attempt(label, work) {
  try {
    await step(label, work);
    return { passed: 1, failed: 0 };
  } catch (error) {
    process.stdout.write(`${error instanceof CommandFailure ? error.output : (error.stack ?? error)}\n`);
    return { passed: 0, failed: 1 };
  }
}

function countVitest(report) {
  return { passed: report.numPassedTests, failed: report.numFailedTests };
}

/** A flaky test counts as failed: it passed only on a second try. */
function countPlaywright({ stats }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}

/** Runs a test runner and counts its report; a runner that fails without a failed test counts as one failure. */
async function runTests(label, args, { env = {}, report, count }) {
  mkdirSync(reports, { recursive: true });
  rmSync(report, { force: true });
  const ran = await attempt(label, (update) =>
    run(toolNode(), args, { cwd: root, env: { ...process.env, ...env }, onLine: update }),
  );
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const counted = count(JSON.parse(readFileSync(report, 'utf8')));
  say(`  ${counted.passed} passed, ${counted.failed} failed`);
  return { passed: counted.passed, failed: Math.max(counted.failed, ran.failed) };
}

function runPlaywright(label, options) {
  return runTests(
    label,
    ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json', ...options],
    {
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: e2eReport },
      report: e2eReport,
      count: countPlaywright,
    },
  );
}

const unitReport = join(reports, 'unit.json');
const e2eReport = join(reports, 'e2e.json');
const steps = {
  check: () => runChecks(),
  unit: () =>
    runTests(
      'unit and integration tests (vitest)',
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--reporter=dot',
        '--reporter=json',
        `--outputFile.json=${unitReport}`,
      ],
      { report: unitReport, count: countVitest },
    ),
  build: () => attempt('the program is built', ensureBuilt),
  pack: () =>
    isLinux
      ? attempt('packing the program (electron-builder --linux --dir)', () =>
          run(toolNode(), ['tests/packed/pack.mjs'], { cwd: root }),
        )
      : { passed: 0, failed: 0 },
  e2e: async () => {
    const stopDisplay = await ensureDisplay();
    try {
      const many = await runPlaywright('end-to-end tests in the real Electron (playwright)', [
        '--grep-invert=@packed',
      ]);
      // The packed program has the focus that the system gives it: it must be alone on the display.
      const packed = isLinux
        ? await runPlaywright('end-to-end tests of the packed program', ['--grep=@packed', '--workers=1'])
        : { passed: 0, failed: 0 };
      return { passed: many.passed + packed.passed, failed: many.failed + packed.failed };
    } finally {
      stopDisplay();
    }
  },
  demo: async () => {
    const stopDisplay = await ensureDisplay();
    try {
      return await attempt('the demonstration day (npm run demo)', (update) =>
        run(toolNode(), ['scripts/demo/main.ts'], { cwd: root, onLine: update }),
      );
    } finally {
      stopDisplay();
    }
  },
};

const startedMs = Date.now();
const chosen = wanted();
await setUp();
if (['pack', 'e2e', 'demo'].some((name) => chosen.includes(name))) await ensureElectron();
let passed = 0;
let failed = 0;
const broken = new Set();
for (const name of chosen) {
  // Testing an older build would prove nothing.
  const missing = needs[name].find((one) => broken.has(one));
  if (missing !== undefined) say(`${name}: NOT RUN, because "${missing}" failed`);
  const result = missing === undefined ? await steps[name]() : { passed: 0, failed: 1 };
  if (result.failed > 0) broken.add(name);
  passed += result.passed;
  failed += result.failed;
}
say(`all of it took ${Math.round((Date.now() - startedMs) / 1000)} s`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
