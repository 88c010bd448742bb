import { z } from 'zod';
import type { ReportTable, Words } from '../domain/reports/report.ts';
import { reportIds } from '../domain/reports/report.ts';
import { channel, isoDate, language, nothing, rowId, tillCode } from './pieces.ts';

/** Never a cashier: a report of a running shift would tell what their drawer should hold. */
const watchers = ['supervisor', 'administrator', 'auditor'] as const;

export type ReportFilters = {
  readonly tills: readonly { readonly code: string; readonly name: string }[];
  /** Who takes money. */
  readonly cashiers: readonly ({ readonly id: number } & Words)[];
};

const query = z.strictObject({
  report: z.enum(reportIds),
  from: isoDate,
  to: isoDate,
  till: tillCode.nullable(),
  cashierId: rowId.nullable(),
});

export const reportChannels = {
  /** What a report can be narrowed to. */
  'reports.filters': channel<ReportFilters>()(nothing, watchers),
  /** One at a time: the next one, or a cancel, stops the one before. */
  'reports.run': channel<ReportTable>()(query, watchers),
  'reports.cancel': channel<Record<never, never>>()(nothing, watchers),
  /** Saved where the person says; false when they closed the dialog. */
  'reports.export': channel<{ isSaved: boolean }>()(
    z.strictObject({ query, format: z.enum(['csv', 'xlsx', 'pdf']), language }),
    watchers,
  ),
  /** On the printer of reports: what each row comes to. */
  'reports.print': channel<{ jobId: number }>()(query, watchers),
} as const;
