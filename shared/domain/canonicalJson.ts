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
  // Written in one go by the engine: a text put together from hundreds of pieces takes longer than many an insert.
  const copy = sorted(value);
  return copy === unsortable ? inPieces(value) : JSON.stringify(copy);
}

/** Of a value with a key that no object keeps where it was put. */
const unsortable = Symbol('unsortable');

/** The same value with its keys in order. */
function sorted(value: Canonical): Canonical | typeof unsortable {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return allowedNumber(value);
  if (typeof value === 'string') return allowedText(value);
  if (Array.isArray(value)) {
    const items: Canonical[] = [];
    for (const item of value as readonly Canonical[]) {
      const copy = sorted(item);
      if (copy === unsortable) return unsortable;
      items.push(copy);
    }
    return items;
  }
  const record = value as { readonly [key: string]: Canonical | undefined };
  const inOrder: { [key: string]: Canonical } = {};
  for (const key of keysInOrder(record)) {
    if (key === '__proto__' || isIndex(key)) return unsortable;
    const item = record[key];
    if (item === undefined) continue;
    const copy = sorted(item);
    if (copy === unsortable) return unsortable;
    inOrder[key] = copy;
  }
  return inOrder;
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

/** Objects put whole numbers first, by their size. */
function isIndex(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 48 && first <= 57 && String(Number(key)) === key;
}

function inPieces(value: Canonical): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return String(allowedNumber(value));
  if (typeof value === 'string') return JSON.stringify(allowedText(value));
  if (Array.isArray(value)) return `[${value.map((item: Canonical) => inPieces(item)).join(',')}]`;
  const record = value as { readonly [key: string]: Canonical | undefined };
  const parts: string[] = [];
  for (const key of keysInOrder(record)) {
    const item = record[key];
    if (item !== undefined) parts.push(`${JSON.stringify(key)}:${inPieces(item)}`);
  }
  return `{${parts.join(',')}}`;
}

function allowedNumber(value: number): number {
  if (!Number.isSafeInteger(value)) throw new TypeError(`not a whole number: ${value}`);
  return value === 0 ? 0 : value;
}

function allowedText(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('lone surrogate');
  return value;
}
