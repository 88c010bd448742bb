import { Button, Loader, Stack } from '@mantine/core';
import { Notice } from '../components/Notice.tsx';
import { Page } from '../components/Page.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useStatus } from '../stores/status.ts';

/** While main is asked how things stand: never a blank window, and never without a way on. */
export function BootScreen() {
  const { t, failure } = useSpeech();
  const failed = useStatus((state) => state.bootFailure);
  const load = useStatus((state) => state.load);
  return (
    <Page brand={t('app.name')}>
      {failed === null ? (
        <Stack align="center" gap="sm" role="status">
          <Loader type="bars" aria-hidden="true" />
          {t('app.loading')}
        </Stack>
      ) : (
        <Stack>
          <Notice kind="problem">{failure(failed)}</Notice>
          <Button onClick={() => void load()}>{t('common.retry')}</Button>
        </Stack>
      )}
    </Page>
  );
}
