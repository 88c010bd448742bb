/** The family's name in a page: never a font of the machine. */
const family = 'Sanduq Page';

const faces = ['500', '700'].flatMap((weight) =>
  [
    ['arabic', 'U+0600-06FF, U+0750-077F, U+08A0-08FF, U+200C-200E, U+2010-2011, U+FB50-FDFF, U+FE70-FEFC'],
    ['latin', 'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+2212'],
    ['latin-ext', 'U+0100-0130, U+0132-0151, U+0154-02BA, U+20A0-20C0'],
  ].map(
    ([script, range]) =>
      `@font-face { font-family: '${family}'; font-weight: ${weight}; font-display: block; unicode-range: ${range};
  src: url('fonts/ibm-plex-sans-arabic-${script}-${weight}-normal.woff2') format('woff2'); }`,
  ),
);

/** Served beside the page as `page.css`: the policy allows no style in the page itself. */
export const pageStyle = `${faces.join('\n')}
@page { size: A4; margin: 10mm 15mm 14mm; }
* { box-sizing: border-box; }
html { font: 500 9.5pt/1.4 '${family}'; color: #000; }
body { margin: 0; }
p { margin: 0; }
.sheet { width: 100%; border-collapse: collapse; }
.sheet > * > tr > td { padding: 0; }
.band { background: #000; color: #fff; text-align: center; font-size: 12pt; font-weight: 700; line-height: 1.3;
  padding: 0.6mm 4mm; margin: 0 0 1.2mm; break-inside: avoid; }
tfoot .band { margin: 1.2mm 0 0; }
header { display: flex; align-items: center; gap: 5mm; border-bottom: 3px double #000; padding-bottom: 2mm; }
header .crest { height: 17mm; max-width: 55mm; }
header div { display: flex; flex-direction: column; }
header strong { font-size: 15pt; line-height: 1.3; }
header .latin { margin-right: auto; text-align: left; font-size: 9pt; }
header .latin strong { font-size: 11pt; }
h1 { font-size: 19pt; line-height: 1.3; text-align: center; margin: 2mm 0 0; }
.number { text-align: center; font-size: 13pt; font-weight: 700; margin-bottom: 2mm; }
h2 { font-size: 11pt; line-height: 1.3; margin: 3mm 0 1mm; break-after: avoid; }
.facts { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 0.5mm 8mm; margin: 2mm 0; }
.facts div { display: flex; gap: 2mm; break-inside: avoid; }
.facts div:last-child:nth-child(odd) { grid-column: 1 / -1; }
.facts dt { flex: none; }
.facts dt::after { content: ':'; }
.facts dd { margin: 0; font-weight: 700; overflow-wrap: anywhere; min-width: 0; }
.frame { border: 1.5pt solid #000; border-radius: 2mm; padding: 1.5mm 4mm; margin: 2mm 0; break-inside: avoid; }
.summary { display: flex; align-items: center; gap: 6mm; break-inside: avoid; }
.summary > div { flex: 1; }
.sum { text-align: center; font-weight: 700; }
.sum .label { font-weight: 500; }
.large { font-size: 22pt; line-height: 1.3; }
.whole { white-space: nowrap; }
.amount { white-space: nowrap; font-weight: 700; }
.figures { font-variant-numeric: tabular-nums; white-space: nowrap; }
.line { display: flex; justify-content: space-between; gap: 6mm; padding: 0.6mm 2mm; break-inside: avoid; }
.line.strong { font-size: 11pt; font-weight: 700; }
.line.small { font-size: 8.5pt; padding-block: 0; }
.list { width: 100%; border-collapse: collapse; margin: 1mm 0 2mm; }
.list th { background: #000; color: #fff; text-align: start; font-size: 8.5pt; padding: 0.6mm 2mm; }
.list td { padding: 0.5mm 2mm; vertical-align: top; border-bottom: 0.5pt dotted #000; overflow-wrap: anywhere; }
.list tr { break-inside: avoid; }
.list .figure { text-align: right; white-space: nowrap; width: 1%; }
.list .group td { font-weight: 700; border-bottom: 1pt solid #000; padding-top: 1.5mm; }
.list .total td { font-weight: 700; border-top: 1pt solid #000; border-bottom: 1pt solid #000; }
.tag { background: #000; color: #fff; font-size: 9pt; font-weight: 700; padding: 0.3mm 2mm; margin-inline-start: 2mm; }
.note { font-size: 9pt; margin: 1.5mm 0; }
hr { border: 0; border-top: 0.75pt solid #000; margin: 3mm 0; }
.signatures { display: grid; grid-template-columns: repeat(auto-fit, minmax(50mm, 1fr)); gap: 4mm 10mm; margin: 4mm 0 2mm;
  break-inside: avoid; }
.signatures div { display: flex; flex-direction: column; }
.signatures .label { font-size: 8.5pt; }
.signatures i { border-bottom: 1pt dotted #000; height: 10mm; margin-top: auto; }
.qr { margin: 2mm auto; width: 30mm; text-align: center; font-size: 8pt; line-height: 1.3; }
.qr svg { display: block; width: 30mm; height: 30mm; }
.summary .qr { margin: 0; }
`;
