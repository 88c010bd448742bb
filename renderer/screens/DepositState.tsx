import { IconBuildingBank, IconCircleCheck, IconCircleX, IconPackage } from '@tabler/icons-react';
import type { DepositState as State } from '../../shared/domain/deposit.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import classes from './DepositScreen.module.css';

const shapes: Readonly<Record<State, typeof IconPackage>> = {
  prepared: IconPackage,
  deposited: IconBuildingBank,
  confirmed: IconCircleCheck,
  cancelled: IconCircleX,
};

/** Where a deposit is: told by a word, a shape and a colour. */
export function DepositState({ state }: { readonly state: State }) {
  const { t } = useSpeech();
  const Shape = shapes[state];
  return (
    <span className={classes.state} data-state={state}>
      <Shape size="1rem" stroke={2.2} aria-hidden="true" />
      {t(`day.deposit.states.${state}`)}
    </span>
  );
}
