import { NativeSelect } from '@mantine/core';
import { useEffect } from 'react';
import type { Person } from '../../shared/ipc/contract.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import type { DayTab } from '../stores/day.ts';
import { useDay } from '../stores/day.ts';
import { DayReview } from './DayReview.tsx';
import classes from './DayScreen.module.css';
import { DepositsPanel, DepositTools } from './DepositsPanel.tsx';

const tabs: readonly DayTab[] = ['day', 'deposits'];

/** The supervisor's evening: each shift reviewed, the day closed, the money on its way to the bank. */
export function DayScreen({ person }: { readonly person: Person }) {
  const { t } = useSpeech();
  const { tab, show, load } = useDay();
  useEffect(() => void load(), [load]);
  return (
    <div className={classes.screen} data-testid="day-screen">
      <div className={classes.head}>
        <h1 className="visuallyHidden">{t('day.title')}</h1>
        <div className={classes.tabs} role="group" aria-label={t('day.title')}>
          {tabs.map((name) => (
            <button
              key={name}
              type="button"
              className={classes.tab}
              aria-pressed={tab === name}
              onClick={() => show(name)}
              data-testid={`day-tab-${name}`}
            >
              {t(name === 'day' ? 'day.tabs.day' : 'day.tabs.deposits')}
            </button>
          ))}
        </div>
        <div className={classes.tools}>
          {tab === 'day' ? <DayChoice /> : <DepositTools person={person} />}
        </div>
      </div>
      {tab === 'day' ? <DayReview person={person} /> : <DepositsPanel person={person} />}
    </div>
  );
}

/** Which day: the newest first, each with how it stands. */
function DayChoice() {
  const { t, date } = useSpeech();
  const { days, day, open } = useDay();
  if (days === null || day === null) return null;
  const isListed = days.some(({ businessDate }) => businessDate === day.businessDate);
  const listed = isListed ? days : [day, ...days];
  return (
    <label className={classes.which}>
      <span>{t('day.which')}</span>
      <NativeSelect
        value={day.businessDate}
        onChange={(event) => void open(event.currentTarget.value)}
        data={listed.map(({ businessDate, closed }) => ({
          value: businessDate,
          label: `${date(businessDate)} · ${t(closed === null ? 'day.states.open' : 'day.states.closed')}`,
        }))}
        data-testid="day-choice"
      />
    </label>
  );
}
