import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { servePrinterPage } from './pageServer.ts';
import { startVirtualPrinter } from './virtualPrinter.ts';

// A printer to try the program with: node scripts/printer/main.ts --port 9100 --out out/paper --page 9180
// `--page` serves the page on which the paper comes out; the paper then moves as fast as a real one.
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '9100' },
    out: { type: 'string', default: 'out/paper' },
    dots: { type: 'string', default: '576' },
    page: { type: 'string' },
  },
});
const folder = path.resolve(values.out);
mkdirSync(folder, { recursive: true });
const printer = await startVirtualPrinter({ port: Number(values.port), dotsPerLine: Number(values.dots) });
let count = readdirSync(folder).filter((name) => /^paper-\d+\.png$/.test(name)).length;
printer.on('paper', (paper) => {
  count += 1;
  const file = path.join(folder, `paper-${String(count).padStart(4, '0')}.png`);
  writeFileSync(file, paper.png);
  console.log(`paper ${count}: ${file} (${Math.round(paper.height / 8)} mm)`);
});
console.log(`virtual printer on 127.0.0.1:${printer.port}, ${values.dots} dots; papers go to ${folder}`);
/** A receipt printer at 150 mm/s. */
const rowsPerSecond = 1_200;
const page = values.page === undefined ? null : await servePrinterPage(printer, Number(values.page));
if (page !== null) {
  printer.set({ rowsPerSecond });
  console.log(`watch the paper come out: ${page.url}`);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    page?.close();
    void printer.close();
  });
