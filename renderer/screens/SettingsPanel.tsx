import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { foldDigits } from '../../shared/domain/digits.ts';
import type { Settings } from '../../shared/ipc/contract.ts';
import { AccountCodes } from '../components/AccountCodes.tsx';
import { LogoSetting } from './LogoSetting.tsx';
import { Notice } from '../components/Notice.tsx';
import type { AccountsDraft } from '../draft/accountsDraft.ts';
import { accountsDraftOf, noAccounts, readAccounts } from '../draft/accountsDraft.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useAdmin } from '../stores/admin.ts';
import { useStatus } from '../stores/status.ts';
import classes from './AdministrationScreen.module.css';

/** Texts as typed: a number becomes one only when it is saved. */
type Form = {
  municipalityAr: string;
  municipalityEn: string;
  centreAr: string;
  centreEn: string;
  defaultLanguage: 'ar' | 'en';
  idleLockMinutes: string;
  smallestCoinMinor: string;
  /** Whole shekels. */
  cashMoveLimit: string;
};
type TextField = Exclude<keyof Form, 'defaultLanguage'>;

const ranges = {
  idleLockMinutes: { min: 1, max: 120 },
  smallestCoinMinor: { min: 1, max: 100 },
  cashMoveLimit: { min: 0, max: 100_000 },
} as const;
type NumberField = keyof typeof ranges;

function formOf(settings: Settings): Form {
  return {
    municipalityAr: settings.municipality.ar,
    municipalityEn: settings.municipality.en,
    centreAr: settings.centre.ar,
    centreEn: settings.centre.en,
    defaultLanguage: settings.defaultLanguage,
    idleLockMinutes: String(settings.idleLockMinutes),
    smallestCoinMinor: String(settings.smallestCoinMinor),
    cashMoveLimit: String(Math.floor(settings.cashMoveLimitMinor / 100)),
  };
}

function isNumberField(field: keyof Form): field is NumberField {
  return field in ranges;
}

/** The number typed, or null when it is not a whole one within its range. */
function numberIn(field: NumberField, text: string): number | null {
  const typed = foldDigits(text).trim();
  const value = Number(typed);
  const { min, max } = ranges[field];
  return /^\d{1,6}$/.test(typed) && value >= min && value <= max ? value : null;
}

/** Names and lock of this till. */
export function SettingsPanel() {
  const { t, failure } = useSpeech();
  const { settings, settingsFailure, isSavingSettings, areSettingsSaved, loadSettings, saveSettings } =
    useAdmin();
  const refresh = useStatus((state) => state.refresh);
  const [form, setForm] = useState<Form | null>(null);
  const [accounts, setAccounts] = useState<AccountsDraft>(noAccounts);
  const [isAsked, setIsAsked] = useState(false);

  useEffect(() => void loadSettings(), [loadSettings]);
  useEffect(() => {
    if (settings === null) return;
    setForm(formOf(settings));
    setAccounts(accountsDraftOf(settings.accountCodes));
  }, [settings]);

  const problem =
    settingsFailure === null ? null : <Notice kind="problem">{failure(settingsFailure)}</Notice>;
  if (form === null) return problem;

  function text(field: TextField, label: string, extra: { ltr?: boolean; hint?: string } = {}) {
    if (form === null) return null;
    const value = form[field];
    const isNumber = isNumberField(field);
    const isNeeded = field === 'municipalityAr' || field === 'centreAr';
    let error: string | null = null;
    if (isAsked && isNumber && numberIn(field, value) === null)
      error = t('settings.numberBetween', ranges[field]);
    if (isAsked && isNeeded && value.trim() === '') error = t('common.required');
    return (
      <TextInput
        label={label}
        description={extra.hint}
        // Hints below: fields of one row stand in one line, whether they have one or not.
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={value}
        onChange={(event) => setForm({ ...form, [field]: event.currentTarget.value })}
        error={error}
        autoComplete="off"
        {...(extra.ltr === true || isNumber ? { dir: 'ltr' as const } : {})}
        {...(isNumber ? { inputMode: 'numeric' as const } : {})}
        data-testid={`setting-${field}`}
      />
    );
  }

  async function save(): Promise<void> {
    if (form === null) return;
    setIsAsked(true);
    const idleLockMinutes = numberIn('idleLockMinutes', form.idleLockMinutes);
    const smallestCoinMinor = numberIn('smallestCoinMinor', form.smallestCoinMinor);
    const cashMoveLimit = numberIn('cashMoveLimit', form.cashMoveLimit);
    const isWrong = form.municipalityAr.trim() === '' || form.centreAr.trim() === '';
    if (settings === null || idleLockMinutes === null || smallestCoinMinor === null) return;
    const { codes } = readAccounts(accounts);
    if (cashMoveLimit === null || isWrong || codes === null) return;
    const isSaved = await saveSettings({
      ...settings,
      municipality: { ar: form.municipalityAr.trim(), en: form.municipalityEn.trim() },
      centre: { ar: form.centreAr.trim(), en: form.centreEn.trim() },
      defaultLanguage: form.defaultLanguage,
      idleLockMinutes,
      smallestCoinMinor,
      cashMoveLimitMinor: cashMoveLimit * 100,
      accountCodes: codes,
    });
    // The header and the status bar show the new names at once.
    if (isSaved) await refresh();
  }

  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      data-testid="settings"
    >
      <div className={classes.two}>
        {text('municipalityAr', t('settings.municipalityAr'))}
        {text('municipalityEn', t('settings.municipalityEn'), { ltr: true })}
        {text('centreAr', t('settings.centreAr'))}
        {text('centreEn', t('settings.centreEn'), { ltr: true })}
        <NativeSelect
          label={t('settings.defaultLanguage')}
          value={form.defaultLanguage}
          onChange={(event) =>
            setForm({ ...form, defaultLanguage: event.currentTarget.value === 'en' ? 'en' : 'ar' })
          }
          data={[
            { value: 'ar', label: t('common.arabic') },
            { value: 'en', label: t('common.english') },
          ]}
          data-testid="setting-language"
        />
        {text('idleLockMinutes', t('settings.idleLock'), { hint: t('settings.idleLockHint') })}
        {text('smallestCoinMinor', t('settings.smallestCoin'), { hint: t('settings.smallestCoinHint') })}
        {text('cashMoveLimit', t('settings.cashMoveLimit'), { hint: t('settings.cashMoveLimitHint') })}
      </div>
      <LogoSetting />
      <AccountCodes draft={accounts} isAsked={isAsked} onChange={setAccounts} />
      {problem}
      {areSettingsSaved && (
        <Notice kind="good" testId="settings-saved">
          {t('settings.saved')}
        </Notice>
      )}
      <div>
        <Button type="submit" size="md" loading={isSavingSettings} data-testid="settings-save">
          {t('settings.save')}
        </Button>
      </div>
    </form>
  );
}
