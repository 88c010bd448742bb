import { create } from 'qrcode';

export type QrCode = {
  /** Modules on one side, without the quiet zone. */
  readonly modules: number;
  readonly isDark: (x: number, y: number) => boolean;
};

/** Four modules of white around the code: the standard's quiet zone (ISO/IEC 18004). */
export const quietModules = 4;

/** Medium correction: a fold or a smear over a seventh of the code still reads. */
export function qrCode(text: string): QrCode {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  return { modules: modules.size, isDark: (x, y) => Boolean(modules.get(y, x)) };
}

/**
 * Whole dots for each module: at least 4 where it fits (a cheap phone's camera needs half a millimetre), more for a
 * small code so that it does not look lost, and never wider than the paper.
 */
export function dotsPerModule(modules: number, paperDots: number): number {
  const wanted = Math.min(7, Math.max(4, Math.floor(290 / modules)));
  return Math.max(1, Math.min(wanted, Math.floor(paperDots / (modules + 2 * quietModules))));
}
