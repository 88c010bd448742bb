import { Button } from '@mantine/core';
import { IconPhoto, IconTrash } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useLogo } from '../stores/logo.ts';
import classes from './LogoSetting.module.css';
import { Notice } from '../components/Notice.tsx';

/** What stands above every paper: the crest that comes with the program, or the municipality's own picture. */
export function LogoSetting() {
  const { t, failure } = useSpeech();
  const { logo, failure: failed, isWorking, load, choose, remove } = useLogo();
  useEffect(() => void load(), [load]);
  return (
    <fieldset className={classes.logo} data-testid="logo">
      <legend>{t('settings.logo')}</legend>
      <div className={classes.row}>
        {/* Always black on white: as it comes out on paper. */}
        <div className={classes.paper}>
          {logo?.picture != null && <img src={logo.picture} alt={t('settings.logoPicture')} />}
        </div>
        <div className={classes.words}>
          <p>{logo?.name == null ? t('settings.logoShipped') : <bdi>{logo.name}</bdi>}</p>
          <p className={classes.hint}>{t('settings.logoHint')}</p>
          <div className={classes.acts}>
            <Button
              variant="default"
              leftSection={<IconPhoto size="1.1rem" aria-hidden="true" />}
              loading={isWorking}
              onClick={() => void choose()}
              data-testid="logo-choose"
            >
              {t('settings.logoChoose')}
            </Button>
            {logo?.name != null && (
              <Button
                variant="default"
                leftSection={<IconTrash size="1.1rem" aria-hidden="true" />}
                disabled={isWorking}
                onClick={() => void remove()}
                data-testid="logo-remove"
              >
                {t('settings.logoRemove')}
              </Button>
            )}
          </div>
        </div>
      </div>
      {failed !== null && (
        <Notice kind="problem" testId="logo-problem">
          {failure(failed)}
        </Notice>
      )}
      {failed === null && logo?.problem != null && (
        <Notice kind="problem">{t(`papers.crestProblems.${logo.problem}`)}</Notice>
      )}
    </fieldset>
  );
}
