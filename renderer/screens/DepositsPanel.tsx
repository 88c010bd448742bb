import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Person } from '../../shared/ipc/contract.ts';
import { Figure } from '../components/Figure.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { isDialogOpen, useEveryKey } from '../components/keys.ts';
import { moveAmongRows } from '../components/moveAmongRows.ts';
import { Notice } from '../components/Notice.tsx';
import { figures, isolate, useSpeech } from '../i18n/useSpeech.ts';
import { totalOf, useDeposits } from '../stores/deposits.ts';
import { useStatus } from '../stores/status.ts';
import { BankAccountsDialog } from './BankAccountsDialog.tsx';
import { DepositEntry } from './DepositEntry.tsx';
import classes from './DepositScreen.module.css';
import { DepositState } from './DepositState.tsx';
import { PrepareDeposit } from './PrepareDeposit.tsx';

/** Beside the tabs: the accounts, and a new deposit. */
export function DepositTools({ person }: { readonly person: Person }) {
  const { t } = useSpeech();
  const { sheet, beginPrepare, openAccounts } = useDeposits();
  const mayKeep = person.role !== 'auditor';
  const mayPrepare = person.role === 'supervisor' && sheet === null;
  useEveryKey((event) => {
    if (event.key !== 'F3' || !mayPrepare || isDialogOpen()) return;
    event.preventDefault();
    void beginPrepare();
  });
  return (
    <>
      {mayKeep && (
        <Button variant="default" onClick={() => void openAccounts()} data-testid="bank-accounts">
          {t('day.deposit.accounts')}
        </Button>
      )}
      {mayPrepare && (
        <Button
          leftSection={<IconPlus size="1.15rem" aria-hidden="true" />}
          rightSection={<KeyCap keys="F3" />}
          aria-keyshortcuts="F3"
          onClick={() => void beginPrepare()}
          data-testid="deposit-begin"
        >
          {t('day.deposit.prepare')}
        </Button>
      )}
    </>
  );
}

/** What went to the bank and what is on its way; or the one that is being prepared. */
export function DepositsPanel({ person }: { readonly person: Person }) {
  const { t, failure, shortDate, listed } = useSpeech();
  const { deposits, chosen, sheet, prepared, loadFailure, load, choose, draft } = useDeposits();
  const today = useStatus((state) => state.status?.businessDate ?? '');
  const list = useRef<HTMLUListElement>(null);
  const entry = useRef<HTMLElement>(null);
  useEffect(() => {
    if (today !== '') void load(today);
  }, [load, today]);

  const isListed = deposits !== null && sheet === null;
  useLayoutEffect(() => {
    if (!isListed) return;
    (
      list.current?.querySelector<HTMLElement>('[aria-pressed="true"]') ??
      list.current?.querySelector('button')
    )?.focus();
  }, [isListed]);

  // A form that goes leaves the hands where they can go on: at what can be done next.
  const isDescribing = draft !== null;
  const wasDescribing = useRef(false);
  useLayoutEffect(() => {
    if (wasDescribing.current && !isDescribing) toActs();
    wasDescribing.current = isDescribing;
  }, [isDescribing]);

  function toActs(): void {
    (
      entry.current?.querySelector<HTMLElement>('[data-acts] button') ??
      list.current?.querySelector<HTMLElement>('[aria-pressed="true"]')
    )?.focus();
  }

  const deposit = deposits?.find(({ id }) => id === chosen);
  return (
    <>
      {sheet !== null ? (
        <PrepareDeposit sheet={sheet} />
      ) : (
        <div className={classes.review}>
          <section className={classes.list} aria-label={t('day.deposit.list')}>
            {loadFailure !== null && <Notice kind="problem">{failure(loadFailure)}</Notice>}
            {prepared !== null && (
              <Notice kind="good" testId="deposit-prepared">
                {t('day.deposit.prepared', {
                  count: prepared.length,
                  names: listed(prepared.map(({ name }) => isolate(name))),
                })}
              </Notice>
            )}
            {deposits?.length === 0 && (
              <p className={classes.none}>
                {t('day.deposit.none')}
                <br />
                <span className={classes.soft}>{t('day.deposit.noneHint')}</span>
              </p>
            )}
            <ul ref={list} className={classes.rows} onKeyDown={(event) => moveAmongRows(event, list.current)}>
              {deposits?.map((one) => (
                <li key={one.id}>
                  <button
                    type="button"
                    className={classes.row}
                    aria-pressed={one.id === chosen}
                    onFocus={() => {
                      if (!isDescribing) choose(one.id);
                    }}
                    onClick={(event) => {
                      choose(one.id);
                      if (event.detail === 0) requestAnimationFrame(toActs);
                    }}
                    data-testid="deposit-row"
                    data-state={one.state}
                  >
                    <span className={classes.who}>
                      <b>
                        <bdi dir="ltr">{one.name}</bdi>
                      </b>
                      <span className={classes.soft}>
                        {one.account.bank} · {shortDate(one.businessDate)}
                      </span>
                    </span>
                    <Figure text={figures(totalOf(one), one.currency)} currency={one.currency} size="row" />
                    <DepositState state={one.state} />
                  </button>
                </li>
              ))}
            </ul>
          </section>
          <section ref={entry} className={classes.entry} aria-label={t('day.tabs.deposits')}>
            {deposit === undefined ? (
              <p className={classes.choose}>{t('day.deposit.choose')}</p>
            ) : (
              <DepositEntry key={deposit.id} deposit={deposit} canMove={person.role === 'supervisor'} />
            )}
          </section>
        </div>
      )}
      <BankAccountsDialog />
    </>
  );
}
