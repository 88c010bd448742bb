import { Button, NativeSelect } from '@mantine/core';
import { IconFileCheck } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ChequeState, TransferState } from '../../shared/domain/registers.ts';
import { chequeStates, transferStates } from '../../shared/domain/registers.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import { registerNames, useRegisters } from '../stores/registers.ts';
import { useStatements } from '../stores/statements.ts';
import { EntitlementsMonth, EntitlementsRegister } from './EntitlementsRegister.tsx';
import { PapersRegister } from './PapersRegister.tsx';
import classes from './RegistersScreen.module.css';
import { StatementDialog } from './StatementDialog.tsx';
import { UndonePeriod, UndoneRegister } from './UndoneRegister.tsx';

/** What has to be followed after it was taken: cheques, transfers, entitlements, and receipts that were taken back. */
export function RegistersScreen({ person }: { readonly person: Person }) {
  const { t } = useSpeech();
  const { register, show, load, loadDue } = useRegisters();
  const [wasChosen, setWasChosen] = useState(false);
  const tabs = useRef<HTMLDivElement>(null);

  // A register without a list of things to act on begins at its name; the others at what waits longest.
  useLayoutEffect(() => tabs.current?.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus(), []);

  useEffect(() => {
    void load();
    void loadDue();
  }, [load, loadDue]);

  return (
    <div className={classes.screen} data-testid="registers-screen">
      <div className={classes.head}>
        <h1 className="visuallyHidden">{t('registers.title')}</h1>
        <div ref={tabs} className={classes.tabs} role="group" aria-label={t('registers.title')}>
          {registerNames.map((name) => (
            <button
              key={name}
              type="button"
              className={classes.tab}
              aria-pressed={register === name}
              onClick={() => {
                setWasChosen(true);
                void show(name);
              }}
              data-testid={`register-${name}`}
            >
              {t(`registers.${name}`)}
            </button>
          ))}
        </div>
        <div className={classes.tools}>
          {register === 'transfers' && person.role === 'supervisor' && <StatementButton />}
          {(register === 'cheques' || register === 'transfers') && <StateFilter register={register} />}
          {register === 'entitlements' && <EntitlementsMonth />}
          {register === 'undone' && <UndonePeriod />}
        </div>
      </div>
      {(register === 'cheques' || register === 'transfers') && (
        <PapersRegister register={register} person={person} beginsInList={!wasChosen} />
      )}
      {register === 'entitlements' && <EntitlementsRegister />}
      {register === 'undone' && <UndoneRegister />}
      {person.role === 'supervisor' && <StatementDialog />}
    </div>
  );
}

function StateFilter({ register }: { readonly register: 'cheques' | 'transfers' }) {
  const { t } = useSpeech();
  const { chequeState, transferState, filter } = useRegisters();
  const states: readonly (ChequeState | TransferState)[] =
    register === 'cheques' ? chequeStates : transferStates;
  return (
    <NativeSelect
      className={classes.filter}
      aria-label={t('registers.filter')}
      value={(register === 'cheques' ? chequeState : transferState) ?? ''}
      onChange={(event) => void filter(states.find((one) => one === event.currentTarget.value) ?? null)}
      data={[
        { value: '', label: t('registers.all') },
        ...states.map((one) => ({ value: one, label: t(`registers.states.${one}`) })),
      ]}
      data-testid="register-filter"
    />
  );
}

function StatementButton() {
  const { t } = useSpeech();
  const begin = useStatements((state) => state.begin);
  return (
    <Button
      variant="default"
      leftSection={<IconFileCheck size="1.15rem" aria-hidden="true" />}
      onClick={() => void begin()}
      data-testid="statement-begin"
    >
      {t('statements.button')}
    </Button>
  );
}
