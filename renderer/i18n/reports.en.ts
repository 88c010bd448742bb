import type { Words } from './words.ts';
import type { reports as arabic } from './reports.ar.ts';

export const reports: Words<typeof arabic> = {
  title: 'Reports',
  list: 'Which report?',
  period: 'Period',
  choices: {
    today: 'Today',
    yesterday: 'Yesterday',
    week: 'This week',
    month: 'This month',
    lastMonth: 'Last month',
  },
  from: 'From',
  to: 'To',
  show: 'Show',
  dateWrong: 'Type the date like this: 05/03/2026',
  till: 'Till',
  everyTill: 'Every till',
  cashier: 'Cashier',
  everyCashier: 'Everybody',
  working: 'The report is being made…',
  stop: 'Stop',
  chart: 'Chart: {{title}}',
  table: 'Table: {{title}}',
  total: 'Total',
  ownShift: 'Your own open shift is not in the report: its figures come after it is counted.',
  firstRows: 'These are the first {{count}} rows; the saved file has all of them.',
  save: 'Save',
  saveAs: { xlsx: 'Excel', csv: 'CSV' },
  saved: 'The report was saved in the file you chose.',
  narrowed: 'For another period, till or cashier change the choice above.',
};
