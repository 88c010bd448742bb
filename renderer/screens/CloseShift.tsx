import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Figure } from '../components/Figure.tsx';
import { FloatCount } from '../components/FloatCount.tsx';
import { Notice } from '../components/Notice.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { useShift } from '../stores/shift.ts';
import classes from './ShiftScreen.module.css';

/** The blind count, then what should have been there, then the close. */
export function CloseShift() {
  const { t, failure, currencyName } = useSpeech();
  const { sheet, outcome, isWorking, failure: failed, count, close, leaveCount } = useShift();
  const [there, setThere] = useState<ReadonlySet<string>>(new Set());
  const [explanation, setExplanation] = useState('');
  const problem = failed === null ? null : failure(failed);
  if (sheet === null) return null;
  const papers = sheet.papers.map((paper) => ({ ...paper, key: `${paper.paymentId}/${paper.line}` }));

  if (outcome === null)
    return (
      <Stack>
        {papers.map((paper) => (
          <Checkbox
            key={paper.key}
            checked={there.has(paper.key)}
            onChange={() => setThere(toggled(there, paper.key))}
            label={`${paper.receiptNumber} · ${figures(paper.minor, paper.currency)}`}
            data-testid={`paper-${paper.key}`}
          />
        ))}
        <FloatCount
          till={null}
          isWorking={isWorking}
          problem={problem}
          onOpen={(lines) =>
            void count(lines, new Set(papers.map(({ key }) => key).filter((key) => !there.has(key))), '')
          }
        />
        <Button variant="default" onClick={leaveCount}>
          {t('common.cancel')}
        </Button>
      </Stack>
    );
  const differs =
    outcome.missing.length > 0 || outcome.results.some(({ differenceMinor }) => differenceMinor !== 0);
  return (
    <Stack>
      <h2 className={classes.title}>{t('shift.closeTitle')}</h2>
      {outcome.results.map((result) => (
        <dl className={classes.facts} key={result.currency} data-testid={`result-${result.currency}`}>
          <dt>{currencyName(result.currency)}</dt>
          <dd>
            <Figure text={figures(result.countedMinor, result.currency)} />
          </dd>
          <dt>{t('shift.expected')}</dt>
          <dd>
            <Figure text={figures(result.expectedMinor, result.currency)} />
          </dd>
          <dt>{t('shift.difference')}</dt>
          <dd>
            <Figure text={figures(result.differenceMinor, result.currency)} />
          </dd>
        </dl>
      ))}
      {differs && (
        <TextInput
          label={t('shift.explanation')}
          value={explanation}
          onChange={(event) => setExplanation(event.currentTarget.value)}
          data-testid="close-explanation"
        />
      )}
      <p className={classes.text}>{t('shift.closeConsequence')}</p>
      {problem !== null && <Notice kind="problem">{problem}</Notice>}
      <Group justify="flex-end">
        <Button
          color="clay"
          loading={isWorking}
          disabled={differs && explanation.trim().length < 3}
          onClick={() => void close(explanation.trim())}
          data-testid="close-shift-confirm"
        >
          {t('shift.closeConfirm')}
        </Button>
      </Group>
    </Stack>
  );
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}
