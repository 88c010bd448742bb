import { IconX } from '@tabler/icons-react';
import type { PayDraft } from '../draft/payDraft.ts';
import { partMinor } from '../draft/reckoning.ts';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { Figure } from './Figure.tsx';
import { KeyCap } from './KeyCap.tsx';
import classes from './BasketPanel.module.css';

type BasketPanelProps = {
  readonly draft: PayDraft;
  /** `strip`: above the account that is open. `full`: nobody's account is open. */
  readonly size: 'strip' | 'full';
  readonly totalMinor: number;
  readonly isStill: boolean;
  readonly onOpen: (accountId: number) => void;
  readonly onRemovePart: (accountId: number) => void;
  readonly onRemoveFee: (index: number) => void;
};

/** What else is in this receipt: the other accounts and the fees, each with its sum and a way out. */
export function BasketPanel(props: BasketPanelProps) {
  const { draft, size, isStill } = props;
  const { t, named } = useSpeech();
  const { basket, fees, occasional } = draft;
  if (basket.length + fees.length === 0) return null;
  const list = (
    <ul className={classes.list}>
      {basket.map((part) => {
        const { name } = part.account.citizen;
        return (
          <li key={part.account.id} data-testid="basket-part">
            <button
              type="button"
              className={classes.what}
              onClick={() => props.onOpen(part.account.id)}
              disabled={isStill}
              title={t('basket.open', { name })}
            >
              <span className={classes.name}>{name}</span>
              <bdi dir="ltr" className={classes.soft}>
                {part.account.number}
              </bdi>
              <span className={classes.soft}>{t('pay.partBills', { count: part.chosen.size })}</span>
              {part.advanceMinor > 0 && <span className={classes.soft}>{t('pay.advance')}</span>}
              <Figure text={figures(partMinor(part))} size="row" />
            </button>
            <button
              type="button"
              className={classes.remove}
              onClick={() => props.onRemovePart(part.account.id)}
              disabled={isStill}
              aria-label={t('basket.remove', { name })}
              data-testid="basket-remove"
            >
              <IconX size="1rem" aria-hidden="true" />
            </button>
          </li>
        );
      })}
      {fees.map((fee, index) => {
        const service = named(fee);
        return (
          <li key={`${fee.serviceCode}-${index}`} data-testid="basket-fee">
            <span className={classes.what}>
              <span className={classes.name}>
                {fee.quantity === 1 ? service : t('fees.line', { service, quantity: fee.quantity })}
              </span>
              {fee.note !== '' && <bdi className={classes.soft}>{fee.note}</bdi>}
              <Figure text={figures(fee.quantity * fee.unitMinor)} size="row" />
            </span>
            <button
              type="button"
              className={classes.remove}
              onClick={() => props.onRemoveFee(index)}
              disabled={isStill}
              aria-label={t('basket.remove', { name: service })}
              data-testid="fee-remove"
            >
              <IconX size="1rem" aria-hidden="true" />
            </button>
          </li>
        );
      })}
    </ul>
  );
  if (size === 'strip') {
    return (
      <aside className={classes.strip} aria-label={t('basket.title')} data-testid="basket">
        <span className={classes.label}>{t('basket.title')}</span>
        {list}
      </aside>
    );
  }
  return (
    <section className={classes.full} aria-label={t('basket.fullTitle')} data-testid="basket">
      <h1 className={classes.title}>{basket.length > 0 ? t('basket.fullTitle') : t('fees.title')}</h1>
      <p className={classes.hint}>{basket.length > 0 ? t('basket.hint') : t('basket.feesHint')}</p>
      {occasional !== null && basket.length === 0 && (
        <p className={classes.payer}>
          <span className={classes.soft}>{t('basket.payer')}</span> <b>{occasional.name}</b>{' '}
          {occasional.identityNumber !== null && <bdi dir="ltr">{occasional.identityNumber}</bdi>}
        </p>
      )}
      {list}
      <div className={classes.sum}>
        <span>{t('basket.total')}</span>
        <Figure text={figures(props.totalMinor)} size="large" testId="basket-total" />
      </div>
      <p className={classes.keys}>
        <span>
          <KeyCap keys="F2" /> {t('counter.emptyKeys.search')}
        </span>
        <span>
          <KeyCap keys="F10" /> {t('fees.button')}
        </span>
        <span>
          <KeyCap keys="F9" /> {t('counter.take')}
        </span>
        <span>
          <KeyCap keys="Esc" /> {t('common.back')}
        </span>
      </p>
    </section>
  );
}
