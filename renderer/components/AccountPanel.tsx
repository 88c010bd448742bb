import { IconX } from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import type { AccountView } from '../../shared/ipc/contract.ts';
import type { PayDraft } from '../draft/payDraft.ts';
import type { BillsHandle } from './BillsTable.tsx';
import { BillsTable } from './BillsTable.tsx';
import { BouncedWarning } from './BouncedWarning.tsx';
import { Figure } from './Figure.tsx';
import { KeyCap } from './KeyCap.tsx';
import { SurplusNotes } from './SurplusNotes.tsx';
import { UndoneMark } from './UndoneMark.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import classes from './AccountPanel.module.css';

type AccountPanelProps = {
  readonly account: AccountView;
  readonly draft: PayDraft;
  readonly businessDate: string;
  readonly canTake: boolean;
  readonly billsRef: Ref<BillsHandle>;
  readonly onToggle: (billId: number) => void;
  readonly onToggleAll: () => void;
  readonly onTypeRow: (billId: number, text: string) => void;
  readonly onLeaveRow: (billId: number) => void;
  readonly onEnter: () => void;
  readonly onLeaveUp: () => void;
  readonly onClose: () => void;
  readonly onAddAccount: () => void;
  readonly onOpenAccount: (accountId: number) => void;
  readonly onViewReceipt: (paymentId: number) => void;
};

/** Who it is and what they owe. */
export function AccountPanel(props: AccountPanelProps) {
  const { account, draft, canTake } = props;
  const { t, named, date, time, shortDate } = useSpeech();
  const { citizen } = account;
  return (
    <section className={classes.panel} aria-label={t('counter.account')} data-testid="account">
      <header className={classes.head}>
        <div className={classes.who}>
          <h1 className={classes.name} data-testid="account-name">
            {citizen.name}
          </h1>
          <dl className={classes.facts}>
            <Fact
              label={t('counter.accountNumber')}
              value={<bdi dir="ltr">{account.number}</bdi>}
              testId="account-number"
            />
            {citizen.identityNumber !== null && (
              <Fact label={t('counter.identity')} value={<bdi dir="ltr">{citizen.identityNumber}</bdi>} />
            )}
            {citizen.phones.length > 0 && (
              <Fact label={t('counter.phone')} value={<bdi dir="ltr">{citizen.phones.join(' · ')}</bdi>} />
            )}
            <Fact
              label={t('counter.address')}
              value={<bdi>{`${account.quarter}، ${account.address}`}</bdi>}
            />
          </dl>
          <div className={classes.chips}>
            <span className={classes.category}>{named(account.category)}</span>
            {account.services.map((service) => (
              <span key={`${service.code}-${service.meter ?? ''}`} className={classes.service}>
                {named(service)}
                {service.meter !== null && (
                  <bdi className={classes.meter}>{t('counter.meter', { meter: service.meter })}</bdi>
                )}
              </span>
            ))}
            {citizen.otherAccounts.map((other) => (
              <button
                key={other.id}
                type="button"
                className={classes.other}
                onClick={() => props.onOpenAccount(other.id)}
                data-testid="other-account"
              >
                {t('counter.otherAccounts')} <bdi dir="ltr">{other.number}</bdi> ·{' '}
                <Figure text={figures(other.owedMinor)} />
              </button>
            ))}
          </div>
        </div>
        <div className={classes.owed}>
          <div className={classes.corner}>
            <span className={classes.owedLabel}>{t('counter.owed')}</span>
            <button
              type="button"
              className={classes.close}
              onClick={props.onClose}
              title={t('counter.closeAccount')}
              aria-label={t('counter.closeAccount')}
            >
              <IconX size="1.1rem" aria-hidden="true" />
            </button>
          </div>
          <Figure text={figures(account.owedMinor)} size="large" testId="account-owed" />
          <div className={classes.parts}>
            {account.arrearsMinor > 0 && (
              <span data-kind="arrears">
                {t('counter.arrears')} <Figure text={figures(account.arrearsMinor)} />
              </span>
            )}
            {account.finesMinor > 0 && (
              <span data-kind="fine">
                {t('counter.fines')} <Figure text={figures(account.finesMinor)} />
              </span>
            )}
            {account.creditMinor > 0 && (
              <span data-kind="credit">
                {t('counter.credit')} <Figure text={figures(account.creditMinor)} />
              </span>
            )}
          </div>
          <div className={classes.asOf}>
            {t('counter.asOf', { date: date(account.asOfMs), time: time(account.asOfMs) })}
          </div>
        </div>
      </header>
      <BouncedWarning count={account.bouncedCheques} />
      <SurplusNotes surpluses={account.surpluses} />

      {account.openBills.length === 0 ? (
        <div className={classes.empty}>
          <b>{t('counter.noBills')}</b>
          <span>{t('counter.noBillsHint')}</span>
        </div>
      ) : (
        <>
          <div className={classes.bar}>
            <b>{t('counter.billsCount', { count: account.openBills.length })}</b>
            {canTake && <span className={classes.soft}>{t('counter.rowKeys')}</span>}
            {canTake && (
              <button
                type="button"
                className={classes.another}
                onClick={props.onAddAccount}
                aria-keyshortcuts="F5"
                data-testid="add-account"
              >
                {t('basket.addAccount')}
                <KeyCap keys="F5" />
              </button>
            )}
            {canTake && (
              <button
                type="button"
                className={classes.all}
                onClick={props.onToggleAll}
                aria-keyshortcuts="F4"
                data-testid="tick-all"
              >
                {draft.chosen.size === account.openBills.length
                  ? t('counter.untickAll')
                  : t('counter.tickAll')}
                <KeyCap keys="F4" />
              </button>
            )}
          </div>
          <BillsTable
            ref={props.billsRef}
            bills={account.openBills}
            draft={draft}
            businessDate={props.businessDate}
            canTake={canTake}
            onToggle={props.onToggle}
            onTypeRow={props.onTypeRow}
            onLeaveRow={props.onLeaveRow}
            onEnter={props.onEnter}
            onLeaveUp={props.onLeaveUp}
          />
        </>
      )}

      <footer className={classes.receipts}>
        <span className={classes.soft}>{t('counter.receipts')}</span>
        {account.lastReceipts.length === 0 && <span className={classes.soft}>{t('counter.noReceipts')}</span>}
        {account.lastReceipts.slice(0, 3).map((receipt) => (
          <button
            key={receipt.paymentId}
            type="button"
            className={classes.receipt}
            onClick={() => props.onViewReceipt(receipt.paymentId)}
            data-testid="last-receipt"
          >
            <bdi dir="ltr">{receipt.number}</bdi>
            {receipt.undone === null ? (
              <Figure text={figures(receipt.totalMinor)} />
            ) : (
              <UndoneMark kind={receipt.undone} />
            )}
            <span className={classes.soft}>{shortDate(receipt.businessDate)}</span>
          </button>
        ))}
      </footer>
    </section>
  );
}

function Fact({
  label,
  value,
  testId,
}: {
  readonly label: string;
  readonly value: ReactNode;
  readonly testId?: string;
}) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd data-testid={testId}>{value}</dd>
    </div>
  );
}
