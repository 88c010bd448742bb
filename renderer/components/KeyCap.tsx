import classes from './KeyCap.module.css';

/** The key that does the same, printed on its button. Not read aloud: the button says it by aria-keyshortcuts. */
export function KeyCap({ keys }: { readonly keys: string }) {
  return (
    <kbd className={classes.key} dir="ltr" aria-hidden="true">
      {keys}
    </kbd>
  );
}
