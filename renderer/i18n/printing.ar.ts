/** What the counter says about paper and printers; ar.ts says how its words are written. */
export const printing = {
  askTitle: 'هل خرج السند؟',
  askText: 'انقطع الإرسال أثناء طباعة السند {{number}}. انظر إلى الطابعة.',
  cameOut: 'نعم، خرج',
  didNot: 'لا، اطبعه',
  states: {
    intended: 'ينتظر الطباعة',
    sending: 'يُرسل إلى الطابعة',
    sent: 'أُرسل إلى الطابعة',
    confirmed: 'طُبع',
    failedNotSent: 'لم يُطبع بعد',
    unknown: 'لا يُعرف هل خرج',
  },
} as const;
