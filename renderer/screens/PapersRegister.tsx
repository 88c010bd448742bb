import { TextInput } from '@mantine/core';
import { IconBellRinging, IconSearch } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { registerRows } from '../../shared/domain/registers.ts';
import type { ChequeView, Person, TransferView } from '../../shared/ipc/contract.ts';
import { Figure } from '../components/Figure.tsx';
import { moveAmongRows } from '../components/moveAmongRows.ts';
import { Notice } from '../components/Notice.tsx';
import { RegisterState } from '../components/RegisterState.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { useRegisters } from '../stores/registers.ts';
import { RegisterEntry } from './RegisterEntry.tsx';
import classes from './RegistersScreen.module.css';

type PapersRegisterProps = {
  readonly register: 'cheques' | 'transfers';
  readonly person: Person;
  /** The hands begin in the list when the screen opens, and are left where they are when a register is chosen. */
  readonly beginsInList: boolean;
};

/** Where cheques or transfers are: those that wait for somebody first, each with its history and what can be done. */
export function PapersRegister({ register, person, beginsInList }: PapersRegisterProps) {
  const { t, failure, shortDate } = useSpeech();
  const store = useRegisters();
  const { cheques, transfers, dueCount, text } = store;
  const list = useRef<HTMLUListElement>(null);
  const entry = useRef<HTMLElement>(null);
  const isCheques = register === 'cheques';
  const state = isCheques ? store.chequeState : store.transferState;
  const rows: readonly (ChequeView | TransferView)[] | null = isCheques ? cheques : transfers;
  const chosenId = isCheques ? store.chosenCheque : store.chosenTransfer;
  const chosen = rows?.find(({ id }) => id === chosenId) ?? null;

  // A form that goes leaves the hands where they can go on: at what can be done next, or in the list.
  const isDescribing = store.draft !== null;
  const wasDescribing = useRef(false);
  useLayoutEffect(() => {
    if (wasDescribing.current && !isDescribing) toMoves();
    wasDescribing.current = isDescribing;
  }, [isDescribing]);

  // The hands begin at what waits longest.
  const hasBegun = useRef(!beginsInList);
  useEffect(() => {
    if (hasBegun.current || rows === null) return;
    hasBegun.current = true;
    (
      list.current?.querySelector<HTMLElement>('[aria-pressed="true"]') ??
      list.current?.querySelector('button')
    )?.focus();
  }, [rows]);

  function toMoves(): void {
    const next =
      entry.current?.querySelector<HTMLElement>('[data-moves] button') ??
      list.current?.querySelector<HTMLElement>('[aria-pressed="true"]');
    next?.focus();
  }

  return (
    <div className={classes.papers}>
      <section className={classes.list} aria-label={t(`registers.${register}`)}>
        <TextInput
          className={classes.find}
          value={text}
          onChange={(event) => void store.find(event.currentTarget.value)}
          onKeyDown={(event) => moveAmongRows(event, list.current)}
          aria-label={t(`registers.findLabel.${register}`)}
          placeholder={t(`registers.findPlaceholder.${register}`)}
          leftSection={<IconSearch size="1.2rem" aria-hidden="true" />}
          size="md"
          maxLength={600}
          autoComplete="off"
          data-testid="register-find"
        />
        {isCheques && dueCount > 0 && (
          <div className={classes.due} role="status" data-testid="due-reminder">
            <IconBellRinging size="1.2rem" aria-hidden="true" />
            {t('registers.dueCount', { count: dueCount })}
          </div>
        )}
        {store.loadFailure !== null && <Notice kind="problem">{failure(store.loadFailure)}</Notice>}
        {rows?.length === 0 && (
          <p className={classes.none}>
            {text.trim() !== ''
              ? t('registers.noneFound')
              : state === null
                ? t(`registers.none.${register}`)
                : t('registers.noneOfState')}
          </p>
        )}
        <ul ref={list} className={classes.rows} onKeyDown={(event) => moveAmongRows(event, list.current)}>
          {rows?.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                className={classes.row}
                aria-pressed={row.id === chosenId}
                onFocus={() => {
                  if (!isDescribing) store.choose(row.id);
                }}
                onClick={(event) => {
                  store.choose(row.id);
                  // Enter: what is looked at already is to be acted on.
                  if (event.detail === 0) requestAnimationFrame(toMoves);
                }}
                data-testid="register-row"
                data-state={row.state}
              >
                <span className={classes.who}>
                  <b>{row.payerName}</b>
                  <span className={classes.soft}>
                    {'bank' in row ? (
                      <>
                        {row.bank} · <bdi dir="ltr">{row.chequeNumber}</bdi>
                      </>
                    ) : (
                      <>
                        {row.provider} · <bdi dir="ltr">{row.reference}</bdi>
                      </>
                    )}
                  </span>
                </span>
                <span className={classes.end}>
                  <Figure text={figures(row.minor, row.currency)} currency={row.currency} size="row" />
                  <RegisterState state={row.state} />
                </span>
                <span className={classes.day}>
                  {'dueOn' in row ? (
                    <>
                      <span className={classes.soft}>{t('registers.due')}</span> {shortDate(row.dueOn)}
                      {row.isDue && (
                        <span className={classes.isDue} data-testid="is-due">
                          <IconBellRinging size="0.95rem" aria-hidden="true" />
                          {t('registers.isDue')}
                        </span>
                      )}
                    </>
                  ) : (
                    <>
                      <span className={classes.soft}>{t('registers.sent')}</span> {shortDate(row.sentOn)}
                    </>
                  )}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {rows?.length === registerRows && (
          <p className={classes.more}>{t('registers.more', { count: registerRows })}</p>
        )}
      </section>
      <section ref={entry} className={classes.entry} aria-label={t('registers.entry')}>
        {chosen === null ? (
          <p className={classes.choose}>{t('registers.choose')}</p>
        ) : (
          <RegisterEntry
            key={`${register} ${chosen.id}`}
            entry={chosen}
            canMove={person.role === 'supervisor'}
          />
        )}
      </section>
    </div>
  );
}
