import { defineConfig } from 'vitest/config';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** Begun last, each of these would run alone while the other core has nothing to do. */
const longest = [
  'killLoop',
  'killDayClose',
  'killShiftClose',
  'storageStops',
  'importing',
  'anySequence',
  'undo',
  'bench',
  'printKilled',
  'faultSchedules',
  'printingReceipt',
  'printingDrawing',
  'randomShifts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at < 0 ? longest.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    globalSetup: ['tests/helpers/runSetup.ts'],
    include: ['tests/**/*.test.{ts,tsx}'],
    // Left alone it keeps one core for itself, and of two that is half.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    // Hooks make whole municipalities, on machines that are busy.
    hookTimeout: 60_000,
  },
});
