import { paperKinds } from './paper.ts';

/** Everything that is printed: the papers of a payment, and those of the paper language. */
export const paymentDocuments = ['receipt', 'undoSlip'] as const;
export const printedDocuments = [...paymentDocuments, ...paperKinds] as const;
export type PrintedDocument = (typeof printedDocuments)[number];

export const mostPrinters = 8;

export const printStates = ['intended', 'sending', 'sent', 'confirmed', 'failedNotSent', 'unknown'] as const;
export type PrintState = (typeof printStates)[number];

export const reprintReasons = ['lost', 'damaged', 'citizenAsked', 'didNotComeOut', 'other'] as const;

/** Why a drawer is opened without a sale. */
export const drawerReasons = ['didNotOpen', 'giveChange', 'correctChange', 'checkCash', 'other'] as const;
export type DrawerReason = (typeof drawerReasons)[number];
