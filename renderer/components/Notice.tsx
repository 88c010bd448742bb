import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Notice.module.css';

type NoticeProps = {
  readonly kind: 'problem' | 'good' | 'hint';
  readonly children: ReactNode;
  readonly testId?: string;
};

const icons = { problem: IconAlertTriangle, good: IconCircleCheck, hint: IconInfoCircle };

/** A sentence where it belongs, with a shape as well as a colour. Problems are announced at once. */
export function Notice({ kind, children, testId }: NoticeProps) {
  const Icon = icons[kind];
  return (
    <div
      className={classes.notice}
      data-kind={kind}
      role={kind === 'problem' ? 'alert' : 'status'}
      data-testid={testId}
    >
      <Icon size="1.25rem" aria-hidden="true" />
      <div>{children}</div>
    </div>
  );
}
