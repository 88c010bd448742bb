import { definitions } from '../../shared/domain/reports/definitions.ts';
import type { ReportCell, ReportColumn, ReportRow, ReportTable } from '../../shared/domain/reports/report.ts';
import { currencyOf } from '../../shared/domain/reports/table.ts';
import { Figure } from '../components/Figure.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import classes from './ReportsScreen.module.css';

/** As many rows as a person reads; a file has them all. */
const mostRows = 400;

/** The report's rows with their totals below, which stay in sight. */
export function ReportTableView({ table, label }: { readonly table: ReportTable; readonly label: string }) {
  const { t, language } = useSpeech();
  const { columns } = definitions[table.query.report];
  const rows = table.rows.slice(0, mostRows);
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-figure={isFigure(column) || undefined}>
                {column.title[language]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // Rows have no name of their own and never move.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={at} data-testid="report-row">
              {columns.map((column, index) => (
                <Cell key={column.key} column={column} cell={row.cells[index] ?? null} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          {rows.length < table.rows.length && (
            <tr>
              <td colSpan={columns.length}>{t('reports.firstRows', { count: rows.length })}</td>
            </tr>
          )}
          <tr data-testid="report-totals">
            {columns.map((column, index) =>
              index === 0 ? (
                <th key={column.key} scope="row">
                  {t('reports.total')}
                </th>
              ) : (
                <Cell
                  key={column.key}
                  column={column}
                  cell={table.totals[index] ?? null}
                  row={{ currency: 'ILS', cells: [] }}
                />
              ),
            )}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function isFigure(column: ReportColumn): boolean {
  return column.type === 'money' || column.type === 'count';
}

function Cell({
  column,
  cell,
  row,
}: {
  readonly column: ReportColumn;
  readonly cell: ReportCell;
  readonly row: ReportRow;
}) {
  const { named, date } = useSpeech();
  if (cell === null)
    return <td data-figure={isFigure(column) || undefined}>{isFigure(column) ? '—' : ''}</td>;
  if (typeof cell === 'object') return <td>{named(cell)}</td>;
  if (typeof cell === 'string') return <td>{column.type === 'date' ? date(cell) : <bdi>{cell}</bdi>}</td>;
  return (
    <td data-figure="" data-less={cell < 0 || undefined} data-nothing={cell === 0 || undefined}>
      {column.type === 'money' ? (
        <Figure
          text={figures(cell, currencyOf(column, row))}
          currency={currencyOf(column, row)}
          size="inline"
        />
      ) : (
        <bdi dir="ltr">{cell}</bdi>
      )}
    </td>
  );
}
