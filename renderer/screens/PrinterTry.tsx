import { Button, SegmentedControl } from '@mantine/core';
import { IconPlugConnected, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { PrintOutcome, ProbeReport } from '../../shared/ipc/printing.ts';
import { Notice } from '../components/Notice.tsx';
import type { Advice, PrinterDraft, TestAnswers } from '../draft/printerDraft.ts';
import { adviceFor, followed, noAnswers } from '../draft/printerDraft.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import classes from './PrintersPanel.module.css';

type PrinterTryProps = {
  readonly draft: PrinterDraft;
  readonly trying: 'probe' | 'page' | null;
  readonly probed: ProbeReport | null;
  readonly printed: PrintOutcome | null;
  readonly onProbe: () => void;
  readonly onPrint: () => void;
  readonly onFollow: (draft: PrinterDraft) => void;
};

/** Asks the printer, prints a page on it, asks the person what came out, and says what to set. */
export function PrinterTry({ draft, trying, probed, printed, onProbe, onPrint, onFollow }: PrinterTryProps) {
  const { t } = useSpeech();
  const [answers, setAnswers] = useState<TestAnswers>(noAnswers);
  const cameOut = printed !== null && (printed.kind === 'confirmed' || printed.kind === 'sent');
  const advice = adviceFor(draft, answers);
  const isAnswered =
    answers.width !== null &&
    answers.arabic !== null &&
    answers.code !== null &&
    (answers.drawer !== null || !draft.hasDrawer);

  function abilities(): 'unknown' | 'full' | 'status' | 'mute' {
    if (draft.answersStatus === null) return 'unknown';
    if (!draft.answersStatus) return 'mute';
    return draft.acknowledges ? 'full' : 'status';
  }

  function adviceText(one: Advice): string {
    if (one.kind === 'dots') return t('printers.advice.dots', { dots: one.dotsPerLine });
    if (one.kind === 'otherPin') return t('printers.advice.otherPin', { pin: one.pin });
    return t(`printers.advice.${one.kind}`);
  }

  function yesNo(field: 'arabic' | 'code' | 'drawer') {
    return (
      <div className={classes.ask}>
        <span id={`ask-${field}`}>{t(`printers.ask.${field}`)}</span>
        <SegmentedControl
          aria-labelledby={`ask-${field}`}
          value={answers[field] === null ? '' : answers[field] ? 'yes' : 'no'}
          onChange={(value) => setAnswers({ ...answers, [field]: value === 'yes' })}
          data={[
            { value: 'yes', label: t('common.yes') },
            { value: 'no', label: t('common.no') },
          ]}
          size="xs"
          data-testid={`ask-${field}`}
        />
      </div>
    );
  }

  return (
    <section className={classes.try} aria-label={t('printers.tryTitle')}>
      <div className={classes.tryHead}>
        <h2 className={classes.subtitle}>{t('printers.tryTitle')}</h2>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconPlugConnected size="1.1rem" aria-hidden="true" />}
          loading={trying === 'probe'}
          disabled={trying === 'page'}
          onClick={onProbe}
          data-testid="printer-probe"
        >
          {draft.answersStatus === null ? t('printers.probe') : t('printers.probeAgain')}
        </Button>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconPrinter size="1.1rem" aria-hidden="true" />}
          loading={trying === 'page'}
          disabled={trying === 'probe'}
          onClick={() => {
            setAnswers(noAnswers);
            onPrint();
          }}
          data-testid="printer-page"
        >
          {t('printers.testPage')}
        </Button>
        <span className={classes.soft} data-testid="printer-abilities">
          {t(`printers.abilities.${abilities()}`)}
        </span>
      </div>
      {probed !== null && <Probed report={probed} />}
      {printed !== null && (
        <Notice kind={cameOut ? 'good' : 'problem'} testId="printer-printed">
          {t(`printers.printed.${printed.kind}`, {
            problem: printed.problem === null ? '' : t(`status.problems.${printed.problem}`),
          })}
        </Notice>
      )}
      {cameOut && (
        <div className={classes.asks} data-testid="printer-asks">
          <h2 className={classes.subtitle}>{t('printers.askTitle')}</h2>
          <div className={classes.ask}>
            <span id="ask-width">{t('printers.ask.width')}</span>
            <SegmentedControl
              aria-labelledby="ask-width"
              value={answers.width ?? ''}
              onChange={(value) => {
                const width = (['whole', 'cutOff', 'margin'] as const).find((one) => one === value);
                if (width !== undefined) setAnswers({ ...answers, width });
              }}
              data={(['whole', 'cutOff', 'margin'] as const).map((value) => ({
                value,
                label: t(`printers.widths.${value}`),
              }))}
              size="xs"
              data-testid="ask-width"
            />
          </div>
          {yesNo('arabic')}
          {yesNo('code')}
          {draft.hasDrawer && yesNo('drawer')}
          {advice.map((one) => {
            const better = followed(draft, one);
            return (
              <div key={one.kind} className={classes.advice} data-testid="printer-advice">
                <span>{adviceText(one)}</span>
                {better !== null && (
                  <Button size="xs" onClick={() => onFollow(better)} data-testid={`follow-${one.kind}`}>
                    {t('printers.advice.follow')}
                  </Button>
                )}
              </div>
            );
          })}
          {isAnswered && advice.length === 0 && <Notice kind="good">{t('printers.advice.good')}</Notice>}
        </div>
      )}
    </section>
  );
}

function Probed({ report: { look } }: { readonly report: ProbeReport }) {
  const { t } = useSpeech();
  if (look !== null && look.problem !== null)
    return (
      <Notice kind="problem" testId="printer-probed">
        {t('printers.probed.problem', { problem: t(`status.problems.${look.problem}`) })}
      </Notice>
    );
  const said = look === null ? 'quiet' : look.isPaperNearEnd ? 'nearEnd' : 'ready';
  return (
    <Notice kind={look === null ? 'hint' : 'good'} testId="printer-probed">
      {t(`printers.probed.${said}`)}
    </Notice>
  );
}
