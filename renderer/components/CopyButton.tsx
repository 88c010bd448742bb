import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';

type CopyButtonProps = {
  readonly text: string;
  readonly label: string;
  readonly copiedLabel: string;
  readonly testId?: string;
};

/** Copies a text and says so. The text is always on the screen too, to be selected by hand. */
export function CopyButton({ text, label, copiedLabel, testId }: CopyButtonProps) {
  const [isCopied, setIsCopied] = useState(false);
  const Icon = isCopied ? IconCheck : IconCopy;
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<Icon size="1rem" aria-hidden="true" />}
      onClick={() => {
        // Where the clipboard is not allowed the button keeps its name, and the text can still be selected.
        navigator.clipboard.writeText(text).then(
          () => setIsCopied(true),
          () => setIsCopied(false),
        );
      }}
      data-testid={testId}
    >
      <span aria-live="polite">{isCopied ? copiedLabel : label}</span>
    </Button>
  );
}
