import { expect, it } from 'vitest';
import { emptyFee, readFee, unitText } from '../../renderer/draft/feeDraft.ts';

const services = [
  { code: 'siteplan', ar: 'مخطط موقع', en: 'Site plan', priceMinor: 3000 },
  { code: 'stamp', ar: 'طابع', en: 'Stamp', priceMinor: null },
];

it('a service with a fixed price costs that, whatever was typed for another one before', () => {
  const texts = { ...emptyFee, service: 'siteplan', quantity: '2', unit: '7' };
  expect(unitText(texts, services)).toBe('30.00');
  expect(readFee(texts, services, false)).toMatchObject({ fee: { unitMinor: 3000 }, totalMinor: 6000 });
});

it('a service without one costs what is typed', () => {
  const texts = { ...emptyFee, service: 'stamp', unit: '7' };
  expect(unitText(texts, services)).toBe('7');
  expect(readFee(texts, services, false).fee?.unitMinor).toBe(700);
  expect(readFee({ ...texts, unit: '' }, services, false).problems.get('unit')).toBeDefined();
});
