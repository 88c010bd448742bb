import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Person } from '../../shared/ipc/contract.ts';
import { Dialog } from '../components/Dialog.tsx';
import { useEveryKey } from '../components/keys.ts';
import { Notice } from '../components/Notice.tsx';
import { ReceiptFacts } from '../components/ReceiptFacts.tsx';
import { ReceiptPicture } from '../components/ReceiptPicture.tsx';
import { UndoneMark } from '../components/UndoneMark.tsx';
import { receiptNumberText, useSpeech } from '../i18n/useSpeech.ts';
import { useReceipts } from '../stores/receipts.ts';
import { useUndo } from '../stores/undo.ts';
import { UndoDialog } from './UndoDialog.tsx';
import classes from './ReceiptsScreen.module.css';

type ReceiptDialogProps = {
  readonly paymentId: number | null;
  readonly person: Person;
  readonly onClose: () => void;
};

/** A receipt over the counter: its picture as wide as the paper, and a marked copy. */
export function ReceiptDialog({ paymentId, person, onClose }: ReceiptDialogProps) {
  const { t, failure } = useSpeech();
  const { viewed, viewFailure, isReprinting, reprinted, reprintFailure, isSavingPdf, savedPdf } =
    useReceipts();
  const { view, leave, reprint, savePdf } = useReceipts();

  const openedFrom = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    if (paymentId !== null && document.activeElement instanceof HTMLElement)
      openedFrom.current = document.activeElement;
  }, [paymentId]);

  useEffect(() => {
    if (paymentId === null) return;
    void view(paymentId);
    return leave;
  }, [paymentId, view, leave]);

  const isThis = viewed !== null && viewed.summary.paymentId === paymentId;
  const isUndoing = useUndo((state) => state.paymentId !== null);
  const beginUndo = useUndo((state) => state.begin);
  const mayUndo = person.role === 'cashier' || person.role === 'supervisor';
  useEveryKey((event) => {
    if (event.key !== 'F12' || paymentId === null || isUndoing) return;
    event.preventDefault();
    if (mayUndo && isThis && viewed.summary.undone === null) void beginUndo(paymentId);
  });

  /** It is taken back: on to the account, which owes again; the focus where it was before the receipt. */
  function finish(): void {
    onClose();
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) openedFrom.current?.focus();
    });
  }

  const title = isThis
    ? `${t('counter.receiptNumber')} ${receiptNumberText(viewed.summary.number)}`
    : t('counter.receiptNumber');
  return (
    <>
      {/* Steps aside while the receipt is taken back: two dialogs would both hear Escape. */}
      <Dialog
        isOpen={paymentId !== null && !isUndoing}
        title={title}
        closeLabel={t('common.close')}
        onClose={onClose}
        size="52rem"
        testId="receipt-dialog"
      >
        {viewFailure !== null && <Notice kind="problem">{failure(viewFailure)}</Notice>}
        {isThis && (
          <div className={classes.sideBySide}>
            <div className={classes.paper}>
              <ReceiptPicture
                picture={viewed.picture}
                alt={t('counter.receiptPicture', { number: viewed.summary.number })}
                size="full"
              />
              {viewed.summary.undone !== null && <UndoneMark kind={viewed.summary.undone} as="stamp" />}
            </div>
            <ReceiptFacts
              summary={viewed.summary}
              canReprint={person.role !== 'auditor'}
              isReprinting={isReprinting}
              reprinted={reprinted}
              problem={reprintFailure === null ? null : failure(reprintFailure)}
              onReprint={(reason) => void reprint(reason)}
              isSavingPdf={isSavingPdf}
              savedPdf={savedPdf}
              onSavePdf={(reason) => void savePdf(reason)}
              onUndo={mayUndo ? () => void beginUndo(viewed.summary.paymentId) : null}
            />
          </div>
        )}
      </Dialog>
      <UndoDialog onFinished={finish} />
    </>
  );
}
