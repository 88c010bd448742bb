import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Axe finds nothing on the screen as it stands. */
export async function expectAccessible(page: Page, screen = ''): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(
    violations.map(
      ({ id, nodes }) => `${screen} ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`,
    ),
  ).toEqual([]);
}
