import { foldDigits } from '../../shared/domain/digits.ts';
import type { Printer, PrinterWay } from '../../shared/ipc/printing.ts';
import { printerSchema } from '../../shared/ipc/printing.ts';

export type WayKind = PrinterWay['kind'];

/** A printer as it is typed: numbers become numbers only when it is saved or tried, and no way's fields are lost. */
export type PrinterDraft = {
  readonly id: string;
  readonly name: string;
  readonly kind: WayKind;
  readonly host: string;
  readonly port: string;
  readonly spooled: string;
  readonly datatype: 'RAW' | 'XPS_PASS';
  readonly serialPath: string;
  readonly baudRate: string;
  readonly sharePath: string;
  readonly dotsPerLine: string;
  readonly density: Printer['density'];
  readonly cut: Printer['cut'];
  readonly feedLines: string;
  readonly hasDrawer: boolean;
  readonly pin: '2' | '5';
  readonly onMs: string;
  readonly offMs: string;
  readonly answersStatus: boolean | null;
  readonly acknowledges: boolean;
};
export type PrinterField = keyof PrinterDraft;

/** What most printers of a counter have: 80 mm paper, the network's usual port, a drawer's usual pulse. */
function blankDraft(id: string): PrinterDraft {
  return {
    id,
    name: '',
    kind: 'spooler',
    host: '',
    port: '9100',
    spooled: '',
    datatype: 'RAW',
    serialPath: '',
    baudRate: '115200',
    sharePath: '',
    dotsPerLine: '576',
    density: 'normal',
    cut: 'full',
    feedLines: '4',
    hasDrawer: false,
    pin: '2',
    onMs: '120',
    offMs: '240',
    answersStatus: null,
    acknowledges: false,
  };
}

/** A new printer, with an id that none of these has. */
export function newDraft(printers: readonly Printer[]): PrinterDraft {
  const taken = new Set(printers.map(({ id }) => id));
  let number = 1;
  while (taken.has(`printer-${number}`)) number += 1;
  return blankDraft(`printer-${number}`);
}

export function draftOf(printer: Printer): PrinterDraft {
  const { id, name, way, density, cut, drawer, answersStatus, acknowledges } = printer;
  const blank = blankDraft(id);
  return {
    ...blank,
    name,
    kind: way.kind,
    ...(way.kind === 'tcp' ? { host: way.host, port: String(way.port) } : {}),
    ...(way.kind === 'spooler' ? { spooled: way.printer, datatype: way.datatype } : {}),
    ...(way.kind === 'serial' ? { serialPath: way.path, baudRate: String(way.baudRate) } : {}),
    ...(way.kind === 'share' ? { sharePath: way.path } : {}),
    dotsPerLine: String(printer.dotsPerLine),
    density,
    cut,
    feedLines: String(printer.feedLines),
    hasDrawer: drawer !== null,
    ...(drawer === null
      ? {}
      : { pin: drawer.pin === 2 ? '2' : '5', onMs: String(drawer.onMs), offMs: String(drawer.offMs) }),
    answersStatus,
    acknowledges,
  };
}

/** Another way or place is another printer: what the last one could says nothing about it. */
export function changed(draft: PrinterDraft, change: Partial<PrinterDraft>): PrinterDraft {
  const isElsewhere = (
    ['kind', 'host', 'port', 'spooled', 'datatype', 'serialPath', 'baudRate', 'sharePath'] as const
  ).some((field) => change[field] !== undefined && change[field] !== draft[field]);
  return { ...draft, ...change, ...(isElsewhere ? { answersStatus: null, acknowledges: false } : {}) };
}

const fieldOfPath: Readonly<Record<string, PrinterField>> = {
  name: 'name',
  'way.host': 'host',
  'way.port': 'port',
  'way.printer': 'spooled',
  'way.baudRate': 'baudRate',
  dotsPerLine: 'dotsPerLine',
  feedLines: 'feedLines',
  'drawer.onMs': 'onMs',
  'drawer.offMs': 'offMs',
};

export type ReadDraft =
  | { readonly printer: Printer }
  | { readonly printer: null; readonly wrong: ReadonlySet<PrinterField> };

/** The printer that was typed, or which fields can't be right. */
export function readDraft(draft: PrinterDraft): ReadDraft {
  const parsed = printerSchema.safeParse({
    id: draft.id,
    name: draft.name,
    way: wayOf(draft),
    dotsPerLine: whole(draft.dotsPerLine),
    density: draft.density,
    cut: draft.cut,
    feedLines: whole(draft.feedLines),
    drawer: draft.hasDrawer
      ? { pin: Number(draft.pin), onMs: whole(draft.onMs), offMs: whole(draft.offMs) }
      : null,
    answersStatus: draft.answersStatus,
    acknowledges: draft.acknowledges,
  });
  if (parsed.success) return { printer: parsed.data };
  const wrong = parsed.error.issues.map(({ path }): PrinterField => {
    const name = path.join('.');
    if (name === 'way.path') return draft.kind === 'serial' ? 'serialPath' : 'sharePath';
    return fieldOfPath[name] ?? 'name';
  });
  return { printer: null, wrong: new Set(wrong) };
}

function wayOf(draft: PrinterDraft): unknown {
  switch (draft.kind) {
    case 'tcp':
      return { kind: 'tcp', host: foldDigits(draft.host), port: whole(draft.port) };
    case 'spooler':
      return { kind: 'spooler', printer: draft.spooled, datatype: draft.datatype };
    case 'serial':
      return { kind: 'serial', path: draft.serialPath, baudRate: whole(draft.baudRate) };
    case 'share':
      return { kind: 'share', path: draft.sharePath };
    case 'picture':
      return { kind: 'picture' };
  }
}

/** NaN for what is not a whole number: no schema takes it. */
function whole(text: string): number {
  const typed = foldDigits(text).trim();
  return /^\d{1,6}$/.test(typed) ? Number(typed) : Number.NaN;
}

/** What came out of a test page, as a person saw it; null: not said. */
export type TestAnswers = {
  /** Both edges whole; an edge was cut off; or a wide white margin was left. */
  readonly width: 'whole' | 'cutOff' | 'margin' | null;
  readonly arabic: boolean | null;
  readonly code: boolean | null;
  readonly drawer: boolean | null;
};
export const noAnswers: TestAnswers = { width: null, arabic: null, code: null, drawer: null };

/** What to set, or to look at, after such a page. */
export type Advice =
  | { readonly kind: 'dots'; readonly dotsPerLine: number }
  | { readonly kind: 'darker' }
  | { readonly kind: 'otherPin'; readonly pin: '2' | '5' }
  /** The bytes were taken for letters: another driver, or a printer that does not speak ESC/POS. */
  | { readonly kind: 'notDots' };

/** Heads that there are, widest first: 80 mm, 80 mm of some Epsons, 58 mm. */
export const usualDots = [576, 512, 384] as const;

export function adviceFor(draft: PrinterDraft, answers: TestAnswers): readonly Advice[] {
  const advice: Advice[] = [];
  const dots = whole(draft.dotsPerLine);
  if (answers.width === 'cutOff') {
    const narrower = usualDots.find((usual) => usual < dots);
    if (narrower !== undefined) advice.push({ kind: 'dots', dotsPerLine: narrower });
  }
  if (answers.width === 'margin') {
    const wider = usualDots.findLast((usual) => usual > dots);
    if (wider !== undefined) advice.push({ kind: 'dots', dotsPerLine: wider });
  }
  if (answers.arabic === false) advice.push({ kind: 'notDots' });
  else if (answers.code === false && draft.density !== 'dark') advice.push({ kind: 'darker' });
  if (answers.drawer === false && draft.hasDrawer)
    advice.push({ kind: 'otherPin', pin: draft.pin === '2' ? '5' : '2' });
  return advice;
}

/** What a piece of advice does to the draft; null where only a person can do something. */
export function followed(draft: PrinterDraft, advice: Advice): PrinterDraft | null {
  switch (advice.kind) {
    case 'dots':
      return changed(draft, { dotsPerLine: String(advice.dotsPerLine) });
    case 'darker':
      return changed(draft, { density: draft.density === 'light' ? 'normal' : 'dark' });
    case 'otherPin':
      return changed(draft, { pin: advice.pin });
    case 'notDots':
      return null;
  }
}
