import {
  IconAlertTriangleFilled,
  IconBuildingBank,
  IconCircleCheck,
  IconCircleX,
  IconCornerUpLeft,
  IconHourglass,
  IconWallet,
} from '@tabler/icons-react';
import type { ChequeState, TransferState } from '../../shared/domain/registers.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import classes from './RegisterState.module.css';

const shapes = {
  inHand: IconWallet,
  deposited: IconBuildingBank,
  cleared: IconCircleCheck,
  bounced: IconAlertTriangleFilled,
  returned: IconCornerUpLeft,
  pending: IconHourglass,
  matched: IconCircleCheck,
  rejected: IconCircleX,
};

/** Where a cheque or a transfer is: told by a word, a shape and a colour. */
export function RegisterState({ state }: { readonly state: ChequeState | TransferState }) {
  const { t } = useSpeech();
  const Shape = shapes[state];
  return (
    <span className={classes.state} data-state={state}>
      <Shape size="1rem" stroke={2.2} aria-hidden="true" />
      {t(`registers.states.${state}`)}
    </span>
  );
}
