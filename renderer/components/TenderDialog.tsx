import { Button, NativeSelect, Select, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { banks, providers } from '../../shared/domain/banks.ts';
import { periodOf } from '../../shared/domain/dates.ts';
import { foreignCurrencies } from '../../shared/domain/exchange.ts';
import { fold } from '../../shared/domain/folding.ts';
import { toDecimal } from '../../shared/domain/money.ts';
import type { AccountView } from '../../shared/ipc/contract.ts';
import { figures, rateFigures, useSpeech } from '../i18n/useSpeech.ts';
import type { FieldProblem } from '../draft/problems.ts';
import { rule } from '../draft/problems.ts';
import type { CounterTerms } from '../draft/reckoning.ts';
import type { TenderDraft, TenderField, Way } from '../draft/tenderDraft.ts';
import { proposedAmount, readTender, shekelsId, tenderFields, wayOf } from '../draft/tenderDraft.ts';
import { dateText } from '../draft/typedDate.ts';
import { readDate } from '../draft/typedDate.ts';
import { Dialog } from './Dialog.tsx';
import { enterMovesOn, toFirstWrong, toNextField } from './entryForm.ts';
import { Figure } from './Figure.tsx';
import { isField, useEveryKey } from './keys.ts';
import { KeyCap } from './KeyCap.tsx';
import { MoneyField } from './MoneyField.tsx';
import { Notice } from './Notice.tsx';
import classes from './TenderDialog.module.css';

export type TenderAsked = {
  /** One for each time the dialog is asked for: what was typed before does not come back. */
  readonly serial: number;
  /** The tender that is changed, or null for another one. */
  readonly edited: TenderDraft | null;
  readonly newId: number;
  /** The shekels in cash as they are, for their worn part. */
  readonly cash: TenderDraft;
  /** What is left to pay without the tender itself. Agorot. */
  readonly remainingMinor: number;
};

type TenderDialogProps = {
  readonly isOpen: boolean;
  /** Kept while the dialog fades away. */
  readonly asked: TenderAsked | null;
  readonly terms: CounterTerms;
  readonly today: string;
  readonly payerName: string;
  /** Accounts of this payment that have credit. */
  readonly creditors: readonly AccountView[];
  readonly onPut: (tender: TenderDraft) => void;
  readonly onClose: () => void;
};

const ways: readonly Way[] = [
  'cashJOD',
  'cashUSD',
  'cheque',
  'card',
  'transfer',
  'entitlement',
  'credit',
  'cashILS',
  'waiver',
];

/** Another way to pay: which one by its digit, then its fields, Enter from one to the next. */
export function TenderDialog(props: TenderDialogProps) {
  const { t } = useSpeech();
  const edited = props.asked?.edited ?? null;
  return (
    <Dialog
      isOpen={props.isOpen && props.asked !== null}
      title={
        edited === null ? t('pay.otherWayTitle') : t('pay.editTitle', { way: t(`pay.ways.${wayOf(edited)}`) })
      }
      closeLabel={t('common.close')}
      onClose={props.onClose}
      size={edited === null ? '50rem' : '34rem'}
      testId="tender-dialog"
    >
      {props.asked !== null && <TenderForm key={props.asked.serial} {...props} asked={props.asked} />}
    </Dialog>
  );
}

function TenderForm(props: TenderDialogProps & { readonly asked: TenderAsked }) {
  const { asked, terms, creditors } = props;
  const { t, currencyName } = useSpeech();
  const firstWay = ways.find((way) => refusalOf(way) === null) ?? 'cheque';
  const [way, setWay] = useState<Way>(asked.edited === null ? firstWay : wayOf(asked.edited));
  const [drafts, setDrafts] = useState<Partial<Record<Way, TenderDraft>>>({});
  const list = useRef<HTMLDivElement>(null);
  const fields = useRef<HTMLFormElement>(null);
  const draft = drafts[way] ?? asked.edited ?? startOf(way);

  /** Why a way is not open now, as a sentence. */
  function refusalOf(one: Way): string | null {
    if (one === 'cashJOD' || one === 'cashUSD') {
      const currency = one === 'cashJOD' ? 'JOD' : 'USD';
      if (terms.rates[currency] === undefined) return t('pay.noRate', { currency: currencyName(currency) });
    }
    return one === 'credit' && creditors.length === 0 ? t('pay.noCredit') : null;
  }

  function startOf(one: Way): TenderDraft {
    if (one === 'cashILS') {
      const amountText =
        asked.cash.amountText === ''
          ? proposedAmount(asked.remainingMinor, 'cash', 'ILS', terms.rates, terms.smallestCoinMinor)
          : asked.cash.amountText;
      return { ...asked.cash, amountText };
    }
    const kind = one === 'cashJOD' || one === 'cashUSD' ? 'cash' : one;
    const currency = one === 'cashJOD' ? 'JOD' : one === 'cashUSD' ? 'USD' : 'ILS';
    const creditor = one === 'credit' ? (creditors[0] ?? null) : null;
    const wantedMinor =
      creditor === null ? asked.remainingMinor : Math.min(asked.remainingMinor, creditor.creditMinor);
    const { rates, smallestCoinMinor } = terms;
    const starts: Partial<Record<Way, TenderDraft['fields']>> = {
      cheque: { drawer: props.payerName, dueOn: dateText(props.today) },
      transfer: { sender: props.payerName, sentOn: dateText(props.today) },
      entitlement: { month: dateText(periodOf(props.today)) },
    };
    return {
      id: asked.newId,
      kind,
      currency,
      amountText: proposedAmount(wantedMinor, kind, currency, rates, smallestCoinMinor),
      fields: starts[one] ?? {},
      accountId: creditor?.id ?? null,
    };
  }

  function toFields(): void {
    fields.current?.querySelector<HTMLInputElement>('input')?.focus();
  }

  const isNew = asked.edited === null;
  const [begins, setBegins] = useState<'list' | 'fields'>(isNew ? 'list' : 'fields');

  function choose(one: Way, goesOn: boolean): void {
    setWay(one);
    const isOn = goesOn && refusalOf(one) === null;
    setBegins(isOn ? 'fields' : 'list');
    if (isOn) requestAnimationFrame(toFields);
  }

  // A digit chooses from anywhere but a field, even before the dialog has taken the focus.
  useEveryKey((event) => {
    if (!props.isOpen || !isNew || isField(event.target)) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const chosen = digit === undefined ? undefined : ways[Number(digit) - 1];
    if (chosen === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    choose(chosen, true);
  });

  function onListKey(event: KeyboardEvent): void {
    const index = ways.indexOf(way);
    const moves: Record<string, number | undefined> = {
      ArrowDown: Math.min(ways.length - 1, index + 1),
      ArrowUp: Math.max(0, index - 1),
      Home: 0,
      End: ways.length - 1,
    };
    const moved = ways[moves[event.key] ?? -1];
    if (moved !== undefined) {
      choose(moved, false);
      requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus());
    } else if (event.key === 'Enter' && refusalOf(way) === null) toFields();
    else return;
    event.preventDefault();
  }

  const refusal = asked.edited === null ? refusalOf(way) : null;
  return (
    <div className={classes.body} data-new={isNew || undefined}>
      {isNew && (
        <div className={classes.side}>
          <div
            ref={list}
            className={classes.ways}
            role="radiogroup"
            aria-label={t('pay.chooseWay')}
            onKeyDown={onListKey}
          >
            {ways.map((one, index) => (
              <button
                key={one}
                type="button"
                role="radio"
                aria-checked={one === way}
                aria-disabled={refusalOf(one) !== null}
                tabIndex={one === way ? 0 : -1}
                {...(one === way && begins === 'list' ? { 'data-autofocus': true } : {})}
                className={classes.way}
                onClick={() => choose(one, true)}
                data-testid={`way-${one}`}
              >
                <KeyCap keys={String(index + 1)} />
                {t(`pay.ways.${one}`)}
              </button>
            ))}
          </div>
          <p className={classes.hint}>{t('pay.wayKeys')}</p>
        </div>
      )}
      {refusal === null ? (
        <Fields
          key={way}
          formRef={fields}
          draft={draft}
          asked={asked}
          terms={terms}
          today={props.today}
          creditors={creditors}
          isFirst={begins === 'fields'}
          onChange={(changed) => setDrafts({ ...drafts, [way]: changed })}
          onPut={props.onPut}
        />
      ) : (
        <Notice kind="hint" testId="way-refused">
          {refusal}
        </Notice>
      )}
    </div>
  );
}

type FieldsProps = {
  readonly formRef: React.RefObject<HTMLFormElement | null>;
  readonly draft: TenderDraft;
  readonly asked: TenderAsked;
  readonly terms: CounterTerms;
  readonly today: string;
  readonly creditors: readonly AccountView[];
  /** The hands begin at the amount, not at the list. */
  readonly isFirst: boolean;
  readonly onChange: (draft: TenderDraft) => void;
  readonly onPut: (tender: TenderDraft) => void;
};

function Fields({ formRef, draft, asked, terms, today, creditors, isFirst, onChange, onPut }: FieldsProps) {
  const { t, language, money, problem, currencyName, date } = useSpeech();
  const [isAsked, setIsAsked] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { kind, currency } = draft;
  const reading = readTender(draft, terms.rates, today);
  const creditor = creditors.find(({ id }) => id === draft.accountId);
  const limit = limitProblem();
  const remainingMinor = asked.remainingMinor - (reading.valueMinor ?? 0);
  const dueOn = kind === 'cheque' ? readDate(draft.fields.dueOn ?? '') : null;
  const submit = useRef<HTMLButtonElement>(null);

  /** What this way cannot be more than; everything but cash, cheques and transfers only settles what is owed. */
  function limitProblem(): FieldProblem | null {
    const value = reading.valueMinor ?? 0;
    if (creditor !== undefined && value > creditor.creditMinor)
      return rule({ code: 'credit.tooLittle', params: { availableMinor: creditor.creditMinor } });
    if ((kind === 'credit' || kind === 'entitlement' || kind === 'waiver') && value > asked.remainingMinor)
      return rule({ code: 'tender.moreThanOwed', params: {} });
    return null;
  }

  function shownProblem(field: TenderField | 'amount'): string | null {
    const found = reading.problems.get(field) ?? (field === 'amount' ? limit : null);
    if (found === null || found === undefined) return null;
    const isAtOnce = found.kind === 'rule' || (field === 'amount' && draft.amountText !== '');
    return isAsked || isAtOnce || (left.has(field) && draft.fields[field as TenderField] !== undefined)
      ? problem(found)
      : null;
  }

  function type(field: TenderField, text: string): void {
    onChange({ ...draft, fields: { ...draft.fields, [field]: text } });
  }

  function put(): void {
    setIsAsked(true);
    if (reading.tender !== null && limit === null) {
      onPut(draft);
      return;
    }
    toFirstWrong(formRef.current);
  }

  function institution(field: 'bank' | 'provider') {
    const options = field === 'bank' ? banks : [...providers, ...banks];
    return (
      <Select
        key={field}
        label={t(`pay.fields.${field}`)}
        data={options.map(({ ar, en }) => ({ value: ar, label: language === 'en' ? en : ar }))}
        value={draft.fields[field] ?? null}
        onChange={(value) => {
          type(field, value ?? '');
          const input = formRef.current?.querySelector(`[data-testid="field-${field}"]`);
          if (value !== null && input != null)
            requestAnimationFrame(() => toNextField(formRef.current, input, put));
        }}
        searchable
        selectFirstOptionOnChange
        allowDeselect={false}
        // Written in either language, whichever is shown: the value is the Arabic name.
        filter={({ options: all, search }) =>
          all.filter(
            (option) =>
              'label' in option &&
              [option.label, option.value].some((name) => fold(name).includes(fold(search))),
          )
        }
        nothingFoundMessage={t('money.notInList')}
        maxDropdownHeight={260}
        error={shownProblem(field)}
        onBlur={() => setLeft(new Set(left).add(field))}
        data-testid={`field-${field}`}
      />
    );
  }

  function text(field: TenderField) {
    if (field === 'bank' || field === 'provider') return institution(field);
    const isName = field === 'drawer' || field === 'sender' || field === 'branch';
    const hints: Partial<Record<TenderField, string>> = { worn: t('pay.wornHint') };
    return (
      <TextInput
        key={field}
        label={t(`pay.fields.${field}`)}
        description={hints[field]}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={draft.fields[field] ?? ''}
        onChange={(event) => type(field, event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => setLeft(new Set(left).add(field))}
        error={shownProblem(field)}
        maxLength={isName ? 120 : 60}
        autoComplete="off"
        spellCheck={false}
        {...(isName ? {} : { dir: 'ltr' as const })}
        classNames={isName ? {} : { input: classes.code }}
        data-testid={`field-${field}`}
      />
    );
  }

  const canChooseCurrency = kind === 'cheque' || kind === 'transfer';
  const rate = currency === 'ILS' ? undefined : terms.rates[currency];
  return (
    <form
      ref={formRef}
      className={classes.fields}
      onKeyDown={(event) => enterMovesOn(event, formRef.current, put)}
      onSubmit={(event) => {
        event.preventDefault();
        put();
      }}
      noValidate
    >
      <div className={classes.amountRow}>
        <MoneyField
          value={draft.amountText}
          onType={(amountText) => onChange({ ...draft, amountText })}
          label={t('pay.fields.amount')}
          error={shownProblem('amount')}
          rightSection={<span className={classes.symbol}>{t(`symbols.${currency}`)}</span>}
          size="lg"
          classNames={{ input: classes.amount }}
          {...(isFirst ? { 'data-autofocus': true } : {})}
          data-testid="field-amount"
        />
        {canChooseCurrency && (
          <NativeSelect
            label={t('pay.fields.currency')}
            value={currency}
            onChange={(event) => {
              const chosen = (['ILS', ...foreignCurrencies] as const).find(
                (one) => one === event.currentTarget.value,
              );
              if (chosen === undefined) return;
              const { rates, smallestCoinMinor } = terms;
              const amountText = proposedAmount(asked.remainingMinor, kind, chosen, rates, smallestCoinMinor);
              onChange({ ...draft, currency: chosen, amountText });
            }}
            data={[
              { value: 'ILS', label: currencyName('ILS') },
              ...foreignCurrencies.map((one) => ({
                value: one,
                label: currencyName(one),
                disabled: terms.rates[one] === undefined,
              })),
            ]}
            size="lg"
            data-testid="field-currency"
          />
        )}
        {creditors.length > 1 && kind === 'credit' && (
          <NativeSelect
            label={t('counter.account')}
            value={String(draft.accountId ?? '')}
            onChange={(event) => {
              const chosen = creditors.find(({ id }) => String(id) === event.currentTarget.value);
              if (chosen === undefined) return;
              const minor = Math.min(asked.remainingMinor, chosen.creditMinor);
              const amountText = minor > 0 ? toDecimal({ minor, currency: 'ILS' }) : '';
              onChange({ ...draft, accountId: chosen.id, amountText });
            }}
            data={creditors.map(({ id, number, citizen }) => ({
              value: String(id),
              label: `${number} · ${citizen.name}`,
            }))}
            size="lg"
          />
        )}
      </div>
      <div className={classes.worth}>
        {rate !== undefined && reading.valueMinor !== null && (
          <span data-testid="tender-worth">
            {t('pay.worth', { amount: money(reading.valueMinor), rate: rateFigures(rate) })}
          </span>
        )}
        {creditor !== undefined && (
          <span>{t('pay.availableCredit', { amount: money(creditor.creditMinor) })}</span>
        )}
        {reading.valueMinor !== null && draft.id !== shekelsId && (
          <span>
            {remainingMinor > 0 ? t('pay.leaves', { amount: money(remainingMinor) }) : t('pay.coversAll')}
          </span>
        )}
      </div>
      <div className={classes.grid} data-kind={kind}>
        {tenderFields[kind].map((field) => text(field))}
      </div>
      {kind === 'card' && <Notice kind="hint">{t('pay.cardHint')}</Notice>}
      {kind === 'waiver' && <Notice kind="hint">{t('pay.waiverHint')}</Notice>}
      {kind === 'transfer' && <Notice kind="hint">{t('pay.pendingHint')}</Notice>}
      {dueOn !== null && dueOn > today && (
        <Notice kind="hint">{t('pay.postDated', { date: date(dueOn) })}</Notice>
      )}
      <div className={classes.foot}>
        <span className={classes.remaining}>
          {t('pay.due')} <Figure text={figures(asked.remainingMinor)} size="row" />
        </span>
        <Button
          ref={submit}
          type="submit"
          size="md"
          rightSection={<KeyCap keys="Enter" />}
          data-testid="tender-put"
        >
          {asked.edited === null ? t('pay.add') : t('pay.saveChange')}
        </Button>
      </div>
    </form>
  );
}
