import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useSpeech } from '../i18n/useSpeech.ts';
import classes from './BouncedWarning.module.css';

/** Cheques of this account came back: said before another one is taken. Nothing where none did. */
export function BouncedWarning({ count }: { readonly count: number }) {
  const { t } = useSpeech();
  if (count === 0) return null;
  return (
    <div className={classes.warning} role="status" data-testid="bounced-warning">
      <IconAlertTriangleFilled size="1.1rem" aria-hidden="true" />
      <span>
        <b>{t('registers.bouncedCount', { count })}</b> {t('registers.bouncedAdvice')}
      </span>
    </div>
  );
}
