import { Loader } from '@mantine/core';
import type { Picture } from '../stores/counter.ts';
import { Notice } from './Notice.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import classes from './ReceiptPicture.module.css';

type ReceiptPictureProps = {
  readonly picture: Picture;
  /** What it shows, in words. */
  readonly alt: string;
  /** `fit`: whole, in the room there is. `full`: as wide as the paper, may scroll. */
  readonly size: 'fit' | 'full';
};

/** The receipt as it is on the paper. */
export function ReceiptPicture({ picture, alt, size }: ReceiptPictureProps) {
  const { t } = useSpeech();
  if (picture.kind === 'loading') {
    return (
      <div className={classes.waiting} role="status">
        <Loader type="dots" aria-hidden="true" />
        {t('counter.drawing')}
      </div>
    );
  }
  if (picture.kind === 'failed') {
    return (
      <div className={classes.waiting}>
        <Notice kind="problem">{t('counter.pictureFailed')}</Notice>
      </div>
    );
  }
  return (
    // Taller than the window at full size: it scrolls by itself, with the keyboard too.
    <div className={classes.desk} data-size={size} {...(size === 'full' ? { tabIndex: 0 } : {})}>
      <img
        className={classes.paper}
        src={picture.png}
        width={picture.width}
        height={picture.height}
        alt={alt}
        data-testid="receipt-picture"
      />
    </div>
  );
}
