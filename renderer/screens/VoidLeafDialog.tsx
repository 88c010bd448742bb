import { Button, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { BookView } from '../../shared/ipc/contract.ts';
import { Dialog } from '../components/Dialog.tsx';
import { Notice } from '../components/Notice.tsx';
import { nextLeaf, leafProblem, readLeafNumber } from '../draft/leafDraft.ts';
import { isolate, useSpeech } from '../i18n/useSpeech.ts';
import { useBooks } from '../stores/books.ts';
import classes from './BooksPanel.module.css';

type VoidLeafDialogProps = {
  /** Null: the dialog is closed. */
  readonly book: BookView | null;
  readonly onClose: () => void;
};

const shortestReason = 3;

/** A leaf that was spoilt, or is empty for good: which, and why. */
export function VoidLeafDialog({ book, onClose }: VoidLeafDialogProps) {
  const { t } = useSpeech();
  const forgetAnswer = useBooks((state) => state.forgetAnswer);

  function close(): void {
    forgetAnswer();
    onClose();
  }

  return (
    <Dialog
      isOpen={book !== null}
      title={book === null ? t('books.voidLeaf') : t('books.voidTitle', { code: isolate(book.code) })}
      closeLabel={t('common.close')}
      onClose={close}
      size="32rem"
      testId="void-leaf-dialog"
    >
      {book !== null && <VoidForm key={book.id} book={book} onDone={close} />}
    </Dialog>
  );
}

function VoidForm({ book, onDone }: { readonly book: BookView; readonly onDone: () => void }) {
  const { t, failure, problem } = useSpeech();
  const { isWorking, failure: failed, voidLeaf, forgetAnswer } = useBooks();
  const [leafText, setLeafText] = useState(() => nextLeaf(book));
  const [reason, setReason] = useState('');
  const [isAsked, setIsAsked] = useState(false);
  const leafField = useRef<HTMLInputElement>(null);
  const reasonField = useRef<HTMLInputElement>(null);
  const leaf = readLeafNumber(leafText);
  const ofBook = leaf === null ? null : leafProblem(book, leaf);
  const isTooShort = reason.trim().length < shortestReason;

  async function submit(): Promise<void> {
    setIsAsked(true);
    if (leaf === null || ofBook !== null) leafField.current?.focus();
    else if (isTooShort) reasonField.current?.focus();
    else if (await voidLeaf({ bookId: book.id, leaf, reason: reason.trim() })) onDone();
    else leafField.current?.focus();
  }

  function leafError(): string | null {
    if (failed !== null) return failure(failed);
    if (ofBook !== null) return problem(ofBook);
    return isAsked && leaf === null ? t('money.notALeaf') : null;
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      noValidate
    >
      <TextInput
        ref={leafField}
        label={t('leaf.leaf')}
        value={leafText}
        onChange={(event) => {
          setLeafText(event.currentTarget.value);
          forgetAnswer();
        }}
        onFocus={(event) => event.currentTarget.select()}
        error={leafError()}
        maxLength={7}
        dir="ltr"
        inputMode="numeric"
        autoComplete="off"
        classNames={{ input: classes.code }}
        size="md"
        data-autofocus
        data-testid="void-leaf-number"
      />
      <TextInput
        ref={reasonField}
        label={t('books.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={isAsked && isTooShort ? t('books.needReason') : null}
        maxLength={200}
        autoComplete="off"
        size="md"
        data-testid="void-leaf-reason"
      />
      <Notice kind="hint">{t('books.voidText')}</Notice>
      <div className={classes.buttons}>
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" color="clay" loading={isWorking} data-testid="void-leaf-confirm">
          {t('books.voidConfirm')}
        </Button>
      </div>
    </form>
  );
}
