import { accountCurrency } from '../../shared/domain/exchange.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { formatMoney, isCurrency, isMinor } from '../../shared/domain/money.ts';
import { codeWords, internalFields, isFieldName, isMoment } from '../i18n/entryFields.ts';
import { isolate, rateFigures, useSpeech } from '../i18n/useSpeech.ts';
import classes from './EntryFields.module.css';

type EntryFieldsProps = {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Of the entry around it, where a part names none. */
  readonly currency?: Currency;
};

/** What an entry says, field by field: amounts as amounts, lists as lists. The signed text stands beside it. */
export function EntryFields({ fields, currency: around = 'ILS' }: EntryFieldsProps) {
  const { t, date, time } = useSpeech();
  const currency = isCurrency(fields['currency']) ? fields['currency'] : around;

  function shown(name: string, value: unknown) {
    if (Array.isArray(value)) {
      return (
        <ol className={classes.items}>
          {value.map((item, index) => (
            <li key={index}>
              {isRecord(item) ? <EntryFields fields={item} currency={currency} /> : shown(name, item)}
            </li>
          ))}
        </ol>
      );
    }
    if (isRecord(value)) return <EntryFields fields={value} currency={currency} />;
    // Whatever was put on the counter, its value is in shekels.
    if (name === 'valueMinor' && isMinor(value))
      return isolate(`${formatMoney({ minor: value, currency: accountCurrency })} ${accountCurrency}`);
    if (/minor$/i.test(name) && isMinor(value))
      return isolate(`${formatMoney({ minor: value, currency })} ${currency}`);
    if ((name === 'rate' || (name === 'before' && 'rate' in fields)) && typeof value === 'number')
      return isolate(rateFigures(value));
    if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no');
    if (value === null || value === '') return '—';
    if (isMoment(name) && typeof value === 'number') return isolate(`${date(value)} ${time(value)}`);
    const code = codeWords(name, value);
    if (code !== undefined) return t(code);
    return <bdi>{typeof value === 'string' ? value : JSON.stringify(value)}</bdi>;
  }

  return (
    <dl className={classes.fields}>
      {Object.entries(fields)
        .filter(([name]) => !internalFields.has(name))
        // Short things first: the signed text has them by the alphabet, a list may be as long as the page.
        .toSorted(([, a], [, b]) => Number(isNested(a)) - Number(isNested(b)))
        .map(([name, value]) => (
          <div key={name}>
            <dt>{isFieldName(name) ? t(`fields.${name}`) : <bdi dir="ltr">{name}</bdi>}</dt>
            <dd>{shown(name, value)}</dd>
          </div>
        ))}
    </dl>
  );
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
