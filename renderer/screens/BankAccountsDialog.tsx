import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Currency } from '../../shared/domain/money.ts';
import { currencies } from '../../shared/domain/money.ts';
import type { BankAccount } from '../../shared/ipc/contract.ts';
import { Dialog } from '../components/Dialog.tsx';
import { enterMovesOn, toFirstWrong } from '../components/entryForm.ts';
import { KeyCap } from '../components/KeyCap.tsx';
import { Notice } from '../components/Notice.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useDeposits } from '../stores/deposits.ts';
import classes from './DepositScreen.module.css';

/** Where the municipality's money goes. */
export function BankAccountsDialog() {
  const { t } = useSpeech();
  const { accounts, leaveAccounts } = useDeposits();
  const [edited, setEdited] = useState<BankAccount | null>(null);
  const [saves, setSaves] = useState(0);
  const { currencyName } = useSpeech();
  return (
    <Dialog
      isOpen={accounts !== null}
      title={t('day.accounts.title')}
      closeLabel={t('common.close')}
      onClose={leaveAccounts}
      size="56rem"
      testId="accounts-dialog"
    >
      {accounts !== null && (
        <div className={classes.accounts}>
          <ul className={classes.accountList}>
            {accounts.length === 0 && <li className={classes.soft}>{t('day.accounts.none')}</li>}
            {accounts.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className={classes.accountRow}
                  aria-pressed={edited?.id === one.id}
                  onClick={() => setEdited(edited?.id === one.id ? null : one)}
                  data-testid="account-row"
                >
                  <b>
                    {one.bank} · {currencyName(one.currency)}
                  </b>
                  <bdi dir="ltr">{one.account}</bdi>
                  <span className={classes.soft}>
                    {one.name}
                    {!one.isActive && ` · ${t('day.accounts.inactive')}`}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <AccountForm
            key={`${edited?.id ?? 'new'} ${saves}`}
            account={edited}
            onSaved={() => {
              setEdited(null);
              setSaves(saves + 1);
            }}
          />
        </div>
      )}
    </Dialog>
  );
}

function AccountForm({
  account,
  onSaved,
}: {
  readonly account: BankAccount | null;
  readonly onSaved: () => void;
}) {
  const { t, failure, currencyName } = useSpeech();
  const { saveAccount, isWorking, failure: failed } = useDeposits();
  const [bank, setBank] = useState(account?.bank ?? '');
  const [number, setNumber] = useState(account?.account ?? '');
  const [name, setName] = useState(account?.name ?? '');
  const [currency, setCurrency] = useState<Currency>(account?.currency ?? 'ILS');
  const [isActive, setIsActive] = useState(account?.isActive ?? true);
  const [isAsked, setIsAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const isFixed = account?.isUsed === true;
  const isNumber = /^[A-Z0-9][A-Z0-9 /-]{2,39}$/i.test(number.trim());
  const isWhole = bank.trim() !== '' && name.trim() !== '' && isNumber;

  async function submit(): Promise<void> {
    setIsAsked(true);
    if (!isWhole) {
      toFirstWrong(form.current);
      return;
    }
    const input = { id: account?.id ?? null, bank, account: number, currency, name, isActive };
    if (await saveAccount(input)) onSaved();
  }
  const required = (text: string): string | null =>
    isAsked && text.trim() === '' ? t('money.required') : null;

  return (
    <form
      ref={form}
      className={classes.explain}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => enterMovesOn(event, form.current, () => void submit())}
    >
      <h3 className={classes.small}>{account === null ? t('day.accounts.add') : account.account}</h3>
      <TextInput
        label={t('day.accounts.bank')}
        value={bank}
        onChange={(event) => setBank(event.currentTarget.value)}
        error={required(bank)}
        maxLength={60}
        autoComplete="off"
        readOnly={isFixed}
        data-autofocus
        data-testid="account-bank"
      />
      <TextInput
        label={t('day.accounts.account')}
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
        error={isAsked && !isNumber ? t('day.accounts.accountInvalid') : null}
        description={isFixed ? t('day.accounts.used') : null}
        maxLength={40}
        dir="ltr"
        autoComplete="off"
        readOnly={isFixed}
        data-testid="account-number"
      />
      <NativeSelect
        label={t('day.accounts.currency')}
        value={currency}
        onChange={(event) =>
          setCurrency(currencies.find((one) => one === event.currentTarget.value) ?? 'ILS')
        }
        data={currencies.map((one) => ({ value: one, label: currencyName(one) }))}
        disabled={isFixed}
        data-testid="account-currency"
      />
      <TextInput
        label={t('day.accounts.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={required(name)}
        maxLength={120}
        autoComplete="off"
        data-testid="account-name"
      />
      <Checkbox
        label={t('day.accounts.isActive')}
        checked={isActive}
        onChange={(event) => setIsActive(event.currentTarget.checked)}
      />
      {failed !== null && <Notice kind="problem">{failure(failed)}</Notice>}
      <Button
        type="submit"
        loading={isWorking}
        rightSection={<KeyCap keys="Enter" />}
        data-testid="account-save"
      >
        {t('day.accounts.save')}
      </Button>
    </form>
  );
}
