import { setTimeout } from 'node:timers/promises';
import { openDrawing } from './printingFixtures.ts';
import { basket, longContent, occasional, sampleContent, threeCurrencies } from './printingSamples.ts';

/*
 * Draws that many receipts in the drawing worker and prints what the process holds after a fifth of them, when all is
 * warm, and after the last. Names and numbers differ, as they do at a counter, so that what is remembered by text shows.
 */
const count = Number(process.argv[2]);
const drawing = openDrawing();
const warm = Math.floor(count / 5);
for (let drawn = 0; drawn < warm; drawn++) await draw(drawn);
const earlyBytes = await held(20, 0);
for (let drawn = warm; drawn < count; drawn++) await draw(drawn);
process.stdout.write(JSON.stringify({ earlyBytes, lateBytes: await held(40, earlyBytes) }));
await drawing.close();

async function draw(drawn: number): Promise<void> {
  const number = `KY01-2026-${String(drawn).padStart(6, '0')}`;
  const payer = { name: `محمد عبد الرحمن ${drawn} خليل الأسطل`, identityNumber: String(900_000_000 + drawn) };
  const dotsPerLine = drawn % 20 === 0 ? 384 : 576;
  await drawing.draw({ ...kindOf(drawn)(), number, payer }, { dotsPerLine, copyNumber: drawn % 2 });
}

/**
 * The least that the process holds over so many calm receipts, or until it holds no more than that: what the collector
 * frees beside the work, it frees late where the work has every core. What is kept does not go, however calm it is.
 */
async function held(receipts: number, enoughBytes: number): Promise<number> {
  let least = Infinity;
  for (let drawn = 0; drawn < receipts && least > enoughBytes; drawn++) {
    await draw(drawn);
    await setTimeout(50);
    least = Math.min(least, process.memoryUsage.rss());
  }
  return least;
}

function kindOf(drawn: number): () => ReturnType<typeof sampleContent> {
  if (drawn % 100 === 0) return longContent;
  if (drawn % 10 === 0) return basket;
  if (drawn % 11 === 0) return threeCurrencies;
  return drawn % 3 === 0 ? sampleContent : occasional;
}
