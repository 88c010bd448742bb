import type { Migration } from '../migrate.ts';
import { counter } from './0001Counter.ts';

/** Strictly increasing; a landed one is never edited, only followed. */
export const migrations: readonly Migration[] = [counter];
