import type { ReactNode } from 'react';
import type { ApprovableAct } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { Dialog } from '../components/Dialog.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import type { Approval } from '../stores/approval.ts';
import { ApprovalForm } from './ApprovalForm.tsx';
import classes from './ApprovalForm.module.css';

type ApprovalDialogProps = {
  /** What is to be approved, exactly as it will be sent with the act; null: the dialog is closed. */
  readonly act: ApprovableAct | null;
  /** In words or figures what the supervisor puts their name to: stands above the PIN. */
  readonly what: ReactNode;
  /** Why another approval is needed: the refusal of the act that came with the last one (`approval.*`), or null. */
  readonly refused?: Failure | null;
  /**
   * The supervisor's word: send `approvalId` with the act, before `untilMs` (a `Countdown` can show it). It is good for
   * this act only; when main answers `approval.expired`, `.other` or `.used`, open the dialog again with `refused`.
   */
  readonly onApproved: (approval: Approval) => void;
  /** Escape, the cross or a click beside it: nothing was approved, and an answer that still comes is dropped. */
  readonly onClose: () => void;
};

/**
 * Asks a supervisor at this very PC for their word for one act: login and PIN, nothing is kept but the login.
 * Focus goes to the first field that is empty, Enter approves, Escape gives up; what is refused is said at its field.
 * Close whatever other dialog is open while this one is (two dialogs would both hear Escape).
 */
export function ApprovalDialog({ act, what, refused = null, onApproved, onClose }: ApprovalDialogProps) {
  const { t } = useSpeech();
  return (
    <Dialog
      isOpen={act !== null}
      title={t(act?.kind === 'day.exception' ? 'approval.titleAdministrator' : 'approval.title')}
      closeLabel={t('common.close')}
      onClose={onClose}
      size="30rem"
      testId="approval-dialog"
    >
      <div className={classes.what}>{what}</div>
      {act !== null && <ApprovalForm act={act} refused={refused} isBusy={false} onApproved={onApproved} />}
    </Dialog>
  );
}
