import { Button } from '@mantine/core';
import { IconChecks, IconCircleCheck, IconLock } from '@tabler/icons-react';
import { useLayoutEffect, useRef } from 'react';
import type { DayShift, DayView, Person } from '../../shared/ipc/contract.ts';
import { Figure } from '../components/Figure.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { isDialogOpen, useEveryKey } from '../components/keys.ts';
import { moveAmongRows } from '../components/moveAmongRows.ts';
import { Notice } from '../components/Notice.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { useDay } from '../stores/day.ts';
import { DayCloseDialog } from './DayCloseDialog.tsx';
import { DayEvidence } from './DayEvidence.tsx';
import { DayShiftEntry } from './DayShiftEntry.tsx';
import { DayShiftState, Differences, shiftStateOf } from './DayMarks.tsx';
import classes from './DayScreen.module.css';
import { DaySummary } from './DaySummary.tsx';
import { RecountDialog } from './RecountDialog.tsx';
import { ReturnShiftDialog } from './ReturnShiftDialog.tsx';

/** The day's shifts, and beside them the one that is looked at or the day as a whole. */
export function DayReview({ person }: { readonly person: Person }) {
  const { t, failure, named, time } = useSpeech();
  const { day, chosen, choose, loadFailure, beginClose } = useDay();
  const list = useRef<HTMLUListElement>(null);
  const entry = useRef<HTMLElement>(null);
  const isSupervisor = person.role === 'supervisor';
  const canClose = isSupervisor && day?.state === 'open' && day.obstacles.length === 0;

  useEveryKey((event) => {
    if (event.key !== 'F9' || !canClose || isDialogOpen()) return;
    event.preventDefault();
    beginClose();
  });

  // The hands begin in the list, at what is looked at.
  const date = day?.businessDate;
  const isThere = day !== null;
  const begun = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (!isThere || date === undefined || begun.current !== null) return;
    begun.current = date;
    list.current?.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
  }, [isThere, date]);

  if (loadFailure !== null && day === null) return <Notice kind="problem">{failure(loadFailure)}</Notice>;
  if (day === null) return null;
  const shift = day.shifts.find(({ shiftId }) => shiftId === chosen);
  const open = day.open.find(({ shiftId }) => shiftId === chosen);

  function toEntry(): void {
    entry.current?.querySelector<HTMLElement>('input, button')?.focus();
  }

  return (
    <div className={classes.review}>
      <section className={classes.list} aria-label={t('day.shifts')}>
        {day.shifts.length + day.open.length === 0 && (
          <p className={classes.none}>
            {t('day.none')}
            <br />
            <span className={classes.soft}>{t('day.noneHint')}</span>
          </p>
        )}
        <ul ref={list} className={classes.rows} onKeyDown={(event) => moveAmongRows(event, list.current)}>
          <li>
            <button
              type="button"
              className={classes.row}
              aria-pressed={chosen === null}
              onFocus={() => choose(null)}
              onClick={() => choose(null)}
              data-testid="day-whole"
            >
              <span className={classes.who}>
                <b>{t('day.whole')}</b>
                <span className={classes.soft}>{t('day.wholeHint')}</span>
              </span>
              <span className={classes.sum}>
                <Figure text={figures(day.figures.receipts.minor)} size="row" testId="day-sum" />
                <span className={classes.soft}>
                  {t('day.receipts', { count: day.figures.receipts.count })}
                </span>
              </span>
              <Differences results={day.figures.results} />
            </button>
          </li>
          {day.open.map((one) => (
            <li key={one.shiftId}>
              <button
                type="button"
                className={classes.row}
                aria-pressed={one.shiftId === chosen}
                onFocus={() => choose(one.shiftId)}
                onClick={() => choose(one.shiftId)}
                data-testid="day-open-shift"
              >
                <span className={classes.who}>
                  <b>{named(one.cashier)}</b>
                  <span className={classes.soft}>
                    <bdi dir="ltr">{one.till}</bdi>
                  </span>
                </span>
                <span />
                <DayShiftState state={one.isOver ? 'over' : 'open'} />
              </button>
            </li>
          ))}
          {day.shifts.map((one) => (
            <li key={one.shiftId}>
              <ShiftRow
                shift={one}
                isChosen={one.shiftId === chosen}
                onChoose={() => choose(one.shiftId)}
                onEnter={() => requestAnimationFrame(toEntry)}
              />
            </li>
          ))}
        </ul>
        <DayStanding day={day} isSupervisor={isSupervisor} />
        {canClose && (
          <div className={classes.foot}>
            <Button
              size="lg"
              onClick={beginClose}
              leftSection={<IconLock size="1.25rem" aria-hidden="true" />}
              rightSection={<KeyCap keys="F9" />}
              aria-keyshortcuts="F9"
              data-testid="day-close"
            >
              {t('day.close')}
            </Button>
          </div>
        )}
        {day.closed !== null && (
          <div className={classes.closed} data-testid="day-closed">
            <IconLock size="1.3rem" aria-hidden="true" />
            {t('day.closedBy', { person: named(day.closed.by), time: time(day.closed.atMs) })}
          </div>
        )}
      </section>
      <section ref={entry} className={classes.entry} aria-label={t('day.differences')}>
        {shift !== undefined ? (
          <DayShiftEntry key={shift.countId} shift={shift} day={day} person={person} />
        ) : open !== undefined ? (
          <Notice kind="hint">{t(open.isOver ? 'day.overHint' : 'day.openHint')}</Notice>
        ) : (
          <DaySummary day={day} />
        )}
      </section>
      <DayEvidence day={day} person={person} />
      <ReturnShiftDialog day={day} />
      <RecountDialog />
      <DayCloseDialog day={day} />
    </div>
  );
}

function ShiftRow({
  shift,
  isChosen,
  onChoose,
  onEnter,
}: {
  readonly shift: DayShift;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly onEnter: () => void;
}) {
  const { t, named, time } = useSpeech();
  return (
    <button
      type="button"
      className={classes.row}
      aria-pressed={isChosen}
      onFocus={onChoose}
      onClick={(event) => {
        onChoose();
        // Enter: what is looked at already is to be acted on.
        if (event.detail === 0) onEnter();
      }}
      data-testid="day-shift"
      data-state={shiftStateOf(shift)}
    >
      <span className={classes.who}>
        <b>{named(shift.cashier)}</b>
        <span className={classes.soft}>
          <bdi dir="ltr">{shift.till}</bdi> · <bdi dir="ltr">Z {shift.zNumber}</bdi> ·{' '}
          {time(shift.openedAtMs)}–{time(shift.closedAtMs)}
        </span>
      </span>
      <span className={classes.sum}>
        <Figure text={figures(shift.receiptsMinor)} size="row" />
        <span className={classes.soft}>{t('day.receipts', { count: shift.receipts })}</span>
      </span>
      <span className={classes.verdict}>
        {shiftStateOf(shift) !== 'equal' && <Differences results={shift.results} />}
        <DayShiftState state={shiftStateOf(shift)} />
      </span>
    </button>
  );
}

/** What is in the way of the close, or that nothing is. */
function DayStanding({ day, isSupervisor }: { readonly day: DayView; readonly isSupervisor: boolean }) {
  const { t, failure, named, date, currencyName } = useSpeech();
  const { closedNow, failure: failed, open, show, isClosing } = useDay();
  if (closedNow === day.businessDate)
    return (
      <div className={classes.standing} data-good="" role="status" data-testid="day-closed-now">
        <IconCircleCheck size="1.4rem" aria-hidden="true" />
        <span>{t('day.closed', { date: date(day.businessDate) })}</span>
        {isSupervisor && (
          <Button variant="default" onClick={() => show('deposits')} data-testid="to-deposit" autoFocus>
            {t('day.toDeposit')}
          </Button>
        )}
      </div>
    );
  if (day.state !== 'open') return null;
  if (day.obstacles.length === 0)
    return (
      <div className={classes.standing} data-good="" role="status" data-testid="day-ready">
        <IconChecks size="1.4rem" aria-hidden="true" />
        <span>{t('day.ready')}</span>
      </div>
    );
  const [first] = day.obstacles;
  if (first?.kind === 'nothing') return null;
  return (
    <div className={classes.standing} role="status" data-testid="day-obstacles">
      <b>{t('day.before')}</b>
      <ul>
        {day.obstacles.slice(0, 5).map((obstacle, index) => (
          <li key={index}>
            {obstacle.kind === 'earlierDay' ? (
              <>
                {t('day.obstacles.earlierDay', { date: date(obstacle.businessDate) })}{' '}
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => void open(obstacle.businessDate)}
                  data-testid="go-earlier"
                >
                  {t('day.goEarlier', { date: date(obstacle.businessDate) })}
                </Button>
              </>
            ) : obstacle.kind === 'notYet' || obstacle.kind === 'nothing' ? (
              t(`day.obstacles.${obstacle.kind}`)
            ) : obstacle.kind === 'unexplained' ? (
              t('day.obstacles.unexplained', {
                person: named(obstacle.cashier),
                what: obstacle.currency === null ? t('day.papersWord') : currencyName(obstacle.currency),
                by: t(`day.obstacleBy.${obstacle.by}`),
              })
            ) : (
              t(`day.obstacles.${obstacle.kind}`, { person: named(obstacle.cashier), till: obstacle.till })
            )}
          </li>
        ))}
      </ul>
      {!isSupervisor && <span className={classes.soft}>{t('day.auditorOnly')}</span>}
      {failed !== null && !isClosing && <Notice kind="problem">{failure(failed)}</Notice>}
    </div>
  );
}
