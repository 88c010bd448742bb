import { Modal } from '@mantine/core';
import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import classes from './Dialog.module.css';

/** False while the screen is locked: dialogs step aside with the rest, and come back as they were. */
export const DialogsAllowed = createContext(true);

type DialogProps = {
  readonly isOpen: boolean;
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly size?: string;
  readonly testId?: string;
};

/** A dialog over the screen. Its head is our own: Mantine's would be a second banner of the page. */
export function Dialog({ isOpen, title, closeLabel, onClose, children, size = 'md', testId }: DialogProps) {
  const isAllowed = useContext(DialogsAllowed);
  return (
    <Modal.Root
      opened={isOpen && isAllowed}
      onClose={onClose}
      size={size}
      classNames={{ content: classes.content ?? '' }}
    >
      <Modal.Overlay />
      {/* Still there while it fades, but no longer the one who is spoken to: see keys.ts. */}
      <Modal.Content data-testid={testId} data-closing={!(isOpen && isAllowed) || undefined}>
        <div className={classes.head}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          <Modal.CloseButton aria-label={closeLabel} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
