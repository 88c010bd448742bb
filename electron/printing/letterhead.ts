import type { PaperContent } from '../../shared/domain/paper.ts';
import { isolate, isolateWithin } from './bidi.ts';
import type { Block, Paper } from './blocks.ts';
import type { Crest } from './crest.ts';
import { demonstrationNotice } from './receiptWords.ts';
import { band, gap, innerWidth, paragraph, px, rule } from './blocks.ts';

/** At both ends of a second paper, so that neither half of it is taken for the first. */
export function copyBand(paper: Paper, copyNumber: number): Block[] {
  if (copyNumber === 0) return [];
  return [
    band(paper, `نسخة طبق الأصل – رقم ${isolate(String(copyNumber))}`, { size: 38, weight: 700 }),
    gap(paper, 12),
  ];
}

export function demonstrationBand(paper: Paper, { isDemonstration }: PaperContent): Block[] {
  if (!isDemonstration) return [];
  return [band(paper, demonstrationNotice, { size: 32, weight: 700 }), gap(paper, 12)];
}

/** Whose paper it is: the same on every one. */
export function letterhead(paper: Paper, content: PaperContent, crest: Crest | null): Block[] {
  return [
    ...(crest === null ? [] : [crestBlock(paper, crest), gap(paper, 4)]),
    paragraph(paper, isolateWithin(content.municipality.ar), { size: 36, weight: 700, align: 'center' }),
    paragraph(paper, isolateWithin(content.centre.ar), { size: 25, align: 'center' }),
    gap(paper, 8),
    rule(paper, 'thick'),
    gap(paper, 2),
    rule(paper),
    gap(paper, 6),
  ];
}

/** As tall as a crest is (116 dots on 80 mm), and a wide one as wide as there is room for it. */
export function crestSize(crest: Crest, tall: number, wide: number): { width: number; height: number } {
  const scale = Math.min(tall / crest.height, wide / crest.width);
  return {
    width: Math.max(1, Math.round(crest.width * scale)),
    height: Math.max(1, Math.round(crest.height * scale)),
  };
}

function crestBlock(paper: Paper, crest: Crest): Block {
  const { width, height } = crestSize(crest, px(paper, 116), innerWidth(paper) * 0.8);
  const picture = crest.at(width, height);
  return {
    height,
    paint: (top) => paper.ctx.drawImage(picture, Math.round((paper.width - width) / 2), top),
  };
}
