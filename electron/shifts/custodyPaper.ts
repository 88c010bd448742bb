import type { CashLine } from '../../shared/domain/counting.ts';
import { orderedLines } from '../../shared/domain/counting.ts';
import type { MoveKind } from '../../shared/domain/custody.ts';
import { formatDateLevantine, formatTime } from '../../shared/domain/dates.ts';
import { formatMoney } from '../../shared/domain/money.ts';
import type { PaperDocument, PaperElement } from '../../shared/domain/paper.ts';
import { currencyNames, moveReasonNames } from '../../shared/domain/paperWords.ts';
import type { CashMoveView } from '../../shared/ipc/contract.ts';
import type { Tx } from '../db/connection.ts';
import { insertPaper } from '../printing/printJobs.ts';
import { getMove } from './listMoves.ts';
import { getShift } from './shifts.ts';

/** What is printed on top of every paper of a shift. */
export type PaperHead = {
  readonly isDemonstration: boolean;
  readonly letterhead: Pick<PaperDocument, 'municipality' | 'centre'>;
};

/** What a slip is called, and who signs it first and second. A move without an entry has no slip of its own. */
const slips: Partial<Record<MoveKind, readonly [title: string, first: string, second: string]>> = {
  payIn: ['سند توريد نقد إلى الخزنة', 'سلّم: أمين الصندوق', 'استلم: المشرف'],
  topUp: ['سند فكة من الخزنة', 'استلم: أمين الصندوق', 'سلّم: المشرف'],
  cashIn: ['سند إدخال نقد بلا سند قبض', 'أمين الصندوق', 'وافق'],
  cashOut: ['سند إخراج نقد بلا سند قبض', 'أمين الصندوق', 'وافق'],
  exchange: ['سند تبديل فكة بين دُرجين', 'أمين الصندوق', 'أمين الصندوق الآخر'],
  handover: ['سند تسليم واستلام وردية', 'سلّم', 'استلم'],
  prepareFloat: ['سند سلفة فكة لدُرج', 'سلّم: المشرف', 'استلم: أمين الصندوق'],
  collectFloat: ['سند إعادة سلفة فكة', 'استلم: المشرف', 'سلّم: أمين الصندوق'],
  safeIn: ['سند وارد إلى الخزنة', 'المشرف', 'الشاهد'],
  safeOut: ['سند صادر من الخزنة', 'المشرف', 'الشاهد'],
};

type SlipDetails = {
  /** Who signs second where the move itself has no second person. */
  readonly receiver?: string | undefined;
  /** What came back for it, of an exchange. */
  readonly back?: readonly CashLine[];
};

/**
 * The slip of a move, to be signed by both, printed when its printer can: in the move's own transaction, and nobody waits.
 */
export function printSlip(
  tx: Tx,
  moveId: number,
  head: PaperHead & { readonly userId: number; readonly atMs: number },
  { receiver, back = [] }: SlipDetails = {},
): void {
  const move = getMove(tx, moveId);
  const paper = custodyPaper(move, head, { receiver, back, tills: tillsOf(tx, move) });
  if (paper !== null) insertPaper(tx, { paper, subjectId: moveId, userId: head.userId, atMs: head.atMs });
}

/** What a move's slip says, in Arabic as all papers are; null for a kind that has none. */
function custodyPaper(
  move: CashMoveView,
  head: PaperHead,
  {
    receiver,
    back,
    tills,
  }: SlipDetails & { readonly back: readonly CashLine[]; readonly tills: readonly string[] },
): PaperDocument | null {
  const words = slips[move.kind];
  if (words === undefined) return null;
  const [title, first, second] = words;
  return {
    version: 1,
    kind: 'custodySlip',
    ...head.letterhead,
    title,
    number: `C-${String(move.id).padStart(6, '0')}`,
    isDemonstration: head.isDemonstration,
    elements: [
      fact('يوم العمل', formatDateLevantine(move.businessDate)),
      fact('الوقت', `${formatDateLevantine(move.atMs)} ${formatTime(move.atMs)}`),
      ...tills.map((till): PaperElement => ({
        kind: 'fact',
        label: 'الصندوق',
        value: till,
        isIdentifier: true,
      })),
      ...reason(move),
      { kind: 'rule' },
      notes(move.lines),
      ...move.amounts.map(({ currency, minor }): PaperElement => ({
        kind: 'amount',
        label: 'المجموع',
        minor,
        currency,
        isStrong: true,
      })),
      ...(back.length === 0 ? [] : [{ kind: 'heading' as const, text: 'وعاد بدلًا منه' }, notes(back)]),
      ...(move.note === '' ? [] : [{ kind: 'note' as const, text: move.note }]),
      {
        kind: 'signatures',
        people: [
          { label: first, name: move.byAr },
          { label: second, name: receiver ?? move.counterpartAr ?? move.approvedByAr ?? '' },
        ],
      },
    ],
  };
}

/** The tills at its ends, once each. */
function tillsOf(tx: Tx, { from, to }: CashMoveView): string[] {
  const tills = [from, to].flatMap((end) => {
    if (end.kind === 'till') return [end.till];
    return end.kind === 'shift' ? [getShift(tx, end.shiftId).till] : [];
  });
  return [...new Set(tills)];
}

function reason(move: CashMoveView): PaperElement[] {
  const name = moveReasonNames[move.reason];
  return [
    ...(name === undefined ? [] : [fact('السبب', name)]),
    ...(move.bagNumber === ''
      ? []
      : [{ kind: 'fact' as const, label: 'رقم الكيس', value: move.bagNumber, isIdentifier: true }]),
  ];
}

function notes(lines: readonly CashLine[]): PaperElement {
  return {
    kind: 'table',
    columns: [
      { title: 'الفئة', isFigure: false, weight: 4 },
      { title: 'العدد', isFigure: true, weight: 2 },
      { title: 'المبلغ', isFigure: true, weight: 3 },
    ],
    rows: orderedLines(lines).map(({ currency, denominationMinor, isWorn, quantity }) => [
      `${currencyNames[currency]} ${formatMoney({ currency, minor: denominationMinor })}${isWorn ? ' مهترئة' : ''}`,
      String(quantity),
      formatMoney({ currency, minor: denominationMinor * quantity }),
    ]),
    total: null,
  };
}

function fact(label: string, value: string): PaperElement {
  return { kind: 'fact', label, value, isIdentifier: false };
}
