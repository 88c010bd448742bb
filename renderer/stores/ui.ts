import { create } from 'zustand';
import type { Language } from '../../shared/domain/dates.ts';

export type TextSize = 'normal' | 'large' | 'largest';
export type ScreenName =
  | 'counter'
  | 'shift'
  | 'receipts'
  | 'registers'
  | 'day'
  | 'reports'
  | 'audit'
  | 'administration'
  | 'papers';
/** What a supervisor or auditor does on the screen of the shifts. */
export type ShiftTab = 'mine' | 'drawers' | 'rates' | 'books';
export const textSizes: readonly TextSize[] = ['normal', 'large', 'largest'];

/** What the person likes to look at: kept on this machine, known to nobody else. */
type Preferences = { readonly language: Language | null; readonly textSize: TextSize };

type UiState = Preferences & {
  readonly screen: ScreenName;
  /** Null: what the role begins with. */
  readonly shiftTab: ShiftTab | null;
  readonly isGuideOpen: boolean;
  chooseLanguage(language: Language): void;
  nextTextSize(): void;
  show(screen: ScreenName): void;
  showShift(tab: ShiftTab | null): void;
  toggleGuide(isOpen?: boolean): void;
};

const storageKey = 'sanduq.preferences';

function remembered(): Preferences {
  const text = typeof localStorage === 'undefined' ? null : localStorage.getItem(storageKey);
  const [language, textSize] = (text ?? '').split(' ');
  return {
    language: language === 'ar' || language === 'en' ? language : null,
    textSize: textSizes.find((size) => size === textSize) ?? 'normal',
  };
}

export const useUi = create<UiState>((set, get) => {
  function keep(changed: Partial<Preferences>): void {
    set(changed);
    const { language, textSize } = get();
    if (typeof localStorage !== 'undefined')
      localStorage.setItem(storageKey, `${language ?? '-'} ${textSize}`);
  }
  return {
    ...remembered(),
    screen: 'counter',
    shiftTab: null,
    isGuideOpen: false,
    chooseLanguage: (language) => keep({ language }),
    nextTextSize: () => {
      const next = textSizes[(textSizes.indexOf(get().textSize) + 1) % textSizes.length];
      keep({ textSize: next ?? 'normal' });
    },
    show: (screen) => set({ screen }),
    showShift: (shiftTab) => set({ screen: 'shift', shiftTab }),
    toggleGuide: (isOpen) => set((state) => ({ isGuideOpen: isOpen ?? !state.isGuideOpen })),
  };
});
