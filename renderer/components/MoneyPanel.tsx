import { Button } from '@mantine/core';
import type { Ref } from 'react';
import { denominations } from '../../shared/domain/denominations.ts';
import type { PayDraft, Reckoning } from '../stores/payDraft.ts';
import { Figure } from './Figure.tsx';
import { KeyCap } from './KeyCap.tsx';
import { MoneyField } from './MoneyField.tsx';
import { Notice } from './Notice.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import classes from './MoneyPanel.module.css';

type MoneyPanelProps = {
  readonly draft: PayDraft;
  readonly reckoning: Reckoning;
  readonly payerName: string | null;
  readonly openBillCount: number;
  readonly isTaking: boolean;
  readonly isUnresolved: boolean;
  readonly problem: string | null;
  readonly amountRef: Ref<HTMLInputElement>;
  readonly receivedRef: Ref<HTMLInputElement>;
  readonly onTypeAmount: (text: string) => void;
  readonly onTypeReceived: (text: string) => void;
  readonly onExact: () => void;
  readonly onNote: (minor: number) => void;
  readonly onAmountEnter: () => void;
  readonly onTake: () => void;
};

const quickNotes = denominations.ILS.filter((minor) => minor >= 2000);

/** The register's display: total, cash received, change, one sentence, one button. */
export function MoneyPanel(props: MoneyPanelProps) {
  const { draft, reckoning, payerName, isTaking, isUnresolved } = props;
  const { t, money, problem } = useSpeech();
  const { totalMinor, billCount, changeMinor, missingMinor, receivedProblem, isReady } = reckoning;
  const isStill = payerName === null || isTaking || isUnresolved;

  function sentence(): string {
    if (totalMinor === 0 || payerName === null) return t('counter.chooseFirst');
    if (missingMinor > 0) return t('counter.tooLittle', { missing: money(missingMinor) });
    if (changeMinor === null) return t('counter.typeReceived');
    const facts = { count: billCount, total: money(totalMinor), name: payerName };
    return changeMinor === 0
      ? t('counter.willTake', facts)
      : t('counter.willTakeChange', { ...facts, change: money(changeMinor) });
  }

  return (
    <form
      className={classes.panel}
      aria-label={t('counter.moneyPanel')}
      data-on-slab=""
      onSubmit={(event) => {
        event.preventDefault();
        props.onTake();
      }}
    >
      <div className={classes.head}>
        <div className={classes.line}>
          <span className={classes.label}>{t('counter.total')}</span>
          <span className={classes.soft}>
            {payerName !== null && t('counter.chosenOf', { chosen: billCount, total: props.openBillCount })}
          </span>
        </div>
        <output className={classes.total} aria-label={t('counter.total')}>
          <Figure text={figures(totalMinor)} size="huge" testId="total" />
        </output>
      </div>

      <div className={classes.fields}>
        <MoneyField
          inputRef={props.amountRef}
          value={draft.amountText}
          onType={props.onTypeAmount}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            props.onAmountEnter();
          }}
          label={<FieldLabel text={t('counter.amountLabel')} keys="F6" />}
          aria-label={t('counter.amountLabel')}
          aria-keyshortcuts="F6"
          description={draft.amountProblem === null ? t('counter.amountHint') : null}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={draft.amountProblem === null ? null : problem(draft.amountProblem)}
          readOnly={isStill}
          size="md"
          classNames={{
            input: classes.input,
            label: classes.fieldLabel,
            error: classes.error,
            description: classes.hint,
          }}
          data-testid="amount"
        />
        <MoneyField
          inputRef={props.receivedRef}
          value={draft.receivedText}
          onType={props.onTypeReceived}
          label={<FieldLabel text={t('counter.received')} />}
          aria-label={t('counter.received')}
          error={receivedProblem === null ? null : problem(receivedProblem)}
          readOnly={isStill}
          size="md"
          classNames={{ input: classes.input, label: classes.fieldLabel, error: classes.error }}
          data-testid="received"
        />
        <div className={classes.quick}>
          <button
            type="button"
            className={classes.exact}
            onClick={props.onExact}
            disabled={isStill || totalMinor === 0}
            aria-keyshortcuts="F8"
            data-testid="exact"
          >
            {t('counter.exact')}
            <KeyCap keys="F8" />
          </button>
          {quickNotes.map((minor) => (
            <button
              key={minor}
              type="button"
              className={classes.note}
              onClick={() => props.onNote(minor)}
              disabled={isStill || totalMinor === 0}
              aria-label={money(minor)}
              data-testid={`note-${minor}`}
            >
              {minor / 100}
            </button>
          ))}
        </div>
      </div>

      <div
        className={classes.changeBox}
        data-state={missingMinor > 0 ? 'missing' : changeMinor === null ? 'none' : 'change'}
      >
        <span className={classes.label}>{missingMinor > 0 ? t('counter.missing') : t('counter.change')}</span>
        <output aria-label={missingMinor > 0 ? t('counter.missing') : t('counter.change')}>
          <Figure
            text={
              missingMinor > 0 ? figures(missingMinor) : changeMinor === null ? '—' : figures(changeMinor)
            }
            size="huge"
            testId="change"
          />
        </output>
      </div>

      <div className={classes.bottom}>
        {props.problem !== null ? (
          <Notice kind="problem" testId="take-problem">
            {props.problem}
          </Notice>
        ) : (
          <p className={classes.sentence} role="status" data-testid="sentence">
            {sentence()}
          </p>
        )}
        <Button
          type="submit"
          size="xl"
          fullWidth
          color="brass.4"
          loading={isTaking}
          disabled={!isReady}
          rightSection={<KeyCap keys="F9" />}
          aria-keyshortcuts="F9"
          classNames={{ root: classes.take }}
          data-testid="take"
        >
          {isUnresolved ? t('counter.takeAgain') : t('counter.take')}
        </Button>
      </div>
    </form>
  );
}

function FieldLabel({ text, keys }: { readonly text: string; readonly keys?: string }) {
  return (
    <span className={classes.withKey}>
      {text}
      {keys !== undefined && <KeyCap keys={keys} />}
    </span>
  );
}
