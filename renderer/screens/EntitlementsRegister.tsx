import { NativeSelect } from '@mantine/core';
import { useEffect } from 'react';
import { addPeriods } from '../../shared/domain/dates.ts';
import { Figure } from '../components/Figure.tsx';
import { Notice } from '../components/Notice.tsx';
import { UndoneMark } from '../components/UndoneMark.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { entitlementSum, mostEntitlements, useEntitlements } from '../stores/entitlements.ts';
import { useStatus } from '../stores/status.ts';
import classes from './RegistersScreen.module.css';

/** Salaries come late: two years back, and the coming month. */
const monthsBack = 24;

export function EntitlementsMonth() {
  const { t, period } = useSpeech();
  const { month, choose } = useEntitlements();
  const today = useStatus((state) => state.status?.businessDate ?? '');
  const thisMonth = today.slice(0, 7);
  const months =
    thisMonth === ''
      ? []
      : Array.from({ length: monthsBack + 2 }, (_, index) => addPeriods(thisMonth, 1 - index));
  return (
    <NativeSelect
      className={classes.filter}
      aria-label={t('entitlements.month')}
      value={month ?? ''}
      onChange={({ currentTarget: { value } }) => void choose(value === '' ? null : value)}
      data={[
        { value: '', label: t('entitlements.allMonths') },
        ...months.map((one) => ({ value: one, label: period(one) })),
      ]}
      data-testid="entitlements-month"
    />
  );
}

/** What was paid from what employers owe: the finance department collects it by these. */
export function EntitlementsRegister() {
  const { t, failure, period, shortDate } = useSpeech();
  const { rows, month, failure: failed, load } = useEntitlements();
  useEffect(() => void load(), [load]);
  const isCut = rows !== null && rows.length >= mostEntitlements;

  return (
    <div className={classes.list}>
      {failed !== null && <Notice kind="problem">{failure(failed)}</Notice>}
      {rows?.length === 0 && (
        <p className={classes.none}>{t(month === null ? 'entitlements.noneEver' : 'entitlements.none')}</p>
      )}
      {rows !== null && rows.length > 0 && (
        <>
          <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('registers.entitlements')}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t('entitlements.payer')}</th>
                  <th scope="col">{t('pay.fields.employeeNumber')}</th>
                  <th scope="col">{t('entitlements.month')}</th>
                  <th scope="col">{t('pay.fields.letterNumber')}</th>
                  <th scope="col">{t('receipts.number')}</th>
                  <th scope="col">{t('entitlements.taken')}</th>
                  <th scope="col" className={classes.amount}>
                    {t('statements.amountHeading')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr
                    key={`${row.paymentId} ${row.employeeNumber} ${row.month} ${row.letterNumber}`}
                    data-undone={row.isUndone || undefined}
                    data-testid="entitlement-row"
                  >
                    <td>
                      <b>{row.payerName}</b>
                      {row.accountNumber !== null && (
                        <span className={classes.under}>
                          <bdi dir="ltr">{row.accountNumber}</bdi>
                        </span>
                      )}
                    </td>
                    <td>
                      <bdi dir="ltr">{row.employeeNumber}</bdi>
                    </td>
                    <td>{period(row.month)}</td>
                    <td>
                      <bdi dir="ltr">{row.letterNumber}</bdi>
                    </td>
                    <td>
                      <bdi dir="ltr">{row.receiptNumber}</bdi>
                    </td>
                    <td>{shortDate(row.businessDate)}</td>
                    <td className={classes.amount}>
                      <Figure text={figures(row.minor)} size="row" />
                      {row.isUndone && <UndoneMark kind="void" />}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <div className={classes.foot} role="status">
            {isCut ? (
              <span>{t('entitlements.isCut', { count: mostEntitlements })}</span>
            ) : (
              <>
                <span>{t('entitlements.count', { count: rows.length })}</span>
                <span className={classes.sum}>
                  {t('entitlements.sum')}
                  <Figure text={figures(entitlementSum(rows))} size="large" testId="entitlements-sum" />
                </span>
              </>
            )}
          </div>
        </>
      )}
    </div>
  );
}
