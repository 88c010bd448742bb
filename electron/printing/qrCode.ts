import { create } from 'qrcode';

export type QrCode = {
  /** Modules on one side, without the quiet zone. */
  readonly modules: number;
  readonly isDark: (x: number, y: number) => boolean;
};

/** Four modules of white around the code: the standard's quiet zone (ISO/IEC 18004). */
export const quietModules = 4;

// What the code packs into five and a half bits instead of eight; shorter runs cost more to announce than they save.
const packedRuns = /([0-9A-Z $%*+\-./:]{16,})/;

/**
 * Medium correction: a fold or a smear over a seventh of the code still reads. The text is cut into runs here because
 * the library's own search for the best cut takes longer than all the rest of the receipt.
 */
export function qrCode(text: string): QrCode {
  const parts = text.split(packedRuns).filter((part) => part !== '');
  const segments = parts.map((part) =>
    packedRuns.test(part)
      ? { mode: 'alphanumeric' as const, data: part }
      : { mode: 'byte' as const, data: Buffer.from(part, 'utf8') },
  );
  const { modules } = create(segments, { errorCorrectionLevel: 'M' });
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
