import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startVirtualPrinter } from './virtualPrinter.ts';

// A printer to try the program with: node scripts/printer/main.ts --port 9100 --out out/paper
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '9100' },
    out: { type: 'string', default: 'out/paper' },
    dots: { type: 'string', default: '576' },
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
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void printer.close());
