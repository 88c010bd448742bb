import type { Words } from './words.ts';

export const printing = {
  askTitle: 'Did the receipt come out?',
  askText: 'Sending broke off while receipt {{number}} was printing. Look at the printer.',
  cameOut: 'Yes, it came out',
  didNot: 'No, print it',
  states: {
    intended: 'waits to be printed',
    sending: 'being sent to the printer',
    sent: 'sent to the printer',
    confirmed: 'printed',
    failedNotSent: 'not printed yet',
    unknown: 'not known whether it came out',
  },
} as const satisfies Words['printing'];
