import { IconX } from '@tabler/icons-react';
import type { TenderDraft, TenderReading } from '../draft/tenderDraft.ts';
import { shekelsId, wayOf } from '../draft/tenderDraft.ts';
import { figures, isolate, useSpeech } from '../i18n/useSpeech.ts';
import { Figure } from './Figure.tsx';
import classes from './TenderList.module.css';

type TenderListProps = {
  readonly tenders: readonly TenderDraft[];
  readonly readings: readonly TenderReading[];
  readonly isStill: boolean;
  readonly onEdit: (tender: TenderDraft) => void;
  readonly onRemove: (id: number) => void;
};

/** The other ways to pay: what each is, what it is worth in shekels; press to change it, × to take it away. */
export function TenderList({ tenders, readings, isStill, onEdit, onRemove }: TenderListProps) {
  const { t } = useSpeech();
  const others = tenders.filter(({ id }) => id !== shekelsId);
  if (others.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t('pay.list')} data-testid="tenders">
      {others.map((tender) => {
        const reading = readings.find(({ id }) => id === tender.id);
        const way = t(`pay.short.${wayOf(tender)}`);
        const isForeign = tender.currency !== 'ILS';
        return (
          <li key={tender.id} data-problem={reading?.tender === null || undefined}>
            <button
              type="button"
              className={classes.tender}
              onClick={() => onEdit(tender)}
              disabled={isStill}
              title={t('pay.edit', { what: way })}
              data-testid={`tender-${wayOf(tender)}`}
            >
              <span className={classes.way}>{way}</span>
              <bdi className={classes.detail}>{detailOf(tender)}</bdi>
              {isForeign && (
                <span className={classes.own}>
                  <Figure text={isolate(tender.amountText)} currency={tender.currency} />
                </span>
              )}
              <Figure
                text={reading?.valueMinor == null ? '—' : figures(reading.valueMinor)}
                size="row"
                testId="tender-value"
              />
            </button>
            <button
              type="button"
              className={classes.remove}
              onClick={() => onRemove(tender.id)}
              disabled={isStill}
              aria-label={t('pay.remove', { what: way })}
              data-testid="tender-remove"
            >
              <IconX size="1rem" aria-hidden="true" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** What tells this one from another of its kind. */
function detailOf({ fields }: TenderDraft): string {
  return (
    fields.chequeNumber ??
    fields.approvalCode ??
    fields.provider ??
    fields.employeeNumber ??
    fields.decisionNumber ??
    ''
  );
}
