import { useSpeech } from '../i18n/useSpeech.ts';
import classes from './Countdown.module.css';
import { useSecondsLeft } from './useSecondsLeft.ts';

/** How long an approval still holds: the seconds in words, and a bar that runs out. */
export function Countdown({ untilMs, totalMs }: { readonly untilMs: number; readonly totalMs: number }) {
  const { t } = useSpeech();
  const seconds = useSecondsLeft(untilMs);
  return (
    <div className={classes.countdown} data-over={seconds === 0 || undefined} data-testid="approval-left">
      <span>
        {seconds === 0
          ? t('approval.over')
          : t('approval.left', { time: t('common.seconds', { count: seconds }) })}
      </span>
      <span className={classes.track} aria-hidden="true">
        <span
          className={classes.bar}
          style={{ inlineSize: `${Math.min(100, (seconds * 100_000) / totalMs)}%` }}
        />
      </span>
    </div>
  );
}
