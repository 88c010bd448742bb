import type { ReactNode } from 'react';
import { icon } from './crest.ts';
import classes from './Page.module.css';

type PageProps = {
  readonly children: ReactNode;
  /** Beside the card: people to choose, for instance. */
  readonly aside?: ReactNode;
  readonly footer?: ReactNode;
  readonly brand: string;
  readonly subtitle?: string | undefined;
  readonly wide?: boolean;
  /** Said across the top where nothing is real. */
  readonly mark?: string | undefined;
};

/** The quiet page around everything that comes before the counter: boot, set-up, sign-in, lock, fatal. */
export function Page({ children, aside, footer, brand, subtitle, wide = false, mark }: PageProps) {
  return (
    <div className={classes.page}>
      <header className={classes.brand}>
        <img src={icon} alt="" width={52} height={52} />
        <div>
          <div className={classes.name}>{brand}</div>
          {subtitle !== undefined && <div className={classes.subtitle}>{subtitle}</div>}
        </div>
        {mark !== undefined && <strong className={classes.mark}>{mark}</strong>}
      </header>
      <main className={classes.middle}>
        <div className={classes.card} data-wide={wide || undefined}>
          {children}
        </div>
        {aside}
      </main>
      <footer className={classes.footer}>{footer}</footer>
    </div>
  );
}
