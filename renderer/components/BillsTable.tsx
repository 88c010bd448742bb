import { IconCheck } from '@tabler/icons-react';
import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { KeyboardEvent, Ref } from 'react';
import { outstandingMinor, standing } from '../../shared/domain/bill.ts';
import type { AccountView } from '../../shared/ipc/contract.ts';
import type { PayDraft } from '../draft/payDraft.ts';
import { Figure } from './Figure.tsx';
import { MoneyField } from './MoneyField.tsx';
import { Standing } from './Standing.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import classes from './BillsTable.module.css';

type OpenBill = AccountView['openBills'][number];

export type BillsHandle = {
  /** Puts the focus on the row that had it last, or on the first. */
  focus(): void;
  /** Opens the amount of the focused row for typing. */
  editRow(): void;
};

type BillsTableProps = {
  readonly ref: Ref<BillsHandle>;
  readonly bills: readonly OpenBill[];
  readonly draft: PayDraft;
  readonly businessDate: string;
  readonly canTake: boolean;
  readonly onToggle: (billId: number) => void;
  readonly onTypeRow: (billId: number, text: string) => void;
  readonly onLeaveRow: (billId: number) => void;
  /** Enter on a row: on to the money. */
  readonly onEnter: () => void;
  readonly onLeaveUp: () => void;
};

/** Open bills, one tab stop: arrows move, Space ticks, F3 types another amount for the row. */
export function BillsTable(props: BillsTableProps) {
  const { bills, draft, businessDate, canTake } = props;
  const { t, named, period, shortDate, problem, money } = useSpeech();
  const [active, setActive] = useState(0);
  const rows = useRef<(HTMLTableRowElement | null)[]>([]);
  const current = Math.min(active, Math.max(0, bills.length - 1));

  function focusRow(index: number): void {
    setActive(index);
    rows.current[index]?.focus();
  }

  function editRow(index: number): void {
    const bill = bills[index];
    if (bill === undefined || !canTake) return;
    if (!draft.chosen.has(bill.id)) props.onToggle(bill.id);
    // The field appears with the tick.
    requestAnimationFrame(() => rows.current[index]?.querySelector('input')?.focus());
  }

  useImperativeHandle(props.ref, () => ({
    focus: () => rows.current[current]?.focus(),
    editRow: () => editRow(current),
  }));

  const firstId = bills[0]?.id;
  useEffect(() => setActive(0), [firstId]);

  function onRowKey(event: KeyboardEvent<HTMLTableRowElement>, index: number, bill: OpenBill): void {
    if (event.target !== event.currentTarget) return;
    const last = bills.length - 1;
    const moves: Record<string, () => void> = {
      ArrowDown: () => focusRow(Math.min(last, index + 1)),
      ArrowUp: () => (index === 0 ? props.onLeaveUp() : focusRow(index - 1)),
      Home: () => focusRow(0),
      End: () => focusRow(last),
      PageDown: () => focusRow(Math.min(last, index + 8)),
      PageUp: () => focusRow(Math.max(0, index - 8)),
      ' ': () => {
        if (canTake) props.onToggle(bill.id);
      },
      Enter: props.onEnter,
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  }

  return (
    <div className={classes.scroll}>
      <table
        className={classes.table}
        role="grid"
        aria-label={t('counter.billsLabel')}
        aria-multiselectable="true"
        data-testid="bills"
      >
        <thead>
          <tr>
            <th scope="col" className={classes.tickCell}>
              <span className="visuallyHidden">{t('counter.columns.tick')}</span>
            </th>
            <th scope="col">{t('counter.columns.service')}</th>
            <th scope="col">{t('counter.columns.period')}</th>
            <th scope="col">{t('counter.columns.due')}</th>
            <th scope="col">{t('counter.columns.standing')}</th>
            <th scope="col" className={classes.number}>
              {t('counter.columns.outstanding')}
            </th>
            <th scope="col" className={classes.number}>
              {t('counter.columns.pays')}
            </th>
          </tr>
        </thead>
        <tbody>
          {bills.map((bill, index) => {
            const owed = outstandingMinor(bill);
            const paying = draft.chosen.get(bill.id);
            const found = draft.rowProblems.get(bill.id);
            const service = named({ ar: bill.serviceAr, en: bill.serviceEn });
            const stands = standing(bill, businessDate);
            return (
              <tr
                key={bill.id}
                ref={(row) => {
                  rows.current[index] = row;
                }}
                tabIndex={index === current ? 0 : -1}
                aria-selected={paying !== undefined}
                aria-label={t('counter.billRow', {
                  service,
                  period: period(bill.period),
                  standing: t(`counter.standing.${stands}`),
                  outstanding: money(owed),
                })}
                className={classes.row}
                onFocus={() => setActive(index)}
                onKeyDown={(event) => onRowKey(event, index, bill)}
                onClick={(event) => {
                  if (event.target instanceof HTMLInputElement) return;
                  if (canTake) props.onToggle(bill.id);
                }}
                data-testid="bill-row"
                data-bill={bill.number}
                data-standing={stands}
              >
                <td className={classes.tickCell}>
                  <span
                    className={classes.tick}
                    data-partly={paying !== undefined && paying < owed ? true : undefined}
                  >
                    {paying !== undefined && <IconCheck size="1rem" stroke={3} aria-hidden="true" />}
                  </span>
                </td>
                <td className={classes.service}>
                  {service}
                  <span className={classes.billNumber}>
                    <bdi dir="ltr">{bill.number}</bdi>
                  </span>
                </td>
                <td>{period(bill.period)}</td>
                <td className="tabular">{shortDate(bill.dueOn)}</td>
                <td>
                  <Standing standing={stands} word={t(`counter.standing.${stands}`)} />
                </td>
                <td className={classes.number}>
                  <Figure text={figures(owed)} size="row" />
                  {bill.paidMinor > 0 && (
                    <span className={classes.of}>
                      {t('counter.ofAmount', { amount: money(bill.amountMinor) })}
                    </span>
                  )}
                </td>
                <td className={classes.number}>
                  {paying === undefined ? (
                    <span className={classes.notPaying} aria-hidden="true">
                      —
                    </span>
                  ) : (
                    <MoneyField
                      value={draft.rowTexts.get(bill.id) ?? figures(paying)}
                      onType={(text) => props.onTypeRow(bill.id, text)}
                      onBlur={() => props.onLeaveRow(bill.id)}
                      onKeyDown={(event) => {
                        if (event.key === 'Enter' || event.key === 'ArrowDown' || event.key === 'ArrowUp') {
                          event.preventDefault();
                          const step = { Enter: 0, ArrowDown: 1, ArrowUp: -1 }[event.key];
                          focusRow(Math.min(bills.length - 1, Math.max(0, index + step)));
                        }
                      }}
                      aria-label={t('counter.payFor', { service, period: period(bill.period) })}
                      error={found === undefined ? null : problem(found)}
                      tabIndex={-1}
                      size="xs"
                      classNames={{ input: classes.pay, error: classes.payError }}
                      data-testid="bill-pays"
                    />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
