import { Textarea, TextInput } from '@mantine/core';
import { accountKeys, accountWords } from '../../shared/domain/reports/accounts.ts';
import type { AccountsDraft } from '../draft/accountsDraft.ts';
import { readAccounts } from '../draft/accountsDraft.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import classes from './AccountCodes.module.css';

type AccountCodesProps = {
  readonly draft: AccountsDraft;
  /** What is wrong is said once somebody wanted to save. */
  readonly isAsked: boolean;
  readonly onChange: (draft: AccountsDraft) => void;
};

/** The municipality's own account codes, for the accounting journal. */
export function AccountCodes({ draft, isAsked, onChange }: AccountCodesProps) {
  const { t, named } = useSpeech();
  const { wrong } = readAccounts(draft);
  return (
    <fieldset className={classes.accounts}>
      <legend>{t('settings.accounts')}</legend>
      <div className={classes.grid}>
        {accountKeys.map((key) => (
          <TextInput
            key={key}
            label={named(accountWords[key])}
            value={draft.codes[key]}
            onChange={(event) =>
              onChange({ ...draft, codes: { ...draft.codes, [key]: event.currentTarget.value } })
            }
            error={isAsked && wrong.has(key) ? t('settings.accountWrong') : null}
            dir="ltr"
            maxLength={20}
            autoComplete="off"
            data-testid={`account-${key}`}
          />
        ))}
      </div>
      <Textarea
        label={t('settings.serviceAccounts')}
        description={t('settings.serviceAccountsHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={draft.services}
        onChange={(event) => onChange({ ...draft, services: event.currentTarget.value })}
        error={isAsked && wrong.has('services') ? t('settings.serviceAccountsWrong') : null}
        dir="ltr"
        rows={3}
        maxLength={4000}
        autoComplete="off"
        data-testid="account-services"
      />
    </fieldset>
  );
}
