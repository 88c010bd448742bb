import { KeyCap } from './KeyCap.tsx';
import { crest } from './crest.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import classes from './EmptyCounter.module.css';

/** Nobody is being served: what to do next, and the keys. */
export function EmptyCounter({ canTake }: { readonly canTake: boolean }) {
  const { t } = useSpeech();
  const keys = canTake
    ? ([
        ['F2', 'search'],
        ['F4', 'all'],
        ['F6', 'amount'],
        ['F8', 'exact'],
        ['F9', 'take'],
        ['F1', 'guide'],
      ] as const)
    : ([
        ['F2', 'search'],
        ['F1', 'guide'],
      ] as const);
  return (
    <section className={classes.empty} data-testid="counter-empty">
      <img src={crest} alt="" width={96} height={96} className={classes.crest} />
      <h1 className={classes.title}>{t('counter.emptyTitle')}</h1>
      <p className={classes.text}>{t('counter.emptyText')}</p>
      <ul className={classes.keys}>
        {keys.map(([key, word]) => (
          <li key={key}>
            <KeyCap keys={key} /> {t(`counter.emptyKeys.${word}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
