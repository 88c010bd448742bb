import type { SoldService } from '../../shared/ipc/contract.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

type Category = readonly [code: string, ar: string, en: string];
type Service = readonly [code: string, ar: string, en: string, nature: 'billed' | 'counter' | 'fine'];

/** Who the subscriber is: fees and council decisions differ by it. */
export const standardCategories: readonly Category[] = [
  ['domestic', 'منزلي', 'Domestic'],
  ['trade', 'تجاري', 'Trade'],
  ['craft', 'صناعي وحرفي', 'Craft and industry'],
  ['institution', 'مؤسسات', 'Institutions'],
  ['farm', 'زراعي', 'Farms'],
  ['stall', 'بسطات وأسواق', 'Stalls and markets'],
];

/** What a municipality of the area bills and sells; the words are the glossary's (handbook: product.md). */
export const standardServices: readonly Service[] = [
  ['collection', 'فاتورة الجباية', 'Collection bill', 'billed'],
  ['water', 'مياه', 'Water', 'billed'],
  ['sewage', 'صرف صحي', 'Sewage', 'billed'],
  ['waste', 'نفايات', 'Waste collection', 'billed'],
  ['propertyTax', 'ضريبة أملاك', 'Property tax', 'billed'],
  ['occupancyTax', 'ضريبة إشغال', 'Occupancy tax', 'billed'],
  ['tradeLicence', 'رخصة حرفة', 'Trade licence', 'billed'],
  ['signs', 'لوحات إعلانية', 'Advertising signs', 'billed'],
  ['stallRent', 'إيجار بسطة', 'Stall rent', 'billed'],
  ['marketRent', 'إيجار محل في السوق', 'Market shop rent', 'billed'],
  ['landRent', 'إيجار أرض', 'Land rent', 'billed'],
  ['wellWater', 'مياه ري', 'Irrigation water', 'billed'],
  ['buildingLicence', 'رخصة بناء', 'Building licence', 'counter'],
  ['buildingExtension', 'رخصة إضافة بناء', 'Building extension licence', 'counter'],
  ['siteplan', 'مخطط موقع', 'Site plan', 'counter'],
  ['planningCertificate', 'شهادة تنظيم', 'Planning certificate', 'counter'],
  ['clearance', 'براءة ذمة', 'Clearance certificate', 'counter'],
  ['residence', 'شهادة إثبات سكن', 'Certificate of residence', 'counter'],
  ['ownershipTransfer', 'نقل اشتراك', 'Transfer of account', 'counter'],
  ['stamp', 'طوابع بلدية', 'Municipal stamps', 'counter'],
  ['waterConnection', 'رسوم توصيل مياه', 'Water connection fee', 'counter'],
  ['sewageConnection', 'رسوم توصيل صرف صحي', 'Sewage connection fee', 'counter'],
  ['meterChange', 'استبدال عداد', 'Meter replacement', 'counter'],
  ['roadCut', 'رسوم قطع شارع', 'Road cutting fee', 'counter'],
  ['tankerWater', 'صهريج مياه', 'Water by tanker', 'counter'],
  ['cesspit', 'نضح حفرة امتصاصية', 'Cesspit emptying', 'counter'],
  ['rubble', 'ترحيل ركام', 'Rubble removal', 'counter'],
  ['hallRent', 'إيجار قاعة', 'Hall hire', 'counter'],
  ['library', 'رسوم المكتبة', 'Library fees', 'counter'],
  ['parking', 'موقف مركبات', 'Vehicle parking', 'counter'],
  ['slaughterhouse', 'رسوم المسلخ', 'Slaughterhouse fees', 'counter'],
  ['cemetery', 'رسوم مقبرة', 'Cemetery fees', 'counter'],
  ['lateFine', 'غرامة تأخير', 'Late payment fine', 'fine'],
  ['violationFine', 'غرامة مخالفة', 'Violation fine', 'fine'],
  ['buildingFine', 'غرامة مخالفة بناء', 'Building violation fine', 'fine'],
  ['bouncedCheque', 'رسوم شيك مرتجع', 'Bounced cheque fee', 'billed'],
  ['recoveredCredit', 'استرداد رصيد مستعمل', 'Recovered credit', 'billed'],
];

/** Licences are paid whole; a tax is not paid in crumbs. Shares of what is owed, in percent. */
const leastPercents: Readonly<Record<string, number>> = { tradeLicence: 100, signs: 100, propertyTax: 25 };

/** Prices that a council fixes, agorot; the rest is reckoned case by case and typed. */
const prices: Readonly<Record<string, number>> = {
  siteplan: 3_000,
  planningCertificate: 5_000,
  clearance: 2_000,
  residence: 1_000,
  library: 1_000,
  parking: 200,
};

/** Puts in the categories and services that every municipality begins with; what is there already stays as it is. */
export function insertStandardCatalogue(tx: Tx): void {
  const category = prepared(
    tx,
    'INSERT INTO categories (code, name_ar, name_en) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  for (const row of standardCategories) category.run(...row);
  const service = prepared(
    tx,
    'INSERT INTO services (code, name_ar, name_en, nature, position, least_percent, price_minor) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  standardServices.forEach((row, index) =>
    service.run(...row, index + 1, leastPercents[row[0]] ?? 0, prices[row[0]] ?? null),
  );
}

/** What is sold over the counter: everything that sends no bill, in the catalogue's order. */
export function listSold(db: ReadDb): SoldService[] {
  return prepared<SoldService>(
    db,
    `SELECT code, name_ar AS ar, name_en AS en, price_minor AS priceMinor FROM services WHERE nature <> 'billed' ORDER BY position, code`,
  ).all();
}
