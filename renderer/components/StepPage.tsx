import type { ReactNode } from 'react';
import classes from './StepPage.module.css';

type StepPageProps = {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
  /** At the end side: what it comes to, and the way on. */
  readonly aside: ReactNode;
  readonly asideLabel: string;
  /** At the foot of the page, small: the keys. */
  readonly hint?: string;
  readonly testId: string;
};

/** One step of something that has several: what is to be done at the start side, what it comes to at the end side. */
export function StepPage({ title, lead, children, aside, asideLabel, hint, testId }: StepPageProps) {
  return (
    <div className={classes.screen} data-testid={testId}>
      <section className={classes.desk}>
        <h1 className={classes.title}>{title}</h1>
        {lead !== undefined && <p className={classes.lead}>{lead}</p>}
        {children}
        {hint !== undefined && <p className={classes.hint}>{hint}</p>}
      </section>
      <aside className={classes.aside} aria-label={asideLabel}>
        {aside}
      </aside>
    </div>
  );
}
