import { openDrawing } from './printingFixtures.ts';
import { basket, longContent, occasional, sampleContent, threeCurrencies } from './printingSamples.ts';

/*
 * Draws that many receipts in the drawing worker and prints what the process holds: the least that was seen in the
 * second and third tenth, when all is warm, and in the last two. Names and numbers differ, as they do at a counter, so that what is
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
    earlyBytes: Math.min(...held.slice(tenth, 3 * tenth)),
    lateBytes: Math.min(...held.slice(-2 * tenth)),
  }),
);
await drawing.close();

function kindOf(drawn: number): () => ReturnType<typeof sampleContent> {
  if (drawn % 100 === 0) return longContent;
  if (drawn % 10 === 0) return basket;
  if (drawn % 11 === 0) return threeCurrencies;
  return drawn % 3 === 0 ? sampleContent : occasional;
}
