import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { BooksView } from '../../shared/ipc/contract.ts';
import type { LeafDraft, LeafField, LeafTexts } from '../draft/leafDraft.ts';
import { firstTexts, nextLeaf, readLeaf } from '../draft/leafDraft.ts';
import { isolate, useSpeech } from '../i18n/useSpeech.ts';
import { Dialog } from './Dialog.tsx';
import { enterMovesOn, toFirstWrong } from './entryForm.ts';
import { KeyCap } from './KeyCap.tsx';
import { Notice } from './Notice.tsx';
import classes from './TenderDialog.module.css';

type LeafDialogProps = {
  readonly isOpen: boolean;
  /** One for each time the dialog is asked for. */
  readonly serial: number;
  /** Null until main has answered. */
  readonly view: BooksView | null;
  readonly problem: string | null;
  /** The leaf that is changed, or the one that was entered before this. */
  readonly before: LeafDraft | null;
  readonly isChange: boolean;
  readonly today: string;
  readonly onUse: (leaf: LeafDraft) => void;
  readonly onClose: () => void;
};

/** From which leaf of which paper book the receipt is entered, when it was written and by whom. */
export function LeafDialog(props: LeafDialogProps) {
  const { t } = useSpeech();
  const { view, problem } = props;
  return (
    <Dialog
      isOpen={props.isOpen}
      title={t('leaf.title')}
      closeLabel={t('common.close')}
      onClose={props.onClose}
      size="36rem"
      testId="leaf-dialog"
    >
      {problem !== null && <Notice kind="problem">{problem}</Notice>}
      {view !== null &&
        (view.books.length === 0 ? (
          <Notice kind="hint">{t('leaf.noBooks')}</Notice>
        ) : (
          <LeafForm key={props.serial} {...props} view={view} />
        ))}
    </Dialog>
  );
}

function LeafForm({ view, before, isChange, today, onUse }: LeafDialogProps & { readonly view: BooksView }) {
  const { t, named, problem } = useSpeech();
  const [texts, setTexts] = useState<LeafTexts>(() => {
    const first = firstTexts(view, before, today);
    return isChange && before !== null ? { ...first, leaf: String(before.leaf) } : first;
  });
  const [isAsked, setIsAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const reading = readLeaf(texts, view, today);

  function type(field: LeafField, text: string): void {
    setTexts((now) => ({ ...now, [field]: text }));
  }

  function errorOf(field: LeafField): string | null {
    const found = reading.problems.get(field);
    if (found === undefined) return null;
    // A writer is yet to be chosen; the other rules speak at once.
    return isAsked || (found.kind === 'rule' && field !== 'writtenBy') ? problem(found) : null;
  }

  function use(): void {
    setIsAsked(true);
    if (reading.leaf !== null) {
      onUse(reading.leaf);
      return;
    }
    toFirstWrong(form.current);
  }

  return (
    <form
      ref={form}
      className={classes.fields}
      onKeyDown={(event) => enterMovesOn(event, form.current, use)}
      onSubmit={(event) => {
        event.preventDefault();
        use();
      }}
      noValidate
    >
      <p className={classes.plain}>{t('leaf.text')}</p>
      <div className={classes.grid}>
        <NativeSelect
          label={t('leaf.book')}
          value={texts.book}
          onChange={(event) => {
            const book = view.books.find(({ id }) => String(id) === event.currentTarget.value);
            if (book !== undefined) setTexts({ ...texts, book: String(book.id), leaf: nextLeaf(book) });
          }}
          data={view.books.map(({ id, code, firstLeaf, lastLeaf }) => ({
            value: String(id),
            label: t('leaf.bookOption', { code: isolate(code), first: firstLeaf, last: lastLeaf }),
          }))}
          error={errorOf('book')}
          size="md"
          data-testid="leaf-book"
        />
        <TextInput
          label={t('leaf.leaf')}
          value={texts.leaf}
          onChange={(event) => type('leaf', event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          error={errorOf('leaf')}
          maxLength={10}
          dir="ltr"
          inputMode="numeric"
          autoComplete="off"
          classNames={{ input: classes.code }}
          size="md"
          data-autofocus
          data-testid="leaf-number"
        />
        <TextInput
          label={t('leaf.writtenOn')}
          value={texts.writtenOn}
          onChange={(event) => type('writtenOn', event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          error={errorOf('writtenOn')}
          maxLength={20}
          dir="ltr"
          autoComplete="off"
          classNames={{ input: classes.code }}
          size="md"
          data-testid="leaf-written-on"
        />
        <NativeSelect
          label={t('leaf.writtenBy')}
          value={texts.writtenBy}
          onChange={(event) => type('writtenBy', event.currentTarget.value)}
          data={[
            { value: '', label: t('leaf.chooseWriter') },
            ...view.writers.map(({ id, nameAr, nameEn }) => ({
              value: String(id),
              label: named({ ar: nameAr, en: nameEn }),
            })),
          ]}
          error={errorOf('writtenBy')}
          size="md"
          data-testid="leaf-written-by"
        />
      </div>
      <div className={classes.foot}>
        <span className={classes.remaining}>
          {reading.leaf !== null && <bdi dir="ltr">{reading.leaf.number}</bdi>}
        </span>
        <Button type="submit" size="md" rightSection={<KeyCap keys="Enter" />} data-testid="leaf-use">
          {t('leaf.use')}
        </Button>
      </div>
    </form>
  );
}
