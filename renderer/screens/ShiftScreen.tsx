import { useEffect } from 'react';
import type { Role } from '../../shared/domain/roles.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useCounting } from '../stores/counting.ts';
import { useCustody } from '../stores/custody.ts';
import { useShift } from '../stores/shift.ts';
import type { ShiftTab } from '../stores/ui.ts';
import { useUi } from '../stores/ui.ts';
import { BooksPanel } from './BooksPanel.tsx';
import { CountScreen } from './CountScreen.tsx';
import { CustodyScreen } from './CustodyScreen.tsx';
import { DrawersPanel } from './DrawersPanel.tsx';
import { FloatDiffers } from './FloatDiffers.tsx';
import { MyShift } from './MyShift.tsx';
import { OpenShift } from './OpenShift.tsx';
import { RatesPanel } from './RatesPanel.tsx';
import classes from './ShiftScreen.module.css';

const tabsOf: Readonly<Record<Role, readonly ShiftTab[]>> = {
  cashier: ['mine'],
  supervisor: ['mine', 'drawers', 'rates', 'books'],
  administrator: [],
  auditor: ['drawers'],
};

/** Everything about drawers: one's own shift, those of others, and what a supervisor sets each morning. */
export function ShiftScreen({ person }: { readonly person: Person }) {
  const { t } = useSpeech();
  const tabs = tabsOf[person.role];
  const { shiftTab, showShift } = useUi();
  const { shift, opened } = useShift();
  const isCounting = useCounting((state) => state.purpose !== null);
  const isMoving = useCustody((state) => state.act !== null);
  const readOpened = useShift((state) => state.readOpened);

  // Read or not: whoever comes back here later looks at the shift.
  useEffect(() => readOpened, [readOpened]);

  if (isCounting) return <CountScreen />;
  if (isMoving) return <CustodyScreen />;
  if (opened !== null) return <FloatDiffers count={opened} />;
  // Whoever supervises looks at the drawers of others first, unless their own is open.
  const begins = person.role === 'supervisor' && shift === null ? 'drawers' : tabs[0];
  const tab = shiftTab !== null && tabs.includes(shiftTab) ? shiftTab : begins;
  return (
    <div className={classes.screen}>
      <h1 className="visuallyHidden">{t('shift.title')}</h1>
      {tabs.length > 1 && (
        <div className={classes.tabs} role="group" aria-label={t('shift.tabs.label')}>
          {tabs.map((name) => (
            <button
              key={name}
              type="button"
              className={classes.tab}
              aria-pressed={tab === name}
              onClick={() => showShift(name)}
              data-testid={`shift-tab-${name}`}
            >
              {t(`shift.tabs.${name}`)}
            </button>
          ))}
        </div>
      )}
      <div className={classes.body}>
        {tab === 'mine' && (shift === null ? <OpenShift /> : <MyShift shift={shift} />)}
        {tab === 'drawers' && <DrawersPanel person={person} />}
        {tab === 'rates' && <RatesPanel />}
        {tab === 'books' && <BooksPanel person={person} />}
      </div>
    </div>
  );
}
