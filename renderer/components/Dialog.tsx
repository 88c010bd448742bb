import { Modal } from '@mantine/core';
import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';

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

export function Dialog({ isOpen, title, closeLabel, onClose, children, size = 'md', testId }: DialogProps) {
  const isAllowed = useContext(DialogsAllowed);
  return (
    <Modal
      opened={isOpen && isAllowed}
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ 'aria-label': closeLabel }}
      data-testid={testId}
    >
      {children}
    </Modal>
  );
}
