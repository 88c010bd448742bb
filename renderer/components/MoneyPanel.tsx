import { Button, VisuallyHidden } from '@mantine/core';
import { IconNotebook, IconX } from '@tabler/icons-react';
import type { Ref } from 'react';
import { denominations } from '../../shared/domain/denominations.ts';
import type { PayDraft } from '../draft/payDraft.ts';
import { receivedText } from '../draft/payDraft.ts';
import type { Reckoning } from '../draft/reckoning.ts';
import type { TenderDraft } from '../draft/tenderDraft.ts';
import { shekelsId, wayOf } from '../draft/tenderDraft.ts';
import { ChangeBox } from './ChangeBox.tsx';
import { Figure } from './Figure.tsx';
import { KeyCap } from './KeyCap.tsx';
import { MoneyField } from './MoneyField.tsx';
import { Notice } from './Notice.tsx';
import { TenderList } from './TenderList.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import classes from './MoneyPanel.module.css';

export type MoneyActs = {
  readonly onTypeAmount: (text: string) => void;
  readonly onTypeReceived: (text: string) => void;
  readonly onExact: () => void;
  readonly onNote: (minor: number) => void;
  readonly onAmountEnter: () => void;
  readonly onAcceptSurplus: () => void;
  readonly onDropAdvance: () => void;
  readonly onOtherWay: () => void;
  readonly onEditTender: (tender: TenderDraft) => void;
  readonly onRemoveTender: (id: number) => void;
  readonly onFee: () => void;
  /** The receipt is entered from a paper book. */
  readonly onLeaf: () => void;
  readonly onChooseChange: () => void;
  readonly onTake: () => void;
};

type MoneyPanelProps = {
  readonly draft: PayDraft;
  readonly reckoning: Reckoning;
  readonly payerName: string | null;
  readonly hasAccount: boolean;
  readonly openBillCount: number;
  readonly isTaking: boolean;
  readonly isUnresolved: boolean;
  readonly problem: string | null;
  readonly amountRef: Ref<HTMLInputElement>;
  readonly receivedRef: Ref<HTMLInputElement>;
  readonly surplusRef: Ref<HTMLButtonElement>;
  readonly acts: MoneyActs;
};

const quickNotes = denominations.ILS.filter((minor) => minor >= 2000);

/** The register's display: total, what was put on the counter, change, one sentence, one button. */
export function MoneyPanel(props: MoneyPanelProps) {
  const { draft, reckoning, isTaking, isUnresolved, acts } = props;
  const { t, money, problem } = useSpeech();
  const { totalMinor, receivedProblem, isReady } = reckoning;
  const isBusy = isTaking || isUnresolved;
  const isStill = isBusy || (!props.hasAccount && totalMinor === 0);
  const wornText = draft.tenders.find(({ id }) => id === shekelsId)?.fields.worn ?? '';
  // More than one thing to see: the same closer together, so that nothing has to be scrolled.
  const isDense = draft.tenders.length > 1 || draft.surplusMinor > 0 || draft.advanceMinor > 0;
  const said = props.problem ?? (reckoning.problem === null ? null : problem(reckoning.problem));

  return (
    <form
      className={classes.panel}
      aria-label={t('counter.moneyPanel')}
      data-on-slab=""
      data-dense={isDense || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        acts.onTake();
      }}
    >
      <div className={classes.head}>
        <div className={classes.line}>
          <span className={classes.label}>{t('counter.total')}</span>
          <span className={classes.soft}>
            {props.openBillCount > 0 &&
              t('counter.chosenOf', { chosen: draft.chosen.size, total: props.openBillCount })}
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
          onType={acts.onTypeAmount}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            acts.onAmountEnter();
          }}
          label={<FieldLabel text={t('counter.amountLabel')} keys="F6" />}
          aria-label={t('counter.amountLabel')}
          aria-keyshortcuts="F6"
          description={draft.amountProblem === null && props.hasAccount ? t('counter.amountHint') : null}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={draft.amountProblem === null ? null : problem(draft.amountProblem)}
          readOnly={isBusy || !props.hasAccount}
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
          value={receivedText(draft)}
          onType={acts.onTypeReceived}
          label={<FieldLabel text={t('counter.received')} />}
          aria-label={t('counter.received')}
          description={wornText === '' ? null : t('pay.wornPart', { amount: wornText })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={receivedProblem === null ? null : problem(receivedProblem)}
          readOnly={isStill}
          size="md"
          classNames={{
            input: classes.input,
            label: classes.fieldLabel,
            error: classes.error,
            description: classes.worn,
          }}
          data-testid="received"
        />
        <div className={classes.quick}>
          <button
            type="button"
            className={classes.exact}
            onClick={acts.onExact}
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
              onClick={() => acts.onNote(minor)}
              disabled={isStill || totalMinor === 0}
              aria-label={money(minor)}
              data-testid={`note-${minor}`}
            >
              {minor / 100}
            </button>
          ))}
        </div>
        <div className={classes.more}>
          <button
            type="button"
            onClick={acts.onOtherWay}
            disabled={isStill || totalMinor === 0}
            aria-keyshortcuts="F7"
            data-testid="other-way"
          >
            {t('pay.otherWay')}
            <KeyCap keys="F7" />
          </button>
          <button
            type="button"
            onClick={acts.onFee}
            disabled={isBusy}
            aria-keyshortcuts="F10"
            data-testid="add-fee"
          >
            {t('fees.button')}
            <KeyCap keys="F10" />
          </button>
          <button
            type="button"
            onClick={acts.onLeaf}
            disabled={isBusy}
            title={t('leaf.button')}
            aria-keyshortcuts="Control+B"
            data-testid="from-book"
          >
            <VisuallyHidden>{t('leaf.button')}</VisuallyHidden>
            <IconNotebook size="1.25rem" aria-hidden="true" />
            <KeyCap keys="Ctrl B" />
          </button>
        </div>
      </div>

      {draft.surplusMinor > 0 && (
        <div className={classes.surplus} role="alert" data-testid="surplus">
          <b>{t('pay.surplus', { amount: money(draft.surplusMinor) })}</b>
          <button
            ref={props.surplusRef}
            type="button"
            onClick={acts.onAcceptSurplus}
            disabled={isBusy}
            data-testid="accept-surplus"
          >
            {t('pay.acceptSurplus')}
            <KeyCap keys="Enter" />
          </button>
        </div>
      )}
      {draft.advanceMinor > 0 && (
        <div className={classes.advance} data-testid="advance">
          <span>{t('pay.advance')}</span>
          <Figure text={figures(draft.advanceMinor)} size="row" />
          <button
            type="button"
            onClick={acts.onDropAdvance}
            disabled={isBusy}
            aria-label={t('pay.remove', { what: t('pay.advance') })}
            data-testid="drop-advance"
          >
            <IconX size="1rem" aria-hidden="true" />
          </button>
        </div>
      )}

      <TenderList
        tenders={draft.tenders}
        readings={reckoning.tenders}
        isStill={isBusy}
        onEdit={acts.onEditTender}
        onRemove={acts.onRemoveTender}
      />

      <ChangeBox reckoning={reckoning} isStill={isBusy} onChoose={acts.onChooseChange} />

      <div className={classes.bottom}>
        {said !== null ? (
          <Notice kind="problem" testId="take-problem">
            {said}
          </Notice>
        ) : (
          <p className={classes.sentence} role="status" data-testid="sentence">
            <WhatWillHappen draft={draft} reckoning={reckoning} payerName={props.payerName} />
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
          {isUnresolved ? t('counter.takeAgain') : draft.leaf === null ? t('counter.take') : t('leaf.take')}
        </Button>
      </div>
    </form>
  );
}

type WhatProps = Pick<MoneyPanelProps, 'draft' | 'reckoning' | 'payerName'>;

/** The next thing to do, or what confirming will do: whole sentences. */
function WhatWillHappen({ draft, reckoning, payerName }: WhatProps) {
  const { t, money, listed } = useSpeech();
  const { totalMinor, missingMinor, changeMinor, billCount, accountCount, advanceMinor, feeCount } =
    reckoning;
  const unfinished = draft.tenders.find(
    ({ id }) => id !== shekelsId && reckoning.tenders.find((one) => one.id === id)?.tender === null,
  );
  if (draft.surplusMinor > 0) return t('pay.decideSurplus', { amount: money(draft.surplusMinor) });
  if (totalMinor === 0) return t('counter.chooseFirst');
  if (payerName === null) return t('pay.needPayer');
  if (unfinished !== undefined) return t('pay.fillTender', { way: t(`pay.short.${wayOf(unfinished)}`) });
  if (missingMinor > 0) return t('counter.tooLittle', { missing: money(missingMinor) });
  if (changeMinor === null) return t('counter.typeReceived');

  const back = reckoning.change.map(({ minor, currency }) => money(minor, currency));
  const facts = { count: billCount, total: money(totalMinor), name: payerName };
  const waivedMinor = reckoning.tenders.reduce(
    (sum, { tender, valueMinor }) => (tender?.kind === 'waiver' ? sum + (valueMinor ?? 0) : sum),
    0,
  );
  const isPlain =
    accountCount === 1 &&
    advanceMinor === 0 &&
    feeCount === 0 &&
    waivedMinor === 0 &&
    reckoning.creditMinor === 0;
  if (isPlain && back.length === 0) return t('counter.willTake', facts);
  if (isPlain) return t('counter.willTakeChange', { ...facts, change: listed(back) });

  const bills = t('pay.partBills', { count: billCount });
  const what = listed([
    ...(billCount === 0
      ? []
      : [accountCount > 1 ? t('pay.ofAccounts', { bills, count: accountCount }) : bills]),
    ...(advanceMinor === 0 ? [] : [t('pay.partAdvance', { amount: money(advanceMinor) })]),
    ...(feeCount === 0 ? [] : [t('pay.partFees', { count: feeCount })]),
  ]);
  return (
    <span>
      {t('pay.willTakeMixed', { total: money(totalMinor), name: payerName, what })}
      {waivedMinor > 0 && <> {t('pay.willWaive', { amount: money(waivedMinor) })}</>}
      {back.length > 0 && <> {t('pay.willGiveBack', { change: listed(back) })}</>}
      {reckoning.creditMinor > 0 && <> {t('pay.willCredit', { amount: money(reckoning.creditMinor) })}</>}
    </span>
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
