import { paperKinds } from './paper.ts';

/** Everything that is printed: the papers of a payment, and those of the paper language. */
export const paymentDocuments = ['receipt', 'undoSlip'] as const;
export const printedDocuments = [...paymentDocuments, ...paperKinds] as const;
export type PrintedDocument = (typeof printedDocuments)[number];

/** Why a picture can't stand above a paper: not there, too large, no picture, or nothing of it would be seen. */
export type CrestProblem = 'missing' | 'tooLarge' | 'notPicture' | 'blank';
/** A photograph of a crest or a cheque has no more; what is larger was not meant to be kept. */
export const mostPictureBytes = 4 * 1024 * 1024;

export const mostPrinters = 8;

export const printStates = ['intended', 'sending', 'sent', 'confirmed', 'failedNotSent', 'unknown'] as const;
export type PrintState = (typeof printStates)[number];

export const reprintReasons = ['lost', 'damaged', 'citizenAsked', 'didNotComeOut', 'other'] as const;

/** Why a drawer is opened without a sale. */
export const drawerReasons = ['didNotOpen', 'giveChange', 'correctChange', 'checkCash', 'other'] as const;
export type DrawerReason = (typeof drawerReasons)[number];
