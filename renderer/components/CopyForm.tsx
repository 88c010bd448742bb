import { Button, Group, NativeSelect } from '@mantine/core';
import { IconFileTypePdf, IconPrinter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ReprintReason } from '../stores/receipts.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import classes from './ReceiptFacts.module.css';

type CopyFormProps = {
  readonly title: string;
  readonly isReprinting: boolean;
  readonly isSavingPdf: boolean;
  readonly onReprint: (reason: ReprintReason) => void;
  readonly onSavePdf: (reason: ReprintReason) => void;
  /** What became of it. */
  readonly children: ReactNode;
};

const reasons: readonly ReprintReason[] = ['citizenAsked', 'lost', 'damaged', 'didNotComeOut', 'other'];

/** A copy of a paper with its consequence and its reason: printed, or as a file. */
export function CopyForm({
  title,
  isReprinting,
  isSavingPdf,
  onReprint,
  onSavePdf,
  children,
}: CopyFormProps) {
  const { t } = useSpeech();
  const [reason, setReason] = useState<ReprintReason>('citizenAsked');
  return (
    <section className={classes.reprint}>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.text}>{t('receipts.reprintConsequence')}</p>
      <NativeSelect
        label={t('receipts.reason')}
        value={reason}
        onChange={(event) => {
          const chosen = reasons.find((one) => one === event.currentTarget.value);
          if (chosen !== undefined) setReason(chosen);
        }}
        data={reasons.map((one) => ({ value: one, label: t(`receipts.reasons.${one}`) }))}
        data-testid="reprint-reason"
      />
      {children}
      <Group gap="xs" grow>
        <Button
          onClick={() => onReprint(reason)}
          loading={isReprinting}
          leftSection={<IconPrinter size="1.2rem" aria-hidden="true" />}
          data-testid="reprint"
        >
          {t('receipts.reprint')}
        </Button>
        <Button
          variant="default"
          onClick={() => onSavePdf(reason)}
          loading={isSavingPdf}
          leftSection={<IconFileTypePdf size="1.2rem" aria-hidden="true" />}
          data-testid="save-pdf"
        >
          {t('receipts.savePdf')}
        </Button>
      </Group>
    </section>
  );
}
