import { Button, Select, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { fold } from '../../shared/domain/folding.ts';
import type { SoldService } from '../../shared/ipc/contract.ts';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import type { FeeField, FeeTexts } from '../draft/feeDraft.ts';
import { emptyFee, readFee, unitText } from '../draft/feeDraft.ts';
import type { FeeDraft, Occasional } from '../draft/payDraft.ts';
import { Dialog } from './Dialog.tsx';
import { enterMovesOn, toFirstWrong, toNextField } from './entryForm.ts';
import { Figure } from './Figure.tsx';
import { KeyCap } from './KeyCap.tsx';
import { MoneyField } from './MoneyField.tsx';
import { Notice } from './Notice.tsx';
import classes from './TenderDialog.module.css';

type FeeDialogProps = {
  readonly isOpen: boolean;
  /** One for each time the dialog is asked for. */
  readonly serial: number;
  readonly services: readonly SoldService[];
  readonly problem: string | null;
  /** True when no account is open or in the basket. */
  readonly needsPayer: boolean;
  readonly occasional: Occasional | null;
  readonly onAdd: (fee: FeeDraft, occasional: Occasional | null) => void;
  readonly onClose: () => void;
};

/** A service sold over the counter: what, how many, for how much, and by whom where nobody's account is open. */
export function FeeDialog(props: FeeDialogProps) {
  const { t } = useSpeech();
  return (
    <Dialog
      isOpen={props.isOpen}
      title={t('fees.title')}
      closeLabel={t('common.close')}
      onClose={props.onClose}
      size="36rem"
      testId="fee-dialog"
    >
      <FeeForm key={props.serial} {...props} />
    </Dialog>
  );
}

function FeeForm({ services, needsPayer, occasional, problem: failed, onAdd }: FeeDialogProps) {
  const { t, named, problem } = useSpeech();
  const [texts, setTexts] = useState<FeeTexts>({
    ...emptyFee,
    name: occasional?.name ?? '',
    identity: occasional?.identityNumber ?? '',
  });
  const [isAsked, setIsAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const reading = readFee(texts, services, needsPayer);
  const isFixed = services.some(({ code, priceMinor }) => code === texts.service && priceMinor !== null);

  function type(field: FeeField, text: string): void {
    setTexts((now) => ({ ...now, [field]: text }));
  }

  function errorOf(field: FeeField): string | null {
    const found = reading.problems.get(field);
    return found !== undefined && (isAsked || found.kind === 'rule') ? problem(found) : null;
  }

  function namesOf(code: string): string {
    const service = services.find((one) => one.code === code);
    return service === undefined ? '' : fold(`${service.ar} ${service.en}`);
  }

  function add(): void {
    setIsAsked(true);
    if (reading.fee !== null) {
      onAdd(reading.fee, reading.occasional);
      return;
    }
    toFirstWrong(form.current);
  }

  function text(field: Exclude<FeeField, 'service' | 'unit'>, label: string, extra: { code?: boolean } = {}) {
    return (
      <TextInput
        label={label}
        value={texts[field]}
        onChange={(event) => type(field, event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        error={errorOf(field)}
        maxLength={120}
        autoComplete="off"
        {...(extra.code === true
          ? { dir: 'ltr' as const, inputMode: 'numeric' as const, classNames: { input: classes.code ?? '' } }
          : {})}
        data-testid={`fee-${field}`}
      />
    );
  }

  return (
    <form
      ref={form}
      className={classes.fields}
      onKeyDown={(event) => enterMovesOn(event, form.current, add)}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
      noValidate
    >
      {failed !== null && <Notice kind="problem">{failed}</Notice>}
      <Select
        label={t('fees.service')}
        placeholder={t('fees.servicePlaceholder')}
        data={services.map((service) => ({ value: service.code, label: named(service) }))}
        value={texts.service === '' ? null : texts.service}
        onChange={(value) => {
          type('service', value ?? '');
          const input = form.current?.querySelector('[data-testid="fee-service"]');
          if (value !== null && input != null)
            requestAnimationFrame(() => toNextField(form.current, input, add));
        }}
        searchable
        selectFirstOptionOnChange
        allowDeselect={false}
        // Written in either language, whichever is shown.
        filter={({ options, search }) =>
          options.filter((option) => 'value' in option && namesOf(option.value).includes(fold(search)))
        }
        nothingFoundMessage={t('fees.noService')}
        maxDropdownHeight={280}
        error={errorOf('service')}
        size="md"
        data-autofocus
        data-testid="fee-service"
      />
      <div className={classes.grid}>
        {text('quantity', t('fees.quantity'), { code: true })}
        <MoneyField
          value={unitText(texts, services)}
          readOnly={isFixed}
          description={isFixed ? t('fees.fixedPrice') : null}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          onType={(unit) => type('unit', unit)}
          label={t('fees.unit')}
          error={errorOf('unit')}
          rightSection={<span className={classes.symbol}>{t('symbols.ILS')}</span>}
          classNames={{ input: classes.code }}
          data-testid="fee-unit"
        />
      </div>
      {text('note', t('fees.note'))}
      {needsPayer && (
        <>
          <p className={classes.payerHint}>{t('fees.payerHint')}</p>
          <div className={classes.grid}>
            {text('name', t('fees.name'))}
            {text('identity', t('fees.identity'), { code: true })}
          </div>
        </>
      )}
      <div className={classes.foot}>
        <span className={classes.remaining}>
          {t('fees.total')}{' '}
          <Figure text={reading.totalMinor === null ? '—' : figures(reading.totalMinor)} size="large" />
        </span>
        <Button type="submit" size="md" rightSection={<KeyCap keys="Enter" />} data-testid="fee-add">
          {t('fees.add')}
        </Button>
      </div>
    </form>
  );
}
