import { Button } from '@mantine/core';
import { IconSquare, IconSquareCheckFilled } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { StatementTransfer } from '../../shared/ipc/contract.ts';
import { Figure } from '../components/Figure.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { moveAmongRows } from '../components/moveAmongRows.ts';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { sumsOf, useStatements } from '../stores/statements.ts';
import classes from './StatementDialog.module.css';
import { StatementProblem } from './StatementProblem.tsx';

/** A statement may hold a year of other people's money: enough to look into, not all of it. */
const mostLines = 100;

/** What fits, to be confirmed; and the differences, to be looked into. */
export function StatementMatches() {
  const { t, money, listed } = useSpeech();
  const { file, proposal, ticked, isWorking, tick, confirm, back } = useStatements();
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const confirmButton = useRef<HTMLButtonElement>(null);
  const backButton = useRef<HTMLButtonElement>(null);

  // An Enter pressed twice on the way here confirms nothing: the hands begin in the list.
  useLayoutEffect(() => {
    (list.current?.querySelector<HTMLElement>('li > button') ?? backButton.current)?.focus();
  }, [proposal]);

  if (proposal === null || file === null) return null;
  const byId = new Map(proposal.transfers.map((transfer) => [transfer.id, transfer]));
  const known = (ids: readonly number[]) =>
    ids.map((id) => byId.get(id)).filter((transfer) => transfer !== undefined);
  const matches = proposal.matches;
  const isAllTicked = matches.every(({ transferId }) => ticked.has(transferId));
  const sums = sumsOf(known([...ticked])).map(([currency, minor]) => money(minor, currency));

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && ticked.size > 0) {
      event.preventDefault();
      confirmButton.current?.focus();
    } else moveAmongRows(event, list.current);
  }

  return (
    <div className={classes.step}>
      <p className={classes.sentence}>
        <b>
          <bdi dir="ltr">{file.fileName}</bdi>
        </b>{' '}
        · {t('common.lines', { count: file.lines })}
      </p>
      <div className={classes.lists}>
        <section className={classes.matches} aria-label={t('statements.matches')}>
          <div className={classes.listHead}>
            <h3>
              {t('statements.matches')} <Count value={matches.length} />
            </h3>
            {matches.length > 0 && (
              <Button
                size="xs"
                variant="default"
                onClick={() =>
                  tick(
                    matches.map(({ transferId }) => transferId),
                    !isAllTicked,
                  )
                }
                data-testid="statement-tick-all"
              >
                {t(isAllTicked ? 'statements.untickAll' : 'statements.tickAll')}
              </Button>
            )}
          </div>
          {matches.length === 0 && <p className={classes.nothing}>{t('statements.noMatches')}</p>}
          <ul ref={list} className={classes.rows} onKeyDown={onKeyDown}>
            {matches.map(({ transferId, line }, index) => {
              const transfer = byId.get(transferId);
              const isTicked = ticked.has(transferId);
              const Box = isTicked ? IconSquareCheckFilled : IconSquare;
              return (
                <li key={transferId}>
                  <button
                    type="button"
                    role="checkbox"
                    aria-checked={isTicked}
                    tabIndex={index === Math.min(active, matches.length - 1) ? 0 : -1}
                    className={classes.match}
                    onFocus={() => setActive(index)}
                    onClick={() => tick([transferId], !isTicked)}
                    data-testid="statement-match"
                  >
                    <Box size="1.35rem" aria-hidden="true" />
                    {transfer !== undefined && <Face transfer={transfer} line={line} />}
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
        <div className={classes.rest} tabIndex={0} role="region" aria-label={t('statements.rest')}>
          <Rest title={t('statements.otherAmount')} count={proposal.otherAmount.length} id="other-amount">
            {proposal.otherAmount.map(({ transferId, line, amount }) => {
              const transfer = byId.get(transferId);
              return (
                transfer !== undefined && (
                  <li key={transferId}>
                    <Face transfer={transfer} line={line} says={amount} />
                  </li>
                )
              );
            })}
          </Rest>
          <Rest
            title={t('statements.onlyInStatement')}
            count={proposal.onlyInStatement.length}
            id="only-in-statement"
          >
            {proposal.onlyInStatement.slice(0, mostLines).map(({ line, reference, amount }) => (
              <li key={line} className={classes.line}>
                <span>
                  {reference === '' ? t('statements.noReference') : <bdi dir="ltr">{reference}</bdi>}
                  <span className={classes.soft}> · {t('statements.line', { line })}</span>
                </span>
                <bdi dir="ltr">{amount}</bdi>
              </li>
            ))}
            {proposal.onlyInStatement.length > mostLines && (
              <li className={classes.soft}>
                {t('statements.more', { count: proposal.onlyInStatement.length - mostLines })}
              </li>
            )}
          </Rest>
          <Rest title={t('statements.onlyHere')} count={proposal.onlyHere.length} id="only-here">
            {known(proposal.onlyHere).map((transfer) => (
              <li key={transfer.id}>
                <Face transfer={transfer} />
              </li>
            ))}
          </Rest>
        </div>
      </div>
      <StatementProblem />
      <div className={classes.buttons}>
        <Button
          ref={backButton}
          variant="default"
          onClick={back}
          disabled={isWorking}
          rightSection={<KeyCap keys="Esc" />}
          data-testid="statement-back"
        >
          {t('statements.otherColumns')}
        </Button>
        <p className={classes.means} role="status" data-testid="statement-means">
          {ticked.size === 0
            ? t('statements.noneTicked')
            : t('statements.means', { count: ticked.size, amount: listed(sums) })}
          {matches.length > 0 && <span className={classes.soft}>{t('statements.matchKeys')}</span>}
        </p>
        <Button
          ref={confirmButton}
          onClick={() => void confirm()}
          loading={isWorking}
          disabled={ticked.size === 0}
          rightSection={<KeyCap keys="Enter" />}
          data-testid="statement-confirm"
        >
          {t('statements.confirm')}
        </Button>
      </div>
    </div>
  );
}

type FaceProps = {
  readonly transfer: StatementTransfer;
  /** Where it stands in the statement. */
  readonly line?: number;
  /** What the statement says instead of the amount. */
  readonly says?: string;
};

function Face({ transfer, line, says }: FaceProps) {
  const { t, shortDate } = useSpeech();
  const { payerName, reference, sentOn, minor, currency } = transfer;
  return (
    <span className={classes.face}>
      <span>
        <b>{payerName}</b>
        <span className={classes.detail}>
          <bdi dir="ltr">{reference}</bdi> · {shortDate(sentOn)}
          {line !== undefined && ` · ${t('statements.line', { line })}`}
        </span>
      </span>
      <span className={classes.sum}>
        {says === undefined ? (
          <Figure text={figures(minor, currency)} currency={currency} size="row" />
        ) : (
          <>
            <span>
              <span className={classes.soft}>{t('statements.inRegister')}</span>{' '}
              <Figure text={figures(minor, currency)} currency={currency} />
            </span>
            <span className={classes.differs}>
              <span className={classes.soft}>{t('statements.inStatement')}</span> <bdi dir="ltr">{says}</bdi>
            </span>
          </>
        )}
      </span>
    </span>
  );
}

type RestProps = {
  readonly title: string;
  readonly count: number;
  readonly id: string;
  readonly children: ReactNode;
};

function Rest({ title, count, id, children }: RestProps) {
  const { t } = useSpeech();
  return (
    <section data-testid={`statement-${id}`}>
      <h3>
        {title} <Count value={count} />
      </h3>
      {count === 0 ? <p className={classes.nothing}>{t('statements.nobody')}</p> : <ul>{children}</ul>}
    </section>
  );
}

function Count({ value }: { readonly value: number }) {
  return <span className={classes.count}>{value}</span>;
}
