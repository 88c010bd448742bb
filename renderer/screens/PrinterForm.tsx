import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { ChangeEvent } from 'react';
import type { PrinterDraft, PrinterField } from '../draft/printerDraft.ts';
import { usualDots } from '../draft/printerDraft.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import classes from './PrintersPanel.module.css';

const ranges = {
  port: { min: 1, max: 65_535 },
  dotsPerLine: { min: 200, max: 1200 },
  feedLines: { min: 0, max: 12 },
  onMs: { min: 20, max: 510 },
  offMs: { min: 20, max: 510 },
} as const;
const ways = ['spooler', 'tcp', 'serial', 'share', 'picture'] as const;
const rates = ['9600', '19200', '38400', '57600', '115200'] as const;

type PrinterFormProps = {
  readonly draft: PrinterDraft;
  readonly wrong: ReadonlySet<PrinterField>;
  readonly installed: { readonly spooler: readonly string[]; readonly serial: readonly string[] };
  readonly onChange: (change: Partial<PrinterDraft>) => void;
};

/** The fields of one printer: how it is reached, how it prints, the drawer on it. */
export function PrinterForm({ draft, wrong, installed, onChange }: PrinterFormProps) {
  const { t } = useSpeech();
  const dotsList = useId();

  function errorOf(field: PrinterField): string | null {
    if (!wrong.has(field)) return null;
    return field in ranges
      ? t('printers.between', ranges[field as keyof typeof ranges])
      : t('printers.wrong');
  }

  type TextField = 'name' | 'host' | 'port' | 'sharePath' | 'dotsPerLine' | 'feedLines' | 'onMs' | 'offMs';
  function text(field: TextField, label: string, hint?: string, list?: string) {
    const isNumber = field in ranges;
    return (
      <TextInput
        label={label}
        description={hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={draft[field]}
        onChange={(event) => onChange({ [field]: event.currentTarget.value })}
        error={errorOf(field)}
        autoComplete="off"
        maxLength={260}
        {...(field === 'name' ? {} : { dir: 'ltr' as const })}
        {...(isNumber ? { inputMode: 'numeric' as const } : {})}
        {...(list === undefined ? {} : { list })}
        data-testid={`setting-${field}`}
      />
    );
  }

  /** Chosen from what there is; typed where nothing was found, or where it is not there now. */
  function named(field: 'spooled' | 'serialPath', label: string, none: string, names: readonly string[]) {
    const shared = {
      label,
      value: draft[field],
      onChange: (event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
        onChange({ [field]: event.currentTarget.value }),
      error: errorOf(field),
      'data-testid': `setting-${field}`,
    };
    if (names.length === 0) return <TextInput {...shared} description={none} dir="ltr" autoComplete="off" />;
    const isThere = draft[field] === '' || names.includes(draft[field]);
    return (
      <NativeSelect
        {...shared}
        data={[
          { value: '', label: t('printers.choose') },
          ...(isThere ? names : [draft[field], ...names]).map((name) => ({ value: name, label: name })),
        ]}
      />
    );
  }

  return (
    <div className={classes.fields}>
      <div className={classes.row}>
        {text('name', t('printers.name'), t('printers.nameHint'))}
        <NativeSelect
          label={t('printers.way')}
          description={t(`printers.wayHints.${draft.kind}`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={draft.kind}
          onChange={(event) => {
            const kind = ways.find((way) => way === event.currentTarget.value);
            if (kind !== undefined) onChange({ kind });
          }}
          data={ways.map((way) => ({ value: way, label: t(`printers.ways.${way}`) }))}
          data-testid="setting-way"
        />
      </div>
      <div className={classes.row}>
        {draft.kind === 'tcp' && text('host', t('printers.host'), t('printers.hostHint'))}
        {draft.kind === 'tcp' && text('port', t('printers.port'), t('printers.portHint'))}
        {draft.kind === 'spooler' &&
          named('spooled', t('printers.spooled'), t('printers.spooledNone'), installed.spooler)}
        {draft.kind === 'spooler' && (
          <NativeSelect
            label={t('printers.datatype')}
            value={draft.datatype}
            onChange={(event) =>
              onChange({ datatype: event.currentTarget.value === 'XPS_PASS' ? 'XPS_PASS' : 'RAW' })
            }
            data={(['RAW', 'XPS_PASS'] as const).map((value) => ({
              value,
              label: t(`printers.datatypes.${value}`),
            }))}
            data-testid="setting-datatype"
          />
        )}
        {draft.kind === 'serial' &&
          named('serialPath', t('printers.serialPath'), t('printers.serialNone'), installed.serial)}
        {draft.kind === 'serial' && (
          <NativeSelect
            label={t('printers.baudRate')}
            value={draft.baudRate}
            onChange={(event) => onChange({ baudRate: event.currentTarget.value })}
            data={[...rates]}
            data-testid="setting-baudRate"
          />
        )}
        {draft.kind === 'share' && text('sharePath', t('printers.sharePath'))}
      </div>
      <div className={classes.four}>
        {text('dotsPerLine', t('printers.dots'), t('printers.dotsHint'), dotsList)}
        <datalist id={dotsList}>
          {usualDots.map((dots) => (
            <option key={dots} value={dots} />
          ))}
        </datalist>
        <NativeSelect
          label={t('printers.density')}
          value={draft.density}
          onChange={(event) => {
            const density = (['light', 'normal', 'dark'] as const).find(
              (one) => one === event.currentTarget.value,
            );
            if (density !== undefined) onChange({ density });
          }}
          data={(['light', 'normal', 'dark'] as const).map((value) => ({
            value,
            label: t(`printers.densities.${value}`),
          }))}
          data-testid="setting-density"
        />
        <NativeSelect
          label={t('printers.cut')}
          value={draft.cut}
          onChange={(event) => {
            const cut = (['full', 'partial', 'none'] as const).find(
              (one) => one === event.currentTarget.value,
            );
            if (cut !== undefined) onChange({ cut });
          }}
          data={(['full', 'partial', 'none'] as const).map((value) => ({
            value,
            label: t(`printers.cuts.${value}`),
          }))}
          data-testid="setting-cut"
        />
        {text('feedLines', t('printers.feedLines'))}
      </div>
      <div className={classes.drawer}>
        <Checkbox
          label={t('printers.drawer')}
          checked={draft.hasDrawer}
          onChange={(event) => onChange({ hasDrawer: event.currentTarget.checked })}
          data-testid="setting-drawer"
        />
        {draft.hasDrawer && (
          <>
            <NativeSelect
              label={t('printers.pin')}
              value={draft.pin}
              onChange={(event) => onChange({ pin: event.currentTarget.value === '5' ? '5' : '2' })}
              data={(['2', '5'] as const).map((value) => ({
                value,
                label: t(value === '2' ? 'printers.pins.two' : 'printers.pins.five'),
              }))}
              data-testid="setting-pin"
            />
            {text('onMs', t('printers.onMs'))}
            {text('offMs', t('printers.offMs'))}
          </>
        )}
      </div>
    </div>
  );
}
