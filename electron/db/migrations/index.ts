import type { Migration } from '../migrate.ts';
import { counter } from './0002Counter.ts';
import { shifts } from './0004Shifts.ts';
import { days } from './0006Days.ts';
import { surplus } from './0007Surplus.ts';
import { savedDocuments } from './0008SavedDocuments.ts';
import { printing } from './0009Printing.ts';
import { printIndexes } from './0010PrintIndexes.ts';
import { logo } from './0011Logo.ts';
import { chequePictures } from './0012ChequePictures.ts';
import { plainChecks } from './0013PlainChecks.ts';
import { leanWrites } from './0014LeanWrites.ts';

/**
 * Strictly increasing; a landed one is never edited, only followed. Version 1 was the sketch from which demonstrations were
 * made before the counter took more than shekels; no money was ever taken with it, and its files are refused.
 */
export const migrations: readonly Migration[] = [
  counter,
  shifts,
  days,
  surplus,
  savedDocuments,
  printing,
  printIndexes,
  logo,
  chequePictures,
  plainChecks,
  leanWrites,
];
