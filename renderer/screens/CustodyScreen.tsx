import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { cashMoveReasons } from '../../shared/domain/custody.ts';
import { currencies } from '../../shared/domain/money.ts';
import { Choice } from '../components/Choice.tsx';
import { CountColumns } from '../components/CountColumns.tsx';
import { CountTotals } from '../components/CountTotals.tsx';
import { enterMovesOn } from '../components/entryForm.ts';
import { Figure } from '../components/Figure.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { Notice } from '../components/Notice.tsx';
import { PersonFields } from '../components/PersonFields.tsx';
import { StepActs } from '../components/StepActs.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { isOfPerson, usePerson } from '../components/usePerson.ts';
import { countedCurrencies, readCount } from '../draft/countDraft.ts';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import type { CustodyAct, CustodyLack } from '../stores/custody.ts';
import { lacksOf, useCustody } from '../stores/custody.ts';
import { ApprovalDialog } from './ApprovalDialog.tsx';
import doneClasses from './CountDone.module.css';
import classes from './CustodyScreen.module.css';
import { ExchangeColumns } from './ExchangeColumns.tsx';
import { useAnticipation } from './useAnticipation.ts';

/** Cash that changes its keeper: counted at the start side, and at the end side why and in front of whom. */
export function CustodyScreen() {
  const { act, done } = useCustody();
  if (act === null) return null;
  return done === null ? <CustodyForm act={act} /> : <CustodyDone act={act} />;
}

function CustodyForm({ act }: { readonly act: CustodyAct }) {
  const { t, failure } = useSpeech();
  const custody = useCustody();
  const { draft, taken, currency, direction, reason, bagNumber, note, isWorking, failure: failed } = custody;
  const person = usePerson(failed);
  useAnticipation(person.login, person.secret);
  const form = useRef<HTMLFormElement>(null);
  const [isAsked, setIsAsked] = useState(false);
  const witnessed = act === 'cashMove' ? null : act;
  const lacks = lacksOf(custody);
  const atPage = lacks.find((lack) => ['cash', 'pieces', 'taken', 'unequal'].includes(lack));
  const given = readCount(draft);
  const isElsewhere = failed !== null && !isOfPerson(failed) && custody.approving === null;

  function toFields(): void {
    form.current?.querySelector<HTMLElement>('[role="radio"][aria-checked="true"], select, input')?.focus();
  }

  async function carryOut(): Promise<void> {
    setIsAsked(true);
    const [first] = lacks;
    if (first !== undefined) {
      const place =
        first === 'taken' || first === 'unequal'
          ? 'input[data-testid^="taken-"]'
          : first === 'cash' || first === 'pieces'
            ? 'input[data-pile]'
            : `[data-testid="custody-${first}"]`;
      document.querySelector<HTMLElement>(place)?.focus();
      return;
    }
    const witness = witnessed === null ? null : person.read();
    if (witnessed !== null && witness === null) return;
    await custody.carryOut(witness, null);
  }

  const said = (lack: CustodyLack): string | null =>
    isAsked && lacks.includes(lack) ? t(`shift.custody.lacks.${lack}`) : null;

  return (
    <StepPage
      title={t(`shift.custody.${act}.title`)}
      lead={t(`shift.custody.${act}.lead`)}
      hint={t(act === 'exchange' ? 'shift.count.keys' : 'shift.count.keysWorn')}
      asideLabel={t(`shift.custody.${act}.title`)}
      testId={`custody-${act}`}
      aside={
        <>
          <CountTotals
            label={t(`shift.custody.${act}.sum`)}
            totals={act === 'exchange' ? [given.totals[currency]] : orShekels(countedCurrencies(given))}
          />
          {act === 'exchange' && (
            <CountTotals
              label={t('shift.custody.exchange.sumTaken')}
              totals={[readCount(taken).totals[currency]]}
              testId="taken-totals"
            />
          )}
          <form
            ref={form}
            className={classes.fields}
            noValidate
            onSubmit={(event) => event.preventDefault()}
            onKeyDown={(event) => enterMovesOn(event, form.current, () => void carryOut())}
          >
            {act === 'cashMove' && (
              <>
                <Choice
                  label={t('shift.custody.direction')}
                  value={direction}
                  choices={[
                    { value: 'out', label: t('shift.custody.directions.out') },
                    { value: 'in', label: t('shift.custody.directions.in') },
                  ]}
                  onChoose={(value) => custody.describe({ direction: value })}
                  testId="custody-direction"
                />
                <NativeSelect
                  label={t('shift.custody.reason')}
                  value={reason ?? ''}
                  onChange={(event) =>
                    custody.describe({
                      reason: cashMoveReasons.find((one) => one === event.currentTarget.value) ?? null,
                    })
                  }
                  error={said('reason')}
                  data={[
                    { value: '', label: t('shift.custody.chooseReason') },
                    ...cashMoveReasons.map((one) => ({
                      value: one,
                      label: t(`shift.custody.reasons.${one}`),
                    })),
                  ]}
                  data-testid="custody-reason"
                />
              </>
            )}
            {act === 'payIn' && (
              <TextInput
                label={t('shift.custody.bagNumber')}
                value={bagNumber}
                onChange={(event) => custody.describe({ bagNumber: event.currentTarget.value })}
                error={said('bagNumber')}
                maxLength={40}
                dir="ltr"
                autoComplete="off"
                data-testid="custody-bagNumber"
              />
            )}
            <TextInput
              label={t(act === 'cashMove' ? 'shift.custody.noteNeeded' : 'shift.custody.note')}
              value={note}
              onChange={(event) => custody.describe({ note: event.currentTarget.value })}
              error={said('note')}
              maxLength={200}
              autoComplete="off"
              data-testid="custody-note"
            />
            {witnessed !== null && (
              <PersonFields
                loginLabel={t(`shift.custody.${witnessed}.person`)}
                secretLabel={t(`shift.custody.${witnessed}.secret`)}
                person={person}
                testId="custody"
              />
            )}
          </form>
          {isAsked && atPage !== undefined && (
            <Notice kind="problem">{t(`shift.custody.lacks.${atPage}`)}</Notice>
          )}
          {isElsewhere && <Notice kind="problem">{failure(failed)}</Notice>}
          <StepActs
            go={{
              label: t(`shift.custody.${act}.act`),
              act: () => void carryOut(),
              isWorking,
              isDisabled: person.isWaiting,
              testId: 'custody-go',
            }}
            back={{ label: t('common.cancel'), act: custody.leave, testId: 'custody-leave' }}
          />
        </>
      }
    >
      {act === 'exchange' ? (
        <ExchangeColumns onEnd={toFields} />
      ) : (
        <CountColumns draft={draft} hasWorn onType={custody.type} onEnd={toFields} />
      )}
      <ApprovalDialog
        act={custody.approving}
        what={<ApprovedMove />}
        refused={failed?.code === 'approval.missing' ? null : failed}
        onApproved={({ approvalId }) => void custody.carryOut(null, approvalId)}
        onClose={() => custody.describe({ approving: null })}
      />
    </StepPage>
  );
}

/** An empty page shows shekels, so that the slab never changes its place. */
function orShekels(totals: ReturnType<typeof countedCurrencies>) {
  return totals.length > 0 ? totals : [{ currency: 'ILS' as const, minor: 0, wornMinor: 0, pieces: 0 }];
}

/** What the supervisor puts their name to. */
function ApprovedMove() {
  const { t } = useSpeech();
  const { draft, direction, reason, note } = useCustody();
  return (
    <>
      <b>
        {t(`shift.custody.directions.${direction}`)}
        {reason !== null && ` · ${t(`shift.custody.reasons.${reason}`)}`}
      </b>
      {countedCurrencies(readCount(draft)).map(({ currency, minor }) => (
        <div key={currency}>
          <Figure text={figures(minor, currency)} currency={currency} size="large" />
        </div>
      ))}
      <bdi>{note}</bdi>
    </>
  );
}

function CustodyDone({ act }: { readonly act: CustodyAct }) {
  const { t, named, money } = useSpeech();
  const { done, leave } = useCustody();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  if (done === null) return null;
  const other = done.counterpartAr === null ? done.approvedByAr : done.counterpartAr;
  const otherEn = done.counterpartAr === null ? done.approvedByEn : done.counterpartEn;
  const amounts = currencies.flatMap((currency) =>
    done.amounts.filter((amount) => amount.currency === currency),
  );
  return (
    <div className={doneClasses.screen} data-testid="custody-done">
      <section className={doneClasses.card}>
        <h1 className={doneClasses.title}>
          <IconCircleCheck size="2rem" aria-hidden="true" />
          {t(`shift.custody.${act}.done`)}
        </h1>
        {amounts.map(({ currency, minor }) => (
          <p key={currency} className={doneClasses.number}>
            <span>{t(`shift.custody.${act}.sum`)}</span>
            <b>{money(minor, currency)}</b>
          </p>
        ))}
        {done.bagNumber !== '' && (
          <p className={doneClasses.text}>
            {t('shift.custody.bagNumber')}: <bdi dir="ltr">{done.bagNumber}</bdi>
          </p>
        )}
        <p className={doneClasses.text}>
          {other === null
            ? t('shift.custody.doneAlone', { id: done.id })
            : t('shift.custody.doneText', { person: named({ ar: other, en: otherEn ?? '' }), id: done.id })}
        </p>
        <Button
          ref={button}
          size="lg"
          rightSection={<KeyCap keys="Enter" />}
          onClick={leave}
          data-testid="custody-back"
        >
          {t('shift.custody.back')}
        </Button>
      </section>
    </div>
  );
}
