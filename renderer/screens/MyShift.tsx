import {
  IconArrowsExchange,
  IconCalculator,
  IconCash,
  IconCoins,
  IconEyeCheck,
  IconFileText,
  IconPlayerPause,
  IconPlayerPlay,
  IconProgressCheck,
  IconRefresh,
  IconShieldLock,
  IconUsers,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { ShiftState } from '../../shared/ipc/shifts.ts';
import { ActTile } from '../components/ActTile.tsx';
import { isDialogOpen, useEveryKey } from '../components/keys.ts';
import { Notice } from '../components/Notice.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useCounting } from '../stores/counting.ts';
import { useCustody } from '../stores/custody.ts';
import { useDrawers } from '../stores/drawers.ts';
import { useShift } from '../stores/shift.ts';
import classes from './MyShift.module.css';
import { ResumeSellingDialog } from './ResumeSellingDialog.tsx';
import { XReportDialog } from './XReportDialog.tsx';

type Act = {
  readonly name: keyof typeof icons;
  readonly keys: string;
  readonly isMain?: boolean;
  readonly label?: string;
  readonly text?: string;
  readonly act: () => void;
};

const icons = {
  count: <IconCalculator />,
  proceed: <IconProgressCheck />,
  recount: <IconRefresh />,
  resumeSelling: <IconPlayerPlay />,
  handover: <IconUsers />,
  suspend: <IconPlayerPause />,
  resume: <IconPlayerPlay />,
  payIn: <IconShieldLock />,
  cashMove: <IconCash />,
  exchange: <IconArrowsExchange />,
  topUp: <IconCoins />,
  xReport: <IconFileText />,
  surprise: <IconEyeCheck />,
} satisfies Record<string, ReactNode>;

/** One's own open shift: how it stands, and what can be done with it now, each by its key. */
export function MyShift({ shift }: { readonly shift: ShiftState }) {
  const { t, failure, date, time, money, listed } = useSpeech();
  const { isWorking, failure: failed, load, suspend, resume } = useShift();
  const begin = useCounting((state) => state.begin);
  const proceed = useCounting((state) => state.proceed);
  const beginMove = useCustody((state) => state.begin);
  const ask = useDrawers((state) => state.ask);
  const [dialog, setDialog] = useState<'x' | 'resumeSelling' | null>(null);

  // Its day may have ended, or somebody else may have counted it, since it was last looked at.
  useEffect(() => void load(), [load]);

  const count: Act = { name: 'count', keys: 'F9', isMain: true, act: () => void begin({ kind: 'close' }) };
  const xReport: Act = {
    name: 'xReport',
    keys: 'F8',
    act: () => {
      void ask(null);
      setDialog('x');
    },
  };
  const surprise: Act = {
    name: 'surprise',
    keys: 'F11',
    act: () => void begin({ kind: 'surprise', shiftId: shift.id, isAuditorHere: true }),
  };

  function actsNow(): readonly Act[] {
    const { count: committed } = shift;
    if (shift.state === 'counted' && committed !== null) {
      const isHandover = committed.kind === 'handover';
      return [
        {
          name: 'proceed',
          keys: 'F9',
          isMain: true,
          label: t(isHandover ? 'shift.do.proceedHandover' : 'shift.do.proceed'),
          act: () => void proceed({ kind: isHandover ? 'handover' : 'close' }, committed.id),
        },
        { name: 'recount', keys: 'F3', act: () => void begin({ kind: 'close' }) },
        ...(shift.isOver
          ? []
          : [{ name: 'resumeSelling' as const, keys: 'F4', act: () => setDialog('resumeSelling') }]),
        xReport,
      ];
    }
    if (shift.isOver) return [count, xReport];
    if (shift.state === 'suspended')
      return [
        { name: 'resume', keys: 'F7', isMain: true, act: () => void resume() },
        { ...count, isMain: false },
        xReport,
        surprise,
      ];
    return [
      count,
      { name: 'handover', keys: 'F10', act: () => void begin({ kind: 'handover' }) },
      { name: 'payIn', keys: 'F3', act: () => beginMove('payIn') },
      { name: 'cashMove', keys: 'F4', act: () => beginMove('cashMove') },
      { name: 'topUp', keys: 'F5', act: () => beginMove('topUp') },
      { name: 'exchange', keys: 'F6', act: () => beginMove('exchange') },
      { name: 'suspend', keys: 'F7', act: () => void suspend() },
      xReport,
      surprise,
    ];
  }

  const acts = actsNow();
  useEveryKey((event) => {
    if (isDialogOpen() || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const found = acts.find(({ keys }) => keys === event.key);
    if (found === undefined || isWorking) return;
    event.preventDefault();
    event.stopPropagation();
    found.act();
  });

  const standing = shift.isOver ? 'over' : shift.state;
  return (
    <div className={classes.screen}>
      <section className={classes.card} data-testid="shift-current">
        <h1 className={classes.title}>
          {t('shift.current')}
          <span className={classes.state} data-state={standing} data-testid="shift-state">
            {t(`shift.states.${standing}`)}
          </span>
        </h1>
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
            {shift.float.length === 0
              ? t('shift.noFloat')
              : listed(shift.float.map(({ minor, currency }) => money(minor, currency)))}
          </dd>
        </dl>
        {standing === 'open' && <Notice kind="hint">{t('shift.blind')}</Notice>}
        {standing === 'suspended' && <Notice kind="problem">{t('shift.suspendedText')}</Notice>}
        {standing === 'counted' && (
          <Notice kind="problem">
            {t(shift.count?.kind === 'handover' ? 'shift.countedHandoverText' : 'shift.countedText')}
          </Notice>
        )}
        {standing === 'over' && (
          <Notice kind="problem">{t('shift.overText', { date: date(shift.businessDate) })}</Notice>
        )}
        {failed !== null && <Notice kind="problem">{failure(failed)}</Notice>}
      </section>
      <section className={classes.acts} aria-label={t('shift.acts')}>
        {acts.map(({ name, keys, isMain, label, text, act }) => (
          <ActTile
            key={name}
            icon={icons[name]}
            label={label ?? t(`shift.do.${name}`)}
            text={text ?? t(`shift.do.${name}Text`)}
            keys={keys}
            isMain={isMain ?? false}
            isBusy={isWorking}
            onAct={act}
            testId={`act-${name}`}
          />
        ))}
      </section>
      <XReportDialog isOpen={dialog === 'x'} onClose={() => setDialog(null)} />
      <ResumeSellingDialog isOpen={dialog === 'resumeSelling'} onClose={() => setDialog(null)} />
    </div>
  );
}
