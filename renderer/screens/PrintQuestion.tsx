import { Button, Group } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { Notice } from '../components/Notice.tsx';
import { receiptNumberText, useSpeech } from '../i18n/useSpeech.ts';
import { useStatus } from '../stores/status.ts';
import classes from './PrintQuestion.module.css';

/** «هل خرج السند؟»: asked beside the work, never in its way; only a person can know. */
export function PrintQuestion({ canAnswer }: { readonly canAnswer: boolean }) {
  const { t, failure } = useSpeech();
  const unknown = useStatus((state) => state.status?.printer?.unknown);
  const failed = useStatus((state) => state.printerFailure);
  const answer = useStatus((state) => state.answerPrinting);
  const job = unknown?.[0];
  if (!canAnswer) return null;
  if (job === undefined) {
    return failed === null ? null : (
      <div className={classes.question}>
        <Notice kind="problem">{failure(failed)}</Notice>
      </div>
    );
  }
  const isReceipt = job.document === 'receipt' || job.document === 'undoSlip';
  return (
    <section
      className={classes.question}
      aria-label={t(isReceipt ? 'printing.askTitle' : 'printing.askOtherTitle')}
      role="alert"
      data-testid="print-question"
    >
      <IconPrinter size="1.5rem" aria-hidden="true" />
      <div className={classes.text}>
        <strong>{t(isReceipt ? 'printing.askTitle' : 'printing.askOtherTitle')}</strong>
        {unknown !== undefined && unknown.length > 1 && (
          <span>{t('printing.askMore', { count: unknown.length - 1 })}</span>
        )}
        <span>
          {t('printing.askText', {
            document: t(`printing.documents.${job.document}`),
            number: receiptNumberText(job.title),
          })}
        </span>
        {failed !== null && <span>{failure(failed)}</span>}
      </div>
      <Group gap="xs">
        <Button size="xs" onClick={() => void answer(job.jobId, true)} data-testid="print-came-out">
          {t('printing.cameOut')}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => void answer(job.jobId, false)}
          data-testid="print-did-not"
        >
          {t('printing.didNot')}
        </Button>
      </Group>
    </section>
  );
}
