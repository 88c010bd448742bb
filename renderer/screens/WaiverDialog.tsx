import { Figure } from '../components/Figure.tsx';
import { figures, isolate, useSpeech } from '../i18n/useSpeech.ts';
import { useCounter } from '../stores/counter.ts';
import { ApprovalDialog } from './ApprovalDialog.tsx';
import classes from './WaiverDialog.module.css';

type WaiverDialogProps = {
  readonly payerName: string;
  readonly totalMinor: number;
  readonly onClosed: () => void;
};

/** A supervisor's word for what is waived in the payment on the screen, before it is sent. */
export function WaiverDialog({ payerName, totalMinor, onClosed }: WaiverDialogProps) {
  const { t, money, date } = useSpeech();
  const { approving, approve, cancelApproval } = useCounter();
  const tenders = approving?.act.kind === 'payment.waiver' ? approving.act.contents.tenders : [];
  const waivers = tenders.flatMap((tender) => (tender.kind === 'waiver' ? [tender] : []));
  const waivedMinor = waivers.reduce((sum, { receivedMinor }) => sum + receivedMinor, 0);
  return (
    <ApprovalDialog
      act={approving?.act ?? null}
      refused={approving?.refused ?? null}
      what={
        approving !== null && (
          <div className={classes.what} data-testid="waiver-what">
            <p className={classes.sentence}>
              {t('waiver.sentence', {
                name: payerName,
                amount: money(waivedMinor),
                total: money(totalMinor),
              })}
            </p>
            {waivers.map((waiver) => (
              <p key={`${waiver.decisionNumber} ${waiver.decisionOn}`} className={classes.decision}>
                <span>
                  {t('waiver.decision', {
                    number: isolate(waiver.decisionNumber),
                    date: date(waiver.decisionOn),
                  })}
                </span>
                <Figure text={figures(waiver.receivedMinor)} size="large" />
              </p>
            ))}
          </div>
        )
      }
      onApproved={({ approvalId }) => {
        void approve(approvalId);
        onClosed();
      }}
      onClose={() => {
        cancelApproval();
        onClosed();
      }}
    />
  );
}
