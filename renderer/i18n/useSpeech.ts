import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../shared/domain/dates.ts';
import { formatDate, formatPeriod, formatTime } from '../../shared/domain/dates.ts';
import { rateUnit } from '../../shared/domain/exchange.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { formatMoney } from '../../shared/domain/money.ts';
import type { Failure } from '../client.ts';
import type { Speech } from './errors.ts';
import { errorsAr } from './errors.ar.ts';
import { errorsEn } from './errors.en.ts';
import type { FieldProblem } from '../draft/problems.ts';
import { useUi } from '../stores/ui.ts';
import { useStatus } from '../stores/status.ts';

type Named = { readonly ar: string; readonly en: string };

/** Directional isolates: a figure inside a sentence keeps its own order in either language. */
export function isolate(text: string): string {
  return `\u2066${text}\u2069`;
}

/**
 * A receipt's number inside a sentence: left to right, and with hyphens that never end a line. For reading only; what is
 * compared or copied keeps its own hyphens.
 */
export function receiptNumberText(number: string): string {
  return isolate(number.replaceAll('-', '\u2011'));
}

/** The figures of an amount with all its decimals, without the sign. */
export function figures(minor: number, currency: Currency = 'ILS'): string {
  return formatMoney({ minor, currency });
}

/** A rate in ten-thousandths of a shekel, as it is published: 5.2345. */
export function rateFigures(rate: number): string {
  return (rate / rateUnit).toFixed(4);
}

/** The language that is shown: the person's choice, else the till's. */
export function useLanguage(): Language {
  const chosen = useUi((state) => state.language);
  const ofTill = useStatus((state) => state.status?.defaultLanguage);
  return chosen ?? ofTill ?? 'ar';
}

/** Everything that turns values into words in the language that is shown. */
export function useSpeech() {
  const { t } = useTranslation();
  const language = useLanguage();
  return useMemo(() => {
    // The sign follows the digits in the reading direction, and never begins a line of its own.
    const money = (minor: number, currency: Currency = 'ILS'): string =>
      `${language === 'ar' ? '\u2067' : '\u2066'}${isolate(figures(minor, currency))}\u00a0${t(`symbols.${currency}`)}\u2069`;
    const currencyName = (currency: Currency): string => t(`currencies.${currency}`);
    const list = new Intl.ListFormat(language, { type: 'conjunction' });
    const speech: Speech = {
      money,
      currencyName,
      count: (word, count) => t(`common.${word}`, { count }),
      fatal: (reason) => t(`fatal.reasons.${reason}.what`),
    };
    const errors = language === 'ar' ? errorsAr : errorsEn;
    const failure = (failed: Failure): string => {
      const say = errors[failed.code] as (params: Failure['params'], speech: Speech) => string;
      return say(failed.params, speech);
    };
    return {
      t,
      language,
      money,
      currencyName,
      /** Several things as one reads them out: «أ وب وج». */
      listed: (parts: readonly string[]): string => list.format(parts),
      failure,
      problem: (found: FieldProblem): string =>
        found.kind === 'typed' ? t(`money.${found.problem}`) : failure(found.problem),
      /** The name in the language that is shown; people and places may have only an Arabic one. */
      named: (name: Named): string => (language === 'en' && name.en !== '' ? name.en : name.ar),
      date: (when: number | string): string => formatDate(when, language),
      shortDate: (isoDate: string): string => isolate(isoDate.split('-').toReversed().join('/')),
      time: (atMs: number): string => isolate(formatTime(atMs)),
      period: (period: string): string => formatPeriod(period, language),
    };
  }, [t, language]);
}
