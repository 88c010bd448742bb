import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const library = join(root, 'node_modules/@mantine/core');
const read = (file: string): string => readFileSync(file, 'utf8');

/** What our screens take from the library by name, and all that those files are made of. */
function partsInUse(): Set<string> {
  const renderer = join(root, 'renderer');
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const parts = new Set<string>();
  const seen = new Set<string>();
  const follow = (file: string): void => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    if (file.endsWith('.module.mjs')) parts.add(basename(file, '.module.mjs'));
    for (const [, next = ''] of read(file).matchAll(/from "(\.[^"]+)"/g))
      follow(resolve(dirname(file), next));
  };
  for (const file of files)
    for (const [, names = ''] of read(join(renderer, file)).matchAll(
      /import \{([^}]*)\} from '@mantine\/core'/g,
    ))
      for (const name of names.split(',').map((text) => text.trim()))
        follow(join(library, 'esm/components', name, `${name}.mjs`));
  return parts;
}

const own = read(join(root, 'renderer/styles/mantine.css'));
const imported = [...own.matchAll(/@mantine\/core\/styles\/([\w-]+)\.layer\.css/g)].map(
  ([, name = '']) => name,
);
const always = ['baseline', 'default-css-variables', 'global'];

describe("the library's styles", () => {
  it('are those of the parts in use, neither fewer nor more', () => {
    const parts = partsInUse();
    expect(parts.size).toBeGreaterThan(20);
    expect([...imported].sort()).toEqual([...always, ...parts].sort());
  });

  it("stand in the library's own order", () => {
    const all = read(join(library, 'styles.css'));
    const places = imported.map((name) =>
      all.indexOf(
        read(join(library, 'styles', `${name}.css`))
          .trim()
          .slice(0, 200),
      ),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});
