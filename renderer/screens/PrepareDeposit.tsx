import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconBuildingBank, IconPlus } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { CashLine } from '../../shared/domain/counting.ts';
import type { DepositSheet } from '../../shared/ipc/contract.ts';
import { enterMovesOn } from '../components/entryForm.ts';
import { Figure } from '../components/Figure.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { isDialogOpen, useEveryKey } from '../components/keys.ts';
import { Notice } from '../components/Notice.tsx';
import { PersonFields } from '../components/PersonFields.tsx';
import { isOfPerson, usePerson } from '../components/usePerson.ts';
import { pieceText } from '../draft/pieces.ts';
import type { PartReading } from '../draft/depositDraft.ts';
import { heapId, heapsFor, readParts, staying } from '../draft/depositDraft.ts';
import { figures, isolate, useSpeech } from '../i18n/useSpeech.ts';
import { useDeposits } from '../stores/deposits.ts';
import { useStatus } from '../stores/status.ts';
import { useAnticipation } from './useAnticipation.ts';
import classes from './DepositScreen.module.css';

/** The safe lies open: at the start side what goes to an account, at the end side what it comes to and who counted along. */
export function PrepareDeposit({ sheet }: { readonly sheet: DepositSheet }) {
  const { t, failure, date, currencyName } = useSpeech();
  const store = useDeposits();
  const { parts, part, isWorking, failure: failed, changePart } = store;
  const person = usePerson(failed);
  useAnticipation(person.login, person.secret);
  const [isAsked, setIsAsked] = useState(false);
  const desk = useRef<HTMLDivElement>(null);
  const aside = useRef<HTMLFormElement>(null);
  const today = useStatus((state) => state.status?.businessDate ?? '');
  const readings = readParts(sheet, parts);
  const reading = readings[part];
  const current = parts[part];
  const usable = sheet.accounts.filter(({ isActive }) => isActive);
  const wrongPart = readings.findIndex(({ problems }) => problems.length > 0);
  const [problem] = readings[wrongPart]?.problems ?? [];
  const currency = reading?.account?.currency;
  const heaps =
    currency === undefined ? [] : heapsFor(sheet, readings, part).filter((one) => one.currency === currency);

  // The hands begin at the first heap; at the account where none is chosen yet.
  useLayoutEffect(() => {
    (
      desk.current?.querySelector<HTMLElement>('input[data-heap]') ??
      desk.current?.querySelector<HTMLElement>('select')
    )?.focus();
  }, [part]);

  useEveryKey((event) => {
    if (isDialogOpen()) return;
    if (event.key === 'F9') {
      event.preventDefault();
      prepare();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      store.leavePrepare();
    }
  });

  function toPerson(): void {
    aside.current?.querySelector('input')?.focus();
  }

  function prepare(): void {
    setIsAsked(true);
    if (wrongPart >= 0) {
      store.showPart(wrongPart);
      return;
    }
    const second = person.read();
    if (second !== null) void store.prepare(second);
  }

  if (current === undefined || reading === undefined) return null;
  return (
    <div className={classes.prepare} data-testid="prepare-deposit">
      <div
        ref={desk}
        className={classes.desk}
        onKeyDown={(event) => enterMovesOn(event, desk.current, toPerson)}
      >
        <div className={classes.top}>
          <h2 className={classes.heading}>{t('day.deposit.prepareTitle')}</h2>
          <div className={classes.parts} role="group" aria-label={t('day.deposit.account')}>
            {parts.map((_, index) => (
              <button
                key={index}
                type="button"
                className={classes.tab}
                aria-pressed={index === part}
                onClick={() => store.showPart(index)}
                data-testid="deposit-part"
              >
                <IconBuildingBank size="1rem" aria-hidden="true" />{' '}
                {readings[index]?.account?.bank ?? t('day.deposit.part', { number: index + 1 })}
              </button>
            ))}
            <Button
              variant="subtle"
              size="compact-md"
              leftSection={<IconPlus size="1rem" aria-hidden="true" />}
              onClick={() => store.addPart()}
              disabled={parts.length >= 10}
              data-testid="deposit-add-part"
            >
              {t('day.deposit.addPart')}
            </Button>
            {parts.length > 1 && (
              <Button
                variant="subtle"
                color="clay"
                size="compact-md"
                onClick={() => store.removePart()}
                data-testid="deposit-remove-part"
              >
                {t('day.deposit.removePart')}
              </Button>
            )}
          </div>
        </div>
        {sheet.businessDate !== today && (
          <Notice kind="hint" testId="deposit-next-day">
            {t('day.deposit.nextDay', { closed: date(today), date: date(sheet.businessDate) })}
          </Notice>
        )}
        {usable.length === 0 && (
          <Notice kind="problem" testId="no-accounts">
            {t('day.deposit.noAccounts')}
          </Notice>
        )}
        <div className={classes.account}>
          <NativeSelect
            label={t('day.deposit.account')}
            value={current.accountId ?? ''}
            onChange={(event) =>
              changePart({
                accountId: usable.find(({ id }) => String(id) === event.currentTarget.value)?.id ?? null,
                pieces: new Map(),
                cheques: new Set(),
              })
            }
            error={isAsked && reading.problems.includes('account') ? t('day.deposit.lacks.account') : null}
            data={[
              { value: '', label: t('day.deposit.chooseAccount') },
              ...usable.map((one) => ({
                value: String(one.id),
                label: `${one.bank} · ${currencyName(one.currency)}`,
              })),
            ]}
            description={reading.account === null ? null : isolate(reading.account.account)}
            data-testid="deposit-account"
          />
          <TextInput
            label={t('day.deposit.bagNumber')}
            value={current.bagNumber}
            onChange={(event) => changePart({ bagNumber: event.currentTarget.value })}
            maxLength={40}
            dir="ltr"
            autoComplete="off"
            data-testid="deposit-bag"
          />
          <TextInput
            label={t('day.deposit.slipNumber')}
            value={current.slipNumber}
            onChange={(event) => changePart({ slipNumber: event.currentTarget.value })}
            maxLength={40}
            dir="ltr"
            autoComplete="off"
            data-testid="deposit-slip"
          />
        </div>
        <div className={classes.columns}>
          <Heaps heaps={heaps} reading={reading} hasAccount={currency !== undefined} />
          <Cheques sheet={sheet} reading={reading} />
        </div>
      </div>
      <div className={classes.aside}>
        <div className={classes.slab} data-on-slab="">
          <span>{t('day.deposit.total')}</span>
          <Figure
            text={figures(reading.cashMinor + reading.chequesMinor, currency ?? 'ILS')}
            currency={currency ?? 'ILS'}
            size="large"
            testId="deposit-sum"
          />
          <span className={classes.onSlab}>
            {t('day.deposit.cashSum')}{' '}
            <Figure text={figures(reading.cashMinor, currency ?? 'ILS')} currency={currency ?? 'ILS'} />
            {' · '}
            {t('day.deposit.chequesSum')}{' '}
            <Figure text={figures(reading.chequesMinor, currency ?? 'ILS')} currency={currency ?? 'ILS'} />
          </span>
        </div>
        <Stays sheet={sheet} readings={readings} />
        <form
          ref={aside}
          className={classes.person}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            prepare();
          }}
          onKeyDown={(event) => enterMovesOn(event, event.currentTarget, prepare)}
        >
          <p className={classes.soft}>{t('day.deposit.secondHint')}</p>
          <PersonFields
            loginLabel={t('day.deposit.second')}
            secretLabel={t('day.deposit.secondSecret')}
            person={person}
            testId="second"
          />
          {isAsked && problem !== undefined && (
            <Notice kind="problem" testId="deposit-lacks">
              {t(`day.deposit.lacks.${problem}`)}
            </Notice>
          )}
          {failed !== null && !isOfPerson(failed) && (
            <Notice kind="problem" testId="deposit-problem">
              {failed.code === 'lost' ? t('day.deposit.lost') : failure(failed)}
            </Notice>
          )}
          <Button
            type="submit"
            size="md"
            loading={isWorking}
            disabled={person.isWaiting}
            rightSection={<KeyCap keys="F9" />}
            aria-keyshortcuts="F9"
            data-testid="deposit-go"
          >
            {t('day.deposit.go')}
          </Button>
          <Button
            variant="default"
            onClick={() => store.leavePrepare()}
            disabled={isWorking}
            rightSection={<KeyCap keys="Esc" />}
            data-testid="deposit-leave-form"
          >
            {t('common.cancel')}
          </Button>
        </form>
      </div>
    </div>
  );
}

type HeapsProps = {
  readonly heaps: readonly CashLine[];
  readonly reading: PartReading;
  readonly hasAccount: boolean;
};

/** What lies in the safe by its notes, and how many of each go. The button takes all of a kind. */
function Heaps({ heaps, reading, hasAccount }: HeapsProps) {
  const { t, money } = useSpeech();
  const { parts, part, changePart } = useDeposits();
  const pieces = parts[part]?.pieces ?? new Map<string, string>();
  const type = (id: string, text: string): void => changePart({ pieces: new Map(pieces).set(id, text) });
  return (
    <fieldset className={classes.heaps}>
      <legend>{t('day.deposit.cash')}</legend>
      {heaps.length === 0 ? (
        <p className={classes.soft}>{t(hasAccount ? 'day.deposit.noCash' : 'day.deposit.lacks.account')}</p>
      ) : (
        <div className={classes.heapHead} aria-hidden="true">
          <span />
          <span>{t('day.deposit.inSafe')}</span>
          <span>{t('day.deposit.toDeposit')}</span>
          <span />
          <span className={classes.worth}>{t('day.value')}</span>
        </div>
      )}
      {heaps.map((heap) => {
        const id = heapId(heap);
        const { currency, denominationMinor, isWorn, quantity } = heap;
        const taken = reading.cash.find((one) => heapId(one) === id)?.quantity ?? 0;
        const value = money(denominationMinor, currency);
        return (
          <div key={id} className={classes.heapLine}>
            <span className={classes.piece}>
              {pieceText(currency, denominationMinor)}
              {isWorn && <span className={classes.worn}>{t('day.worn')}</span>}
            </span>
            <span className={classes.there}>{quantity}</span>
            <input
              className={classes.pieces}
              value={pieces.get(id) ?? ''}
              onChange={(event) => type(id, event.currentTarget.value)}
              onFocus={(event) => event.currentTarget.select()}
              aria-label={t(isWorn ? 'day.deposit.piecesOfWorn' : 'day.deposit.piecesOf', { value })}
              aria-invalid={reading.wrong.has(id)}
              inputMode="numeric"
              dir="ltr"
              maxLength={8}
              autoComplete="off"
              placeholder="0"
              data-heap=""
              data-testid={`heap-${id}`}
            />
            <Button
              variant="default"
              size="compact-sm"
              tabIndex={-1}
              onClick={() => type(id, taken === quantity ? '' : String(quantity))}
              aria-label={t('day.deposit.allOf', { value })}
            >
              {t('day.deposit.all')}
            </Button>
            <span className={classes.worth}>
              {taken === 0 ? '–' : figures(taken * denominationMinor, currency)}
            </span>
          </div>
        );
      })}
    </fieldset>
  );
}

/** Cheques whose day has come, by bank; Space ticks. */
function Cheques({ sheet, reading }: { readonly sheet: DepositSheet; readonly reading: PartReading }) {
  const { t, shortDate } = useSpeech();
  const { parts, part, changePart } = useDeposits();
  const elsewhere = new Set(parts.flatMap(({ cheques }, index) => (index === part ? [] : [...cheques])));
  const mine = parts[part]?.cheques ?? new Set<number>();
  const shown = sheet.cheques.filter(
    ({ id, currency }) => currency === reading.account?.currency && !elsewhere.has(id),
  );
  return (
    <fieldset className={classes.heaps}>
      <legend>{t('day.deposit.cheques')}</legend>
      {shown.length === 0 && <p className={classes.soft}>{t('day.deposit.noCheques')}</p>}
      {shown.map((cheque) => (
        <label key={cheque.id} className={classes.cheque} data-off={cheque.isInDrawer || undefined}>
          <input
            type="checkbox"
            checked={mine.has(cheque.id)}
            disabled={cheque.isInDrawer}
            onChange={(event) => {
              const next = new Set(mine);
              if (event.currentTarget.checked) next.add(cheque.id);
              else next.delete(cheque.id);
              changePart({ cheques: next });
            }}
            data-testid="deposit-cheque"
          />
          <span className={classes.who}>
            <span>
              {cheque.bank} · <bdi dir="ltr">{cheque.chequeNumber}</bdi>
            </span>
            <span className={classes.soft}>
              {cheque.drawer} ·{' '}
              {cheque.isInDrawer
                ? t('day.deposit.inDrawer')
                : t('day.deposit.dueOn', { date: shortDate(cheque.dueOn) })}
            </span>
          </span>
          <Figure text={figures(cheque.minor, cheque.currency)} currency={cheque.currency} size="row" />
        </label>
      ))}
    </fieldset>
  );
}

function Stays({
  sheet,
  readings,
}: {
  readonly sheet: DepositSheet;
  readonly readings: readonly PartReading[];
}) {
  const { t } = useSpeech();
  const left = staying(sheet, readings);
  return (
    <div className={classes.stays} data-testid="deposit-stays">
      <span className={classes.soft}>{t('day.deposit.stays')}</span>
      {left.length === 0 ? (
        <b>{t('day.deposit.staysNothing')}</b>
      ) : (
        left.map(({ currency, minor }) => (
          <Figure key={currency} text={figures(minor, currency)} currency={currency} size="row" />
        ))
      )}
    </div>
  );
}
