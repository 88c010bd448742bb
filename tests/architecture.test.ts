import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/*
 * Who may import whom (README, map of the house). Lint says the same at the line; this one also sees circles, and that
 * each library with a risk has one importer.
 */
const root = fileURLToPath(new URL('..', import.meta.url));

type Import = { readonly from: string; readonly to: string; readonly isTypeOnly: boolean };

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .filter((name) => /\.tsx?$/.test(name));
}

/** Every import of a file: ours as paths from the root, others by name. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const statement =
    /^(?:import|export)\s+(type\s)?(?:[^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/gm;
  return [...text.matchAll(statement)].map(([, type, named, lazy]) => {
    const target = named ?? lazy ?? '';
    const to = target.startsWith('.')
      ? relative(root, resolve(root, dirname(file), target)).replaceAll('\\', '/')
      : target;
    return { from: file, to, isTypeOnly: type !== undefined };
  });
}

const all = ['shared', 'electron', 'renderer'].flatMap(sources).flatMap(importsOf);

function offenders(isWrong: (one: Import) => boolean): string[] {
  return all.filter(isWrong).map(({ from, to }) => `${from} -> ${to}`);
}
const isIn = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);
const isOurs = (path: string): boolean =>
  ['shared', 'electron', 'renderer', 'tests', 'scripts'].some((zone) => isIn(path, zone));

test('there is something to look at', () => {
  expect(all.length).toBeGreaterThan(300);
});

test('shared/ imports itself and zod, and the domain nothing beyond it', () => {
  expect(offenders(({ from, to }) => isIn(from, 'shared') && !isIn(to, 'shared') && to !== 'zod')).toEqual(
    [],
  );
  expect(
    offenders(
      ({ from, to }) =>
        isIn(from, 'shared/domain') &&
        !isIn(to, 'shared/domain') &&
        to !== 'shared/errors.ts' &&
        to !== 'zod',
    ),
  ).toEqual([]);
});

test('the window and main never import each other, and neither imports tests or scripts', () => {
  expect(offenders(({ from, to }) => isIn(from, 'renderer') && isIn(to, 'electron'))).toEqual([]);
  expect(offenders(({ from, to }) => isIn(from, 'electron') && isIn(to, 'renderer'))).toEqual([]);
  expect(offenders(({ to }) => isIn(to, 'tests') || isIn(to, 'scripts'))).toEqual([]);
});

test('the window knows nothing of Node, Electron or the database', () => {
  const forbidden = /^(node:|electron$|electron\/|better-sqlite3|@napi-rs)/;
  expect(offenders(({ from, to }) => isIn(from, 'renderer') && forbidden.test(to))).toEqual([]);
});

test('components never call main; stores do', () => {
  const isClient = ({ to, isTypeOnly }: Import): boolean => to === 'renderer/client.ts' && !isTypeOnly;
  expect(offenders((one) => isIn(one.from, 'renderer/components') && isClient(one))).toEqual([]);
  expect(
    offenders(
      (one) => isIn(one.from, 'renderer/components') && isIn(one.to, 'renderer/stores') && !one.isTypeOnly,
    ),
  ).toEqual([]);
});

test('what is typed at the counter is reckoned without React, stores or main', () => {
  expect(
    offenders(
      ({ from, to, isTypeOnly }) =>
        isIn(from, 'renderer/draft') && !isIn(to, 'shared') && !isIn(to, 'renderer/draft') && !isTypeOnly,
    ),
  ).toEqual([]);
});

/** The files at the edge, each beside what it adapts. */
const edge = [
  'main',
  'till',
  'log',
  'window',
  'preload',
  'pages',
  'safeStorage',
  'fileDialogs',
  'pdf',
  'ipc/transport',
].map((name) => `electron/${name}.ts`);

test('only the files at the edge touch Electron, and the counter does without them', () => {
  expect(
    offenders(({ from, to }) => /^electron(\/|-log)?/.test(to) && !isOurs(to) && !edge.includes(from)),
  ).toEqual([]);
  expect(offenders(({ from, to }) => edge.includes(to) && !edge.includes(from))).toEqual([]);
});

test('a library that prints, draws or stores has its place', () => {
  const importers = (name: string): string[] => [
    ...new Set(all.filter(({ to, isTypeOnly }) => to === name && !isTypeOnly).map(({ from }) => from)),
  ];
  expect(importers('node-thermal-printer')).toEqual(['electron/printing/escpos.ts']);
  // Foreign functions block and crash: they are called in the spooler's worker and nowhere else.
  expect(importers('koffi')).toEqual(['electron/printing/transports/winspool.ts']);
  expect(importers('electron/printing/transports/spoolJob.ts')).toEqual([
    'electron/printing/transports/spoolWorker.ts',
  ]);
  expect(importers('serialport')).toEqual(['electron/printing/transports/serial.ts']);
  for (const file of importers('@napi-rs/canvas')) expect(file).toMatch(/^electron\/printing\//);
  expect(importers('better-sqlite3').sort()).toEqual([
    'electron/db/open.ts',
    'electron/importing/staging.ts',
  ]);
});

test('there are no circles in what runs', () => {
  const next = new Map<string, string[]>();
  for (const { from, to, isTypeOnly } of all)
    if (!isTypeOnly && isOurs(to)) next.set(from, [...(next.get(from) ?? []), to]);
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[] = [];
  function walk(file: string, path: readonly string[]): void {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      return;
    }
    state.set(file, 'open');
    for (const to of next.get(file) ?? []) walk(to, [...path, file]);
    state.set(file, 'done');
  }
  for (const file of next.keys()) walk(file, []);
  expect(circles).toEqual([]);
});
