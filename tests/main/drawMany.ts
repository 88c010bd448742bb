import { openDrawing } from './printingFixtures.ts';
import { basket, longContent, occasional, sampleContent, threeCurrencies } from './printingSamples.ts';

/*
 * Draws that many receipts in the drawing worker and prints what the process holds: the middle of what was seen in the
 * second tenth, when all is warm, and in the last. Names and numbers differ, as they do at a counter, so that what is
 * remembered by text shows.
 */
const count = Number(process.argv[2]);
const drawing = openDrawing();
const held: number[] = [];
for (let drawn = 0; drawn < count; drawn++) {
  const number = `KY01-2026-${String(drawn).padStart(6, '0')}`;
  const payer = { name: `محمد عبد الرحمن ${drawn} خليل الأسطل`, identityNumber: String(900_000_000 + drawn) };
  const dotsPerLine = drawn % 20 === 0 ? 384 : 576;
  await drawing.draw({ ...kindOf(drawn)(), number, payer }, { dotsPerLine, copyNumber: drawn % 2 });
  held.push(process.memoryUsage.rss());
}
const tenth = Math.floor(count / 10);
process.stdout.write(
  JSON.stringify({
    earlyBytes: middle(held.slice(tenth, 2 * tenth)),
    lateBytes: middle(held.slice(-tenth)),
  }),
);
await drawing.close();

function kindOf(drawn: number): () => ReturnType<typeof sampleContent> {
  if (drawn % 100 === 0) return longContent;
  if (drawn % 10 === 0) return basket;
  if (drawn % 11 === 0) return threeCurrencies;
  return drawn % 3 === 0 ? sampleContent : occasional;
}

function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
