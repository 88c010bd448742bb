import type { DemonstrationSignIns, Settings } from '../../shared/ipc/contract.ts';
import type { Printer } from '../../shared/ipc/printing.ts';
import { defaultSettings } from '../settings/settings.ts';

/** Made-up people, one for each role and a second cashier; their PINs are shown on the sign-in screen. */
export const demonstrationPeople: DemonstrationSignIns = [
  { login: 'amal', pin: '258036', role: 'cashier', nameAr: 'أمل الصباح', nameEn: 'Amal' },
  { login: 'yousef', pin: '471903', role: 'cashier', nameAr: 'يوسف النجار', nameEn: 'Yousef' },
  { login: 'huda', pin: '630284', role: 'supervisor', nameAr: 'هدى المنارة', nameEn: 'Huda' },
  { login: 'admin', pin: '918273', role: 'administrator', nameAr: 'مدير النظام', nameEn: 'Administrator' },
  { login: 'nader', pin: '507162', role: 'auditor', nameAr: 'نادر الأمين', nameEn: 'Nader' },
];

export const demonstrationTill = 'KY01';

/** A printer that answers everything, with a drawer on it: the virtual one, on the port of real ones. */
export const demonstrationPrinter: Printer = {
  id: 'receipts',
  name: 'طابعة السندات',
  way: { kind: 'tcp', host: '127.0.0.1', port: 9100 },
  dotsPerLine: 576,
  density: 'normal',
  cut: 'full',
  feedLines: 4,
  drawer: { pin: 2, onMs: 120, offMs: 240 },
  answersStatus: true,
  acknowledges: true,
};

/** The settings that have this printer on another port, or none. */
export function printersAt(port: number | null): Pick<Settings, 'printers' | 'routes'> {
  if (port === null) return { printers: [], routes: defaultSettings.routes };
  return {
    printers: [{ ...demonstrationPrinter, way: { kind: 'tcp', host: '127.0.0.1', port } }],
    routes: { ...defaultSettings.routes, main: demonstrationPrinter.id },
  };
}

/** The printer is the virtual one that `npm start` and the demo run on this machine. */
export function demonstrationSettings(language: 'ar' | 'en'): Settings {
  return {
    ...defaultSettings,
    municipality: { ar: 'بلدية خان يونس', en: 'Municipality of Khan Younis' },
    centre: { ar: 'مركز خدمات الجمهور', en: 'Public Service Centre' },
    defaultLanguage: language,
    ...printersAt(9100),
  };
}
