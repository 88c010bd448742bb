import { TextInput } from '@mantine/core';
import type { TextInputProps } from '@mantine/core';
import type { Ref } from 'react';

type MoneyFieldProps = Omit<TextInputProps, 'onChange' | 'value' | 'type'> & {
  readonly value: string;
  readonly onType: (text: string) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
};

/**
 * A field for an amount: plain text, kept exactly as typed, read by shared/domain/moneyInput. Number inputs that
 * format while one types were measured to lose digits (interface.md), so nothing is formatted here.
 */
export function MoneyField({ value, onType, inputRef, onFocus, ...rest }: MoneyFieldProps) {
  return (
    <TextInput
      {...rest}
      {...(inputRef === undefined ? {} : { ref: inputRef })}
      value={value}
      onChange={(event) => onType(event.currentTarget.value)}
      onFocus={(event) => {
        event.currentTarget.select();
        onFocus?.(event);
      }}
      dir="ltr"
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      data-money=""
    />
  );
}
