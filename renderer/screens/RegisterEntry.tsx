import { Button, TextInput } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ChequeView, TransferView } from '../../shared/ipc/contract.ts';
import { toFirstWrong } from '../components/entryForm.ts';
import { Figure } from '../components/Figure.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { MoneyField } from '../components/MoneyField.tsx';
import { Notice } from '../components/Notice.tsx';
import { RegisterState } from '../components/RegisterState.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import type { RegisterMove } from '../stores/registers.ts';
import {
  draftProblems,
  movesOfCheque,
  movesOfTransfer,
  reopensDebt,
  useRegisters,
} from '../stores/registers.ts';
import classes from './RegistersScreen.module.css';

type RegisterEntryProps = { readonly entry: ChequeView | TransferView; readonly canMove: boolean };

/** One cheque or transfer: what it is, where it was, and where a supervisor can send it. */
export function RegisterEntry({ entry, canMove }: RegisterEntryProps) {
  const { t, failure, named, date, time } = useSpeech();
  const { draft, failure: failed, begin } = useRegisters();
  const isCheque = 'bank' in entry;
  const moves: readonly RegisterMove[] = isCheque ? movesOfCheque(entry) : movesOfTransfer(entry);

  return (
    <>
      <div className={classes.top}>
        <Figure
          text={figures(entry.minor, entry.currency)}
          currency={entry.currency}
          size="large"
          testId="register-amount"
        />
        <RegisterState state={entry.state} />
      </div>
      <dl className={classes.facts}>
        <Fact label={t('receipts.payer')}>{entry.payerName}</Fact>
        {entry.accountNumber !== null && (
          <Fact label={t('counter.accountNumber')}>
            <bdi dir="ltr">{entry.accountNumber}</bdi>
          </Fact>
        )}
        <Fact label={t('receipts.number')}>
          <bdi dir="ltr">{entry.receiptNumber}</bdi>
        </Fact>
        {entry.currency !== 'ILS' && (
          <Fact label={t('fields.valueMinor')}>
            <Figure text={figures(entry.valueMinor)} />
          </Fact>
        )}
        {isCheque ? (
          <>
            <Fact label={t('pay.fields.dueOn')}>{date(entry.dueOn)}</Fact>
            <Fact label={t('pay.fields.bank')}>
              {entry.branch === '' ? entry.bank : `${entry.bank} · ${entry.branch}`}
            </Fact>
            <Fact label={t('pay.fields.chequeNumber')}>
              <bdi dir="ltr">{entry.chequeNumber}</bdi>
            </Fact>
            <Fact label={t('pay.fields.chequeAccount')}>
              <bdi dir="ltr">{entry.chequeAccount}</bdi>
            </Fact>
            <Fact label={t('pay.fields.drawer')}>{entry.drawer}</Fact>
          </>
        ) : (
          <>
            <Fact label={t('pay.fields.provider')}>{entry.provider}</Fact>
            <Fact label={t('pay.fields.reference')}>
              <bdi dir="ltr">{entry.reference}</bdi>
            </Fact>
            <Fact label={t('pay.fields.sender')}>{entry.sender}</Fact>
            <Fact label={t('pay.fields.sentOn')}>{date(entry.sentOn)}</Fact>
          </>
        )}
      </dl>
      {failed !== null && draft === null && <Notice kind="problem">{failure(failed)}</Notice>}
      {canMove && draft === null && moves.length > 0 && (
        <div className={classes.moves} data-moves="">
          {moves.map((to) => (
            <Button
              key={to}
              size="md"
              onClick={() => begin(to)}
              {...(reopensDebt(to) ? { color: 'clay', variant: 'outline' } : {})}
              data-testid={`move-${to}`}
            >
              {t(`registers.moves.${to}`)}
            </Button>
          ))}
        </div>
      )}
      {canMove && draft !== null && <MoveForm entry={entry} />}
      {isCheque && entry.state === 'inHand' && canMove && draft === null && (
        <Notice kind="hint">{t('registers.inHandHint')}</Notice>
      )}
      {isCheque && draft === null && <Picture cheque={entry} canAttach={canMove} />}
      <h2 className={classes.heading}>{t('registers.history')}</h2>
      <ol className={classes.steps}>
        {entry.steps.map((step, index) => (
          <li key={index} data-testid="register-step">
            <RegisterState state={step.state as ChequeView['state'] | TransferView['state']} />
            <span>
              {named({ ar: step.personAr, en: step.personEn })}
              <span className={classes.soft}>
                {' '}
                · {date(step.atMs)} {time(step.atMs)}
              </span>
              {step.note !== '' && <span className={classes.note}>{step.note}</span>}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** The cheque itself, for whoever doubts what was typed of it. */
function Picture({ cheque, canAttach }: { readonly cheque: ChequeView; readonly canAttach: boolean }) {
  const { t } = useSpeech();
  const { picture, isWorking, loadPicture, attachPicture } = useRegisters();
  const { id, hasPicture } = cheque;
  useEffect(() => {
    if (hasPicture) void loadPicture(id);
  }, [id, hasPicture, loadPicture]);
  if (hasPicture)
    return picture?.chequeId !== id ? null : (
      <img
        className={classes.picture}
        src={picture.url}
        alt={t('registers.picture')}
        data-testid="cheque-picture"
      />
    );
  if (!canAttach) return null;
  return (
    <div className={classes.attach}>
      <Button
        variant="default"
        leftSection={<IconPhoto size="1.1rem" aria-hidden="true" />}
        loading={isWorking}
        onClick={() => void attachPicture(id)}
        data-testid="cheque-attach"
      >
        {t('registers.attachPicture')}
      </Button>
    </div>
  );
}

function MoveForm({ entry }: { readonly entry: ChequeView | TransferView }) {
  const { t, failure, problem, money } = useSpeech();
  const { draft, isWorking, failure: failed, describe, giveUp, confirm } = useRegisters();
  const [isAsked, setIsAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const to = draft?.to;

  useLayoutEffect(() => form.current?.querySelector('input')?.focus(), [to]);
  if (draft === null || to === undefined) return null;
  const problems = draftProblems(draft);
  const fee = problems.fee;

  function submit(): void {
    setIsAsked(true);
    if (problems.note !== null || problems.fee !== null) {
      toFirstWrong(form.current);
      return;
    }
    void confirm();
  }

  return (
    <form
      ref={form}
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        giveUp();
      }}
      data-testid="move-form"
    >
      <p className={classes.consequence} data-reopens={reopensDebt(to) || undefined}>
        {t(`registers.means.${to}`, { amount: money(entry.minor, entry.currency), name: entry.payerName })}
      </p>
      {to === 'bounced' && (
        <MoneyField
          value={draft.feeText}
          onType={(feeText) => describe({ feeText })}
          label={t('registers.fee')}
          description={t('registers.feeHint')}
          error={fee !== null && (isAsked || draft.feeText !== '') ? problem(fee) : null}
          rightSection={<span className={classes.soft}>{t('symbols.ILS')}</span>}
          readOnly={isWorking}
          data-testid="move-fee"
        />
      )}
      <TextInput
        label={reopensDebt(to) ? t('registers.why') : t('registers.note')}
        value={draft.note}
        onChange={(event) => describe({ note: event.currentTarget.value })}
        error={isAsked && problems.note !== null ? problem(problems.note) : null}
        maxLength={200}
        autoComplete="off"
        readOnly={isWorking}
        data-testid="move-note"
      />
      {failed !== null && (
        <Notice kind="problem" testId="move-problem">
          {failed.code === 'lost' ? t('registers.lost') : failure(failed)}
        </Notice>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={giveUp} disabled={isWorking} rightSection={<KeyCap keys="Esc" />}>
          {t('common.cancel')}
        </Button>
        <Button
          type="submit"
          loading={isWorking}
          {...(reopensDebt(to) ? { color: 'clay' } : {})}
          rightSection={<KeyCap keys="Enter" />}
          data-testid="move-confirm"
        >
          {t(`registers.moves.${to}`)}
        </Button>
      </div>
    </form>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
