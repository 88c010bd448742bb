import type { Words } from './words.ts';

export const shift = {
  title: 'Shift',
  openTitle: 'Open your shift',
  openText:
    'Count the opening float in the drawer, note by note. No money is taken before the shift is open.',
  denomination: 'Denomination',
  quantity: 'Number',
  value: 'Value',
  quantityOf: 'How many of {{value}}',
  notes: 'note',
  coins: 'coin',
  float: 'Opening float',
  willOpen: 'A shift will be opened with a float of {{total}} on till {{till}}.',
  willOpenEmpty: 'A shift will be opened without a float on till {{till}}.',
  open: 'Open the shift',
  quantityInvalid: 'A whole number',
  current: 'The open shift',
  openedAt: 'Opened',
  businessDate: 'Business day',
  receiptCount: 'Receipts of this shift',
  receipts_one: '{{count}} receipt',
  receipts_other: '{{count}} receipts',
  blind: 'No sum of cash is shown here: the count always comes before the expected total.',
  close: 'Close the shift',
  closeTitle: 'Closing the shift',
  closeConsequence:
    'Once closed, nothing more is taken in this shift and it is not opened again. The money stays in your custody until it is paid in.',
  closeConfirm: 'Close it now',
  notForRole: 'Cashiers and supervisors open shifts.',
  goCounter: 'To the counter',
} as const satisfies Words['shift'];
