import { loadFonts } from './fonts.ts';
import { pageNonce } from './nonce.ts';
import { usedStyles } from './usedStyles.ts';

/**
 * The sign-in as this window showed it last. The next start puts it on the screen before anything else is loaded, so that
 * a name and a PIN can be typed while the program loads behind it; then the real screen takes its place, with what was
 * typed. Nothing here may need the program: it is all that is loaded before the first picture.
 */
const storageKey = 'sanduq.face';
const faceId = 'face';

type Face = {
  /** The script that drew it: another build draws another face. */
  readonly build: string;
  readonly html: string;
  readonly css: string;
  /** Weights, and the letters that are set in each. */
  readonly fonts: readonly (readonly [weight: string, letters: string])[];
  readonly attributes: Readonly<Record<string, string>>;
};

/** What a person did before the real screen was there. */
export type Typed = {
  readonly login: string;
  readonly secret: string;
  readonly isAtSecret: boolean;
  /** The test id of what was pressed last; Enter presses the form's button. */
  readonly pressed: string | null;
};

const loginField = '[data-testid="sign-in-login"]';
const secretField = '[data-testid="sign-in-secret"]';

/** The style that the policy would keep a parsed element from having: set by script it may. */
const keptStyle = 'data-style';

/** Of the document's own attributes those that make the picture: language, direction, light or dark, text size. */
const pictured = ['lang', 'dir', 'data-mantine-color-scheme', 'data-text-size'];

let pressed: string | null = null;
let typed: Typed | null = null;

/** The main script and its sheets, by their names in this build. */
export function mainParts(): { readonly script: string; readonly styles: readonly string[] } {
  const { main = '', styles = '' } =
    document.querySelector<HTMLElement>('script[data-main]')?.dataset ?? ({} as DOMStringMap);
  const address = (name: string): string => new URL(name, document.baseURI).href;
  return { script: address(main), styles: styles.split(' ').map(address) };
}

/** Puts the face on the screen, when its letters are there. @returns whether there is one */
export async function showFace(): Promise<boolean> {
  const face = findFace();
  if (face === null) return false;
  for (const [name, value] of Object.entries(face.attributes))
    document.documentElement.setAttribute(name, value);
  const style = document.createElement('style');
  style.nonce = pageNonce();
  style.textContent = face.css;
  document.head.append(style);
  await loadFonts(face.fonts);
  const place = document.createElement('div');
  place.id = faceId;
  place.innerHTML = face.html;
  for (const element of place.querySelectorAll<HTMLElement>(`[${keptStyle}]`))
    element.style.cssText = element.getAttribute(keptStyle) ?? '';
  place.append(style);
  place.addEventListener('click', ({ target }) => {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-testid]') : null;
    pressed = element?.dataset['testid'] ?? pressed;
  });
  place.addEventListener('submit', (event) => event.preventDefault());
  // Who types on after Enter did not mean it: half a PIN must not become an attempt.
  place.addEventListener('input', () => {
    pressed = null;
  });
  document.body.prepend(place);
  place.querySelector<HTMLInputElement>(loginField)?.focus();
  return true;
}

/** Takes the face off the screen; what was typed on it waits for the sign-in. */
export function removeFace(): void {
  const place = document.getElementById(faceId);
  if (place === null) return;
  const login = place.querySelector<HTMLInputElement>(loginField);
  const secret = place.querySelector<HTMLInputElement>(secretField);
  typed = {
    login: login?.value ?? '',
    secret: secret?.value ?? '',
    isAtSecret: secret !== null && document.activeElement === secret,
    pressed,
  };
  place.remove();
}

/** What was typed and pressed on the face, given once; the face goes. Null where there was none. */
export function takeTyped(): Typed | null {
  removeFace();
  const taken = typed;
  typed = null;
  return taken;
}

/** True while a face is on the screen. */
export function isFaceShown(): boolean {
  return document.getElementById(faceId) !== null;
}

/** Keeps what the root shows for the next start: the sign-in at rest. What is typed in its fields is never kept. */
export function keepFace(root: HTMLElement): void {
  const copy = root.cloneNode(true) as HTMLElement;
  for (const style of copy.querySelectorAll('style')) style.remove();
  for (const input of copy.querySelectorAll('input')) input.removeAttribute('value');
  for (const element of copy.querySelectorAll('[style]')) {
    element.setAttribute(keptStyle, element.getAttribute('style') ?? '');
    element.removeAttribute('style');
  }
  const page = document.documentElement;
  const face: Face = {
    build: mainParts().script,
    html: copy.innerHTML,
    css: usedStyles(),
    fonts: fontsOf(root),
    attributes: Object.fromEntries(pictured.map((name) => [name, page.getAttribute(name) ?? ''])),
  };
  const text = JSON.stringify(face);
  if (localStorage.getItem(storageKey) !== text) localStorage.setItem(storageKey, text);
}

/** The next start begins without a face: there may be nothing to sign in to. */
export function forgetFace(): void {
  localStorage.removeItem(storageKey);
}

/** Each weight that is there, with the letters that are set in it: one of each script has its file fetched. */
function fontsOf(root: HTMLElement): [weight: string, letters: string][] {
  const letters = new Map<string, Set<string>>();
  for (const element of root.querySelectorAll('*')) {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    const { fontWeight } = getComputedStyle(element);
    for (const { textContent } of own)
      for (const letter of textContent ?? '')
        letters.set(fontWeight, (letters.get(fontWeight) ?? new Set()).add(letter));
  }
  return [...letters].map(([weight, used]) => [weight, [...used].join('')]);
}

function findFace(): Face | null {
  const text = localStorage.getItem(storageKey);
  if (text === null) return null;
  try {
    const face: unknown = JSON.parse(text);
    return isFace(face) && face.build === mainParts().script ? face : null;
  } catch {
    // Half-written when the power failed.
    return null;
  }
}

function isFace(value: unknown): value is Face {
  if (typeof value !== 'object' || value === null) return false;
  const { html, css, fonts, attributes } = value as Partial<Record<keyof Face, unknown>>;
  return (
    typeof html === 'string' &&
    typeof css === 'string' &&
    Array.isArray(fonts) &&
    typeof attributes === 'object' &&
    attributes !== null
  );
}
