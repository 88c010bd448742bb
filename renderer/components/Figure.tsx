import classes from './Figure.module.css';

type FigureProps = {
  readonly text: string;
  readonly size?: 'inline' | 'row' | 'large' | 'huge';
  readonly testId?: string;
};

/** An amount with its currency beside it: tabular digits, always left to right, never broken over lines. */
export function Figure({ text, size = 'inline', testId }: FigureProps) {
  return (
    <bdi dir="ltr" className={classes.figure} data-size={size} data-testid={testId}>
      {text}
      {text !== '—' && <span className={classes.currency}>₪</span>}
    </bdi>
  );
}
