import { Button, NativeSelect, Textarea } from '@mantine/core';
import { IconCircleCheckFilled, IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { approvalLifeMs } from '../../shared/domain/approval.ts';
import { undoReasons } from '../../shared/domain/receipt.ts';
import type { UndoPreview } from '../../shared/ipc/contract.ts';
import type { Failure, Problem } from '../client.ts';
import { CashBack } from '../components/CashBack.tsx';
import { Countdown } from '../components/Countdown.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { Figure } from '../components/Figure.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { Notice } from '../components/Notice.tsx';
import { OwedAgain } from '../components/OwedAgain.tsx';
import { figures, receiptNumberText, useSpeech } from '../i18n/useSpeech.ts';
import { useStatus } from '../stores/status.ts';
import { shortestExplanation, undoAct, useUndo } from '../stores/undo.ts';
import { ApprovalForm } from './ApprovalForm.tsx';
import classes from './UndoDialog.module.css';

/** Takes a receipt back: what it would do, why, a supervisor's word, and what the hands do then. */
export function UndoDialog({ onFinished }: { readonly onFinished?: () => void }) {
  const { t } = useSpeech();
  const { paymentId, preview, step, back } = useUndo();
  const number = preview === null ? '' : receiptNumberText(preview.receiptNumber);

  function close(): void {
    back();
    if (step === 'done') onFinished?.();
  }

  return (
    <Dialog
      isOpen={paymentId !== null}
      title={preview === null ? t('undo.title') : `${t(`undo.titles.${preview.kind}`)} ${number}`}
      closeLabel={step === 'approval' ? t('common.back') : t('common.close')}
      onClose={close}
      size="60rem"
      testId="undo-dialog"
    >
      <Content onFinish={close} />
    </Dialog>
  );
}

function Content({ onFinish }: { readonly onFinish: () => void }) {
  const { t, failure } = useSpeech();
  const undo = useUndo();
  const { preview, content, loadFailure, step, done, paymentId } = undo;
  if (loadFailure !== null)
    return (
      <div className={classes.alone}>
        <Notice kind="problem">{failure(loadFailure)}</Notice>
        <Button onClick={() => paymentId !== null && void undo.begin(paymentId)} data-autofocus>
          {t('common.retry')}
        </Button>
      </div>
    );
  if (preview === null || content === null)
    return (
      <div className={classes.alone} role="status">
        {t('undo.looking')}
      </div>
    );
  if (step === 'done' && done !== null) return <Done onFinish={onFinish} />;
  if (preview.refusal !== null)
    return (
      <div className={classes.alone}>
        <Notice kind="problem" testId="undo-refused">
          {failure(refusalOf(preview.refusal))}
        </Notice>
        <Button variant="default" onClick={undo.back} data-autofocus>
          {t('common.close')}
        </Button>
      </div>
    );
  return (
    <div className={classes.columns}>
      <div className={classes.side}>
        <p className={classes.sentence}>{t(`undo.means.${preview.kind}`)}</p>
        <dl className={classes.facts}>
          <dt>{t('receipts.payer')}</dt>
          <dd>{preview.payerName}</dd>
          <dt>{t('receipts.total')}</dt>
          <dd>
            <Figure text={figures(preview.totalMinor)} size="row" />
          </dd>
        </dl>
        <CashBack returned={preview.returned} isDone={false} />
        <OwedAgain content={content} />
      </div>
      <div className={classes.side}>{step === 'reason' ? <Why /> : <Approve />}</div>
    </div>
  );
}

/** Main words a preview's refusal as it would word the act's own. */
function refusalOf(refusal: NonNullable<UndoPreview['refusal']>): Failure {
  return refusal as unknown as Problem;
}

function Why() {
  const { t, failure } = useSpeech();
  const { reason, explanation, failure: failed, describe, askApproval } = useUndo();
  const [isAsked, setIsAsked] = useState(false);
  const select = useRef<HTMLSelectElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const isTooShort = explanation.trim().length < shortestExplanation;

  useEffect(() => select.current?.focus(), []);

  function next(): void {
    setIsAsked(true);
    if (reason === null) select.current?.focus();
    else if (isTooShort) text.current?.focus();
    else askApproval();
  }

  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        next();
      }}
    >
      <NativeSelect
        ref={select}
        label={t('undo.reason')}
        value={reason ?? ''}
        onChange={(event) =>
          describe({ reason: undoReasons.find((one) => one === event.currentTarget.value) ?? null })
        }
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || reason === null) return;
          event.preventDefault();
          text.current?.focus();
        }}
        data={[
          { value: '', label: t('undo.chooseReason') },
          ...undoReasons.map((one) => ({ value: one, label: t(`undo.reasons.${one}`) })),
        ]}
        error={isAsked && reason === null ? t('undo.needReason') : null}
        size="md"
        data-autofocus
        data-testid="undo-reason"
      />
      <Textarea
        ref={text}
        label={t('undo.explanation')}
        description={t('undo.explanationHint')}
        value={explanation}
        onChange={(event) => describe({ explanation: event.currentTarget.value.replaceAll('\n', ' ') })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          next();
        }}
        error={isAsked && isTooShort ? t('undo.needExplanation') : null}
        maxLength={300}
        rows={3}
        size="md"
        data-testid="undo-explanation"
      />
      {failed !== null && (
        <Notice kind="problem" testId="undo-problem">
          {failure(failed)}
        </Notice>
      )}
      <Notice kind="hint">{t('undo.recorded')}</Notice>
      <Button
        type="submit"
        size="md"
        color="clay"
        rightSection={<KeyCap keys="Enter" />}
        data-testid="undo-next"
      >
        {t('undo.next')}
      </Button>
    </form>
  );
}

function Approve() {
  const { t, failure } = useSpeech();
  const undo = useUndo();
  const { reason, explanation, isWorking, isUnresolved, approval, failure: failed } = undo;
  const act = undoAct(undo);
  if (act === null || reason === null) return null;
  return (
    <>
      <div className={classes.said}>
        <b>{t(`undo.reasons.${reason}`)}</b>
        <span>{explanation}</span>
      </div>
      {isUnresolved && approval !== null ? (
        <div className={classes.form}>
          <Notice kind="problem" testId="undo-lost">
            {failed?.code === 'internal' ? failure(failed) : t('undo.lost')}
          </Notice>
          <Countdown untilMs={approval.untilMs} totalMs={approvalLifeMs} />
          <Button
            size="md"
            loading={isWorking}
            onClick={() => void undo.again()}
            rightSection={<KeyCap keys="Enter" />}
            autoFocus
            data-testid="undo-again"
          >
            {t('undo.again')}
          </Button>
        </div>
      ) : (
        <ApprovalForm
          act={act}
          refused={failed}
          isBusy={isWorking}
          onApproved={(given) => void undo.approve(given)}
        />
      )}
    </>
  );
}

/** A second Enter in a hurry must not take the digits away before anybody has read them. */
const readingMs = 700;

function Done({ onFinish }: { readonly onFinish: () => void }) {
  const { t, named } = useSpeech();
  const { done, preview } = useUndo();
  const printer = useStatus((state) => state.status?.printer ?? null);
  const [shownAtMs] = useState(Date.now);
  if (done?.slip.undone == null || preview === null) return null;
  const { undone } = done.slip;
  const isFailing = printer?.state === 'failing' && printer.lastProblem !== null;
  const paper =
    printer === null || printer.state === 'notConfigured'
      ? t('undo.slipSaved')
      : isFailing && printer.lastProblem !== null
        ? t('status.printerFailing', { problem: t(`status.problems.${printer.lastProblem}`) })
        : t('undo.slipPrinting');
  return (
    <div className={classes.done} data-testid="undo-done">
      <div role="status">
        <h2 className={classes.doneTitle}>
          <IconCircleCheckFilled size="1.8rem" aria-hidden="true" />
          {t(`undo.done.${done.kind}`, { number: receiptNumberText(preview.receiptNumber) })}
        </h2>
      </div>
      {done.wasAlreadyDone && <p className={classes.soft}>{t('undo.wasAlready')}</p>}
      <div className={classes.cash}>
        <CashBack returned={undone.returned} isDone />
      </div>
      <p className={classes.soft}>
        {t('undo.approvedBy', { name: named(undone.approvedBy) })} · {t(`undo.reasons.${undone.reason}`)}
      </p>
      <p className={classes.paper} role="status" data-testid="undo-slip">
        <IconPrinter size="1.25rem" aria-hidden="true" />
        {paper}
      </p>
      <Button
        size="md"
        onClick={() => {
          if (Date.now() - shownAtMs > readingMs) onFinish();
        }}
        rightSection={<KeyCap keys="Enter" />}
        autoFocus
        data-testid="undo-close"
      >
        {undone.returned.length === 0 ? t('common.close') : t('undo.handed')}
      </Button>
    </div>
  );
}
