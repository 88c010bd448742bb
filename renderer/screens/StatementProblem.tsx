import { Notice } from '../components/Notice.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useStatements } from '../stores/statements.ts';

/** What went wrong, where the hands are. */
export function StatementProblem() {
  const { t, failure } = useSpeech();
  const failed = useStatements((state) => state.failure);
  if (failed === null) return null;
  return (
    <Notice kind="problem" testId="statement-problem">
      {failed.code === 'lost' ? t('registers.lost') : failure(failed)}
    </Notice>
  );
}
