import { Button, Group } from '@mantine/core';
import type { Person } from '../../shared/ipc/contract.ts';
import { Figure } from '../components/Figure.tsx';
import { FloatCount } from '../components/FloatCount.tsx';
import { Notice } from '../components/Notice.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { useShift } from '../stores/shift.ts';
import { useStatus } from '../stores/status.ts';
import { useUi } from '../stores/ui.ts';
import { BooksPanel } from './BooksPanel.tsx';
import { CloseShift } from './CloseShift.tsx';
import { RatesPanel } from './RatesPanel.tsx';
import classes from './ShiftScreen.module.css';

/** One's own shift: open it with a counted float, see how it goes, close it. */
export function ShiftScreen({ person }: { readonly person: Person }) {
  const { t, failure, date, time } = useSpeech();
  const { shift, isWorking, failure: failed, sheet, open, beginCount } = useShift();
  const till = useStatus((state) => state.status?.till) ?? '';
  const show = useUi((state) => state.show);
  const problem = failed === null ? null : failure(failed);
  const mayOpen = person.role === 'cashier' || person.role === 'supervisor';

  if (!mayOpen) {
    return (
      <div className={classes.screen}>
        <Notice kind="hint">{t('shift.notForRole')}</Notice>
      </div>
    );
  }
  if (shift === null) {
    return (
      <div className={classes.screen}>
        <h1 className="visuallyHidden">{t('shift.title')}</h1>
        <div className={classes.card}>
          <FloatCount
            till={till}
            isWorking={isWorking}
            problem={problem}
            onOpen={(counts) => void open(counts)}
          />
        </div>
        {person.role === 'supervisor' && (
          <div className={classes.column}>
            <RatesPanel />
            <BooksPanel person={person} />
          </div>
        )}
      </div>
    );
  }
  if (sheet !== null)
    return (
      <div className={classes.screen}>
        <h1 className="visuallyHidden">{t('shift.title')}</h1>
        <div className={classes.card}>
          <CloseShift />
        </div>
      </div>
    );
  const floatMinor = shift.float.find(({ currency }) => currency === 'ILS')?.minor ?? 0;
  return (
    <div className={classes.screen}>
      <section className={classes.card} data-testid="shift-current">
        <h1 className={classes.title}>{t('shift.current')}</h1>
        <div className={classes.count}>
          <span>{t('shift.receiptCount')}</span>
          <b data-testid="shift-receipt-count">{shift.receiptCount}</b>
        </div>
        <dl className={classes.facts}>
          <dt>{t('status.till')}</dt>
          <dd>
            <bdi dir="ltr">{shift.till}</bdi>
          </dd>
          <dt>{t('shift.businessDate')}</dt>
          <dd>{date(shift.businessDate)}</dd>
          <dt>{t('shift.openedAt')}</dt>
          <dd>
            {date(shift.openedAtMs)} {time(shift.openedAtMs)}
          </dd>
          <dt>{t('shift.float')}</dt>
          <dd>
            <Figure text={figures(floatMinor)} />
          </dd>
        </dl>
        <Notice kind="hint">{t('shift.blind')}</Notice>
        {problem !== null && <Notice kind="problem">{problem}</Notice>}
        <Group justify="space-between" mt="lg">
          <Button variant="default" onClick={() => show('counter')} data-testid="shift-go-counter">
            {t('shift.goCounter')}
          </Button>
          <Button color="clay" variant="outline" onClick={() => void beginCount()} data-testid="close-shift">
            {t('shift.close')}
          </Button>
        </Group>
      </section>
      {person.role === 'supervisor' && (
        <div className={classes.column}>
          <RatesPanel />
          <BooksPanel person={person} />
        </div>
      )}
    </div>
  );
}
