import type { PaperContent } from '../../shared/domain/paper.ts';
import type { CrestProblem } from '../../shared/domain/printed.ts';
import type { DrawOptions } from './drawReceipt.ts';

/** What the drawing worker is told once, when it starts. */
export type DrawWorkerData = {
  readonly fontsFolder: string;
  /** The crest that comes with the program; null for none. */
  readonly crestFile: string | null;
  /** The municipality's own logo, used instead of it. */
  readonly logo: Uint8Array | null;
};

export type PaperRequest = DrawOptions & {
  readonly id: number;
  /** A job for the printer, or a picture for the screen. */
  readonly kind: 'job' | 'picture';
  readonly content: PaperContent;
};
/** A logo tried, the crest that comes with the program (null), or from now on used for all papers. */
export type CrestRequest = {
  readonly id: number;
  readonly kind: 'tryCrest' | 'useCrest';
  readonly logo: Uint8Array | null;
};
export type DrawRequest = PaperRequest | CrestRequest;

export type DrawnJob = {
  readonly width: number;
  readonly height: number;
  /** The bitmap's bits (bitmap.ts), deflated: what is kept with the job. */
  readonly deflated: Uint8Array;
  /** The raster commands that print it. */
  readonly raster: Uint8Array;
};

export type DrawnPicture = { readonly width: number; readonly height: number; readonly png: Uint8Array };

/** How a crest comes out on paper, or why it does not. */
export type TriedCrest = { readonly problem: CrestProblem | null; readonly png: Uint8Array | null };

export type DrawReply =
  | (DrawnJob & { readonly id: number; readonly kind: 'job' })
  | (DrawnPicture & { readonly id: number; readonly kind: 'picture' })
  | (TriedCrest & { readonly id: number; readonly kind: 'crest' })
  | { readonly id: number; readonly kind: 'failed'; readonly message: string };

/** Said when the worker starts: whether papers have their crest. */
export type CrestNotice = { readonly kind: 'crestAtStart'; readonly problem: CrestProblem | null };
