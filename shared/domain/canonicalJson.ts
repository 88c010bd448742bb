export type Canonical =
  | null
  | boolean
  | number
  | string
  | readonly Canonical[]
  | { readonly [key: string]: Canonical | undefined };

/**
 * One text for one value: keys sorted by code unit, no white space, whole numbers only (money and instants are
 * integers; a fraction here is a bug). The subset of RFC 8785 that has no floating point in it.
 * @throws TypeError for a fraction, an unsafe integer or a lone surrogate
 */
export function canonicalJson(value: Canonical): string {
  if (typeof value === 'string') return textJson(value);
  if (typeof value === 'number') return numberJson(value);
  if (value === null || typeof value === 'boolean') return String(value);
  return Array.isArray(value)
    ? arrayJson(value as readonly Canonical[])
    : recordJson(value as { readonly [key: string]: Canonical | undefined });
}

function arrayJson(items: readonly Canonical[]): string {
  let text = '[';
  for (const item of items) text += text === '[' ? canonicalJson(item) : `,${canonicalJson(item)}`;
  return `${text}]`;
}

function recordJson(record: { readonly [key: string]: Canonical | undefined }): string {
  let text = '{';
  for (const key of keysInOrder(record)) {
    const item = record[key];
    if (item === undefined) continue;
    text += `${text === '{' ? '' : ','}${textJson(key)}:${canonicalJson(item)}`;
  }
  return `${text}}`;
}

/** By code unit. A handful is put in order by hand: calling for the engine's sort takes longer than sorting them. */
function keysInOrder(record: object): string[] {
  const keys = Object.keys(record);
  if (keys.length > 32) return keys.sort();
  for (let from = 1; from < keys.length; from++) {
    const key = keys[from] as string;
    let at = from;
    for (; at > 0 && (keys[at - 1] as string) > key; at--) keys[at] = keys[at - 1] as string;
    keys[at] = key;
  }
  return keys;
}

function numberJson(value: number): string {
  if (!Number.isSafeInteger(value)) throw new TypeError(`not a whole number: ${value}`);
  return value === 0 ? '0' : String(value);
}

/** Neither a quote, a backslash, a control character nor half of a pair (which could be alone). */
const plainText = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

function textJson(value: string): string {
  if (plainText.test(value)) return `"${value}"`;
  if (!value.isWellFormed()) throw new TypeError('lone surrogate');
  return JSON.stringify(value);
}
