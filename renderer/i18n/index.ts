import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../shared/domain/dates.ts';
import { ar } from './ar.ts';
import { en } from './en.ts';

export const words = { ar, en };

/** Both languages are in the bundle: switching needs no loading and no restart. */
export async function startWords(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'ar',
    resources: { ar: { translation: ar }, en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  });
}

export function speak(language: Language): void {
  void i18next.changeLanguage(language);
}
