import type { ReactNode } from 'react';
import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { Figure } from './Figure.tsx';
import classes from './OwedAgain.module.css';

/** What taking a receipt back means for all that it had paid, and for every tender that is not cash. */
export function OwedAgain({ content }: { readonly content: ReceiptContent }) {
  const { t, named, period } = useSpeech();
  // Nobody owes a fee again: it was sold, and its price goes back.
  const owed = content.lines.filter((line) => line.kind !== 'fee');
  const fees = content.lines.filter((line) => line.kind === 'fee');
  const otherTenders = content.tenders.filter(({ kind }) => kind !== 'cash');
  return (
    <div className={classes.lists}>
      {(owed.length > 0 || content.changeCredit !== null) && (
        <List title={t('undo.owedAgain')}>
          {owed.map((line, index) => (
            <li key={index} data-testid="owed-again">
              {line.kind === 'advance' ? (
                <span>
                  {t('undo.advance')} <bdi dir="ltr">{line.account.number}</bdi>
                </span>
              ) : (
                <span>
                  {named(line.service)} · {period(line.period)}
                </span>
              )}
              <Figure text={figures(line.paidMinor)} size="row" />
            </li>
          ))}
          {content.changeCredit !== null && (
            <li>
              <span>
                {t('undo.advance')} <bdi dir="ltr">{content.changeCredit.accountNumber}</bdi>
              </span>
              <Figure text={figures(content.changeCredit.minor)} size="row" />
            </li>
          )}
        </List>
      )}
      {fees.length > 0 && (
        <List title={t('undo.refundedFees')}>
          {fees.map((line, index) => (
            <li key={index}>
              <span>{named(line.service)}</span>
              <Figure text={figures(line.paidMinor)} size="row" />
            </li>
          ))}
        </List>
      )}
      {otherTenders.length > 0 && (
        <List title={t('undo.otherTenders')}>
          {otherTenders.map((tender, index) => (
            <li key={index}>
              <span>{tender.kind !== 'cash' && t(`undo.tenders.${tender.kind}`)}</span>
              <Figure
                text={figures(tender.receivedMinor, tender.currency)}
                currency={tender.currency}
                size="row"
              />
            </li>
          ))}
        </List>
      )}
    </div>
  );
}

function List({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className={classes.title}>{title}</h3>
      {/* May be long: it scrolls by itself, with the keyboard too. */}
      <ul className={classes.list} tabIndex={0} aria-label={title}>
        {children}
      </ul>
    </section>
  );
}
