import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { BookView, Person } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { Notice } from '../components/Notice.tsx';
import { leafRanges, readLeafNumber } from '../draft/leafDraft.ts';
import { isolate, useSpeech } from '../i18n/useSpeech.ts';
import { useBooks } from '../stores/books.ts';
import { VoidLeafDialog } from './VoidLeafDialog.tsx';
import classes from './BooksPanel.module.css';

/** Said at the field of the book that is issued. */
const atField = new Set<string>(['book.codeTaken', 'book.badRange']);

/** The paper books: what became of their leaves, a spoilt leaf voided, a new book issued. */
export function BooksPanel({ person }: { readonly person: Person }) {
  const { t, failure } = useSpeech();
  const { view, isWorking, failure: failed, load } = useBooks();
  const [voiding, setVoiding] = useState<BookView | null>(null);
  const mayVoid = person.role === 'supervisor';

  useEffect(() => void load(), [load]);

  return (
    <section className={classes.panel} aria-labelledby="books-title" data-testid="books">
      <h2 id="books-title" className={classes.title}>
        {t('books.title')}
      </h2>
      <p className={classes.text}>{t('books.text')}</p>
      {view !== null && view.books.length === 0 && <Notice kind="hint">{t('books.none')}</Notice>}
      {view !== null && view.books.length > 0 && (
        <ul className={classes.list}>
          {view.books.map((book) => (
            <Book key={book.id} book={book} onVoid={mayVoid ? () => setVoiding(book) : null} />
          ))}
        </ul>
      )}
      {failed !== null && voiding === null && !atField.has(failed.code) && (
        <Notice kind="problem" testId="books-problem">
          {failure(failed)}
        </Notice>
      )}
      <IssueForm isWorking={isWorking} />
      <VoidLeafDialog book={voiding} onClose={() => setVoiding(null)} />
    </section>
  );
}

function Book({ book, onVoid }: { readonly book: BookView; readonly onVoid: (() => void) | null }) {
  const { t } = useSpeech();
  const { code, firstLeaf, lastLeaf, entered, voided, missing } = book;
  const left = lastLeaf - firstLeaf + 1 - entered - voided.length - missing.length;
  const counts = { entered, voided: voided.length, missing: missing.length, left } as const;
  return (
    <li className={classes.book} data-testid={`book-${code}`}>
      <div className={classes.head}>
        <b>
          <bdi dir="ltr">{code}</bdi>
        </b>
        <span className={classes.soft}>{t('books.range', { first: firstLeaf, last: lastLeaf })}</span>
        {onVoid !== null && (
          <Button size="compact-sm" variant="default" onClick={onVoid} data-testid={`void-leaf-${code}`}>
            {t('books.voidLeaf')}
          </Button>
        )}
      </div>
      <dl className={classes.counts}>
        {(['entered', 'voided', 'missing', 'left'] as const).map((one) => (
          <div key={one} data-wrong={(one === 'missing' && missing.length > 0) || undefined}>
            <dt>{t(`books.${one}`)}</dt>
            <dd data-testid={`book-${one}`}>{counts[one]}</dd>
          </div>
        ))}
      </dl>
      {missing.length > 0 && (
        <p className={classes.missing} data-testid="book-missing-leaves">
          {t('books.missingOf', { leaves: isolate(leafRanges(missing).join(', ')) })}
        </p>
      )}
      {voided.map(({ leaf, reason }) => (
        <p key={leaf} className={classes.soft}>
          <bdi dir="ltr">{leaf}</bdi> · {t('books.voided')} · <bdi>{reason}</bdi>
        </p>
      ))}
    </li>
  );
}

const noTexts = { code: '', first: '1', last: '50' };

function IssueForm({ isWorking }: { readonly isWorking: boolean }) {
  const { t, failure } = useSpeech();
  const { issue, forgetAnswer, failure: failed } = useBooks();
  const [texts, setTexts] = useState(noTexts);
  const [isAsked, setIsAsked] = useState(false);
  const codeField = useRef<HTMLInputElement>(null);
  const code = texts.code.trim().toUpperCase();
  const isCode = /^[A-Z0-9]{1,8}$/.test(code);
  const first = readLeafNumber(texts.first);
  const last = readLeafNumber(texts.last);

  function type(changed: Partial<typeof noTexts>): void {
    setTexts({ ...texts, ...changed });
    forgetAnswer();
  }

  async function submit(): Promise<void> {
    setIsAsked(true);
    if (!isCode || first === null || last === null) return;
    const isIssued = await issue({ code, firstLeaf: first, lastLeaf: last });
    if (isIssued) {
      setTexts(noTexts);
      setIsAsked(false);
    }
    codeField.current?.focus();
  }

  function refusedAs(code: Failure['code']): string | null {
    return failed?.code === code ? failure(failed) : null;
  }

  function leaf(field: 'first' | 'last', value: number | null) {
    return (
      <TextInput
        label={t(`books.${field}`)}
        value={texts[field]}
        onChange={(event) => type({ [field]: event.currentTarget.value })}
        onFocus={(event) => event.currentTarget.select()}
        error={
          isAsked && value === null
            ? t('money.notALeaf')
            : field === 'last'
              ? refusedAs('book.badRange')
              : null
        }
        maxLength={7}
        dir="ltr"
        inputMode="numeric"
        autoComplete="off"
        classNames={{ input: classes.code }}
        data-testid={`book-${field}`}
      />
    );
  }

  return (
    <form
      className={classes.issue}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      aria-label={t('books.issueTitle')}
      noValidate
    >
      <h3 className={classes.subtitle}>{t('books.issueTitle')}</h3>
      <div className={classes.fields}>
        <TextInput
          ref={codeField}
          label={t('books.code')}
          value={texts.code}
          onChange={(event) => type({ code: event.currentTarget.value })}
          error={isAsked && !isCode ? t('books.needCode') : refusedAs('book.codeTaken')}
          maxLength={8}
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: classes.code }}
          data-testid="book-code"
        />
        {leaf('first', first)}
        {leaf('last', last)}
      </div>
      <Button type="submit" variant="default" loading={isWorking} data-testid="book-issue">
        {t('books.issue')}
      </Button>
    </form>
  );
}
