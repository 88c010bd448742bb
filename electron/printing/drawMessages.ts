import type { PaperContent } from '../../shared/domain/paper.ts';
import type { DrawOptions } from './drawReceipt.ts';

/** What the drawing worker is told once, when it starts. */
export type DrawWorkerData = { readonly fontsFolder: string; readonly crestFile: string | null };

export type DrawRequest = DrawOptions & {
  readonly id: number;
  /** A job for the printer, or a picture for the screen. */
  readonly kind: 'job' | 'picture';
  readonly content: PaperContent;
};

export type DrawnJob = {
  readonly width: number;
  readonly height: number;
  /** The bitmap's bits (bitmap.ts), deflated: what is kept with the job. */
  readonly deflated: Uint8Array;
  /** The raster commands that print it. */
  readonly raster: Uint8Array;
};

export type DrawnPicture = { readonly width: number; readonly height: number; readonly png: Uint8Array };

export type DrawReply =
  | (DrawnJob & { readonly id: number; readonly kind: 'job' })
  | (DrawnPicture & { readonly id: number; readonly kind: 'picture' })
  | { readonly id: number; readonly kind: 'failed'; readonly message: string };

/** Said when the worker starts and the crest can't be used: papers are drawn without it. */
export type CrestNotice = { readonly kind: 'crest'; readonly message: string };
