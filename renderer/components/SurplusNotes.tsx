import { IconInfoCircle } from '@tabler/icons-react';
import type { SurplusNote } from '../../shared/ipc/contract.ts';
import { isolate, useSpeech } from '../i18n/useSpeech.ts';
import classes from './SurplusNotes.module.css';

/** Where credit came from that nobody paid on account: bills that were paid here and settled elsewhere meanwhile. */
export function SurplusNotes({ surpluses }: { readonly surpluses: readonly SurplusNote[] }) {
  const { t, money, period, shortDate, named } = useSpeech();
  if (surpluses.length === 0) return null;
  return (
    <ul className={classes.notes} aria-label={t('counter.surplus.title')} data-testid="surplus-notes">
      {surpluses.map((note) => (
        <li key={note.id}>
          <IconInfoCircle size="1rem" aria-hidden="true" />
          <span>
            {t(`counter.surplus.${note.cause}`, {
              amount: money(note.minor),
              bill: isolate(note.billNumber),
              service: named({ ar: note.serviceAr, en: note.serviceEn }),
              period: period(note.period),
              date: shortDate(note.businessDate),
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}
