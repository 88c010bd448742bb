import type { Currency } from '../../shared/domain/money.ts';
import { minorDigits } from '../../shared/domain/money.ts';

/**
 * Reads Arabic amounts back into minor units, word by word as a person would, and refuses a noun, a
 * thousand or a dual in a form that its place does not take. It shares no table and no rule with shared/domain/words.ts.
 */

const values: Readonly<Record<string, number>> = {
  واحد: 1,
  أحد: 1,
  إحدى: 1,
  اثنان: 2,
  اثنا: 2,
  اثنتان: 2,
  اثنتا: 2,
  ثلاثة: 3,
  ثلاث: 3,
  أربعة: 4,
  أربع: 4,
  خمسة: 5,
  خمس: 5,
  ستة: 6,
  ست: 6,
  سبعة: 7,
  سبع: 7,
  ثمانية: 8,
  ثماني: 8,
  ثمانٍ: 8,
  تسعة: 9,
  تسع: 9,
  عشرة: 10,
  عشر: 10,
  عشرون: 20,
  ثلاثون: 30,
  أربعون: 40,
  خمسون: 50,
  ستون: 60,
  سبعون: 70,
  ثمانون: 80,
  تسعون: 90,
  مائة: 100,
  مائتان: 200,
  مائتا: 200,
  ثلاثمائة: 300,
  أربعمائة: 400,
  خمسمائة: 500,
  ستمائة: 600,
  سبعمائة: 700,
  ثمانمائة: 800,
  تسعمائة: 900,
};

/** Scale words: their size, how many they are by themselves when nothing counts them, and their form. */
const scales: Readonly<Record<string, readonly [size: number, alone: number, form: Form]>> = {
  ألف: [1_000, 1, 'singular'],
  ألفًا: [1_000, 1, 'accusative'],
  آلاف: [1_000, 1, 'plural'],
  ألفان: [1_000, 2, 'dual'],
  ألفا: [1_000, 2, 'dual'],
  مليون: [1_000_000, 1, 'singular'],
  مليونًا: [1_000_000, 1, 'accusative'],
  ملايين: [1_000_000, 1, 'plural'],
  مليونان: [1_000_000, 2, 'dual'],
  مليونا: [1_000_000, 2, 'dual'],
};

/** Words that stand only right before what they count, and words that never do. */
const onlyInConstruct = new Set(['مائتا', 'ألفا', 'مليونا', 'ثماني']);
const neverInConstruct = new Set(['مائتان', 'ألفان', 'مليونان', 'ألفًا', 'مليونًا', 'ثمانٍ']);

type Form = 'singular' | 'dual' | 'plural' | 'accusative';
type Unit = 'major' | 'minor';

const adjectives: Readonly<Record<string, readonly Form[]>> = {
  أردني: ['singular'],
  أردنيان: ['dual'],
  أردنية: ['plural'],
  أردنيًا: ['accusative'],
  أمريكي: ['singular'],
  أمريكيان: ['dual'],
  أمريكية: ['plural'],
  أمريكيًا: ['accusative'],
};

const counted: Readonly<Record<Currency, Readonly<Record<string, readonly [Unit, readonly Form[]]>>>> = {
  ILS: {
    شيكل: ['major', ['singular']],
    شيكلان: ['major', ['dual']],
    شواكل: ['major', ['plural']],
    شيكلًا: ['major', ['accusative']],
    أغورة: ['minor', ['singular', 'accusative']],
    أغورتان: ['minor', ['dual']],
    أغورات: ['minor', ['plural']],
  },
  JOD: {
    دينار: ['major', ['singular']],
    ديناران: ['major', ['dual']],
    دنانير: ['major', ['plural']],
    دينارًا: ['major', ['accusative']],
    فلس: ['minor', ['singular']],
    فلسان: ['minor', ['dual']],
    فلوس: ['minor', ['plural']],
    فلسًا: ['minor', ['accusative']],
  },
  USD: {
    دولار: ['major', ['singular']],
    دولاران: ['major', ['dual']],
    دولارات: ['major', ['plural']],
    دولارًا: ['major', ['accusative']],
    سنت: ['minor', ['singular']],
    سنتان: ['minor', ['dual']],
    سنتات: ['minor', ['plural']],
    سنتًا: ['minor', ['accusative']],
  },
};

/** The minor units that the words say. @throws Error at the first word that does not belong where it stands. */
export function readAmount(text: string, currency: Currency): number {
  const nouns = counted[currency];
  const isKnown = (word: string): boolean =>
    word in values ||
    word in scales ||
    word in nouns ||
    word in adjectives ||
    word === 'واحدة' ||
    word === 'صفر';

  const words = text.split(' ').map((written) => {
    if (isKnown(written)) return { word: written, joined: false };
    if (written.startsWith('و') && isKnown(written.slice(1))) return { word: written.slice(1), joined: true };
    throw new Error(`unknown word ${JSON.stringify(written)} in «${text}»`);
  });

  const totals = { major: 0, minor: 0 };
  /** What was counted since the last noun, and the part of it that no scale word has taken yet. */
  let sum = 0;
  let group = 0;
  let zero = false;
  let expectOne: string | undefined;
  let forms: readonly Form[] = [];

  for (const [index, { word, joined }] of words.entries()) {
    const wrong = (why: string): Error => new Error(`${why}: ${word} in «${text}»`);

    if (word in adjectives) {
      if (joined || !adjectives[word]?.some((form) => forms.includes(form)))
        throw wrong('disagreeing adjective');
      continue;
    }
    if (expectOne !== undefined) {
      if (word !== expectOne || joined) throw wrong(`expected ${expectOne}`);
      expectOne = undefined;
      continue;
    }
    if (word === 'صفر') {
      if (index > 0) throw wrong('zero in the middle');
      zero = true;
      continue;
    }

    const noun = nouns[word];
    if (noun !== undefined) {
      const [unit] = noun;
      forms = noun[1];
      const pending = sum + group;
      if (unit === 'major' && totals.minor > 0) throw wrong('a major unit after the minor');
      if (zero) {
        if (!forms.includes('singular')) throw wrong('zero takes the singular');
      } else if (pending === 0) {
        const dual = forms.includes('dual');
        if (!dual && !forms.includes('singular')) throw wrong('nothing counted');
        if (!dual) expectOne = word === 'أغورة' ? 'واحدة' : 'واحد';
        totals[unit] += dual ? 2 : 1;
      } else {
        if (joined) throw wrong('و before a counted noun');
        const form = formAfter(pending);
        if (form === undefined || !forms.includes(form))
          throw wrong(`${pending} takes the ${form ?? 'bare noun'}`);
        totals[unit] += pending;
      }
      sum = 0;
      group = 0;
      continue;
    }

    const next = words[index + 1];
    const beforeNoun = next !== undefined && !next.joined && next.word in nouns;
    const beforeScale = next !== undefined && !next.joined && next.word in scales;
    const beforeTen = next !== undefined && !next.joined && next.word === 'عشرة';
    const inConstruct = beforeNoun || beforeScale || beforeTen;
    if (inConstruct ? neverInConstruct.has(word) : onlyInConstruct.has(word)) throw wrong('wrong state');

    const scale = scales[word];
    if (scale !== undefined) {
      const [size, alone, form] = scale;
      if (group > 0) {
        // Eleven to ninety-nine take the accusative, which has no tanwin right before a noun.
        const taken = formAfter(group);
        const expected = taken === 'accusative' && beforeNoun ? 'singular' : taken;
        if (joined || form !== expected) throw wrong(`${group} takes the ${expected ?? 'scale word alone'}`);
      } else if (form !== 'singular' && form !== 'dual') {
        throw wrong('nothing counted');
      }
      sum += (group === 0 ? alone : group) * size;
      group = 0;
      continue;
    }

    const teen = word === 'عشر' || (word === 'عشرة' && !joined && group % 10 > 0);
    if (group > 0 && !joined && !teen) throw wrong('a number without و');
    group += values[word] ?? 0;
  }

  if (expectOne !== undefined || sum + group > 0) throw new Error(`unfinished: «${text}»`);
  return totals.major * 10 ** minorDigits[currency] + totals.minor;
}

/** The form of a noun after a number; none after one and two, which never stand before a noun. */
function formAfter(count: number): Form | undefined {
  const rest = count % 100;
  if (rest === 0) return 'singular';
  if (rest <= 2) return undefined;
  return rest <= 10 ? 'plural' : 'accusative';
}
