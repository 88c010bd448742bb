import { create } from 'zustand';
import type { CountOutcome, CountSheet, ShiftClosed } from '../../shared/ipc/shifts.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';
import type { ExplanationTexts, ToExplain } from '../draft/closeDraft.ts';
import { readExplanations, readStay, shortestReason } from '../draft/closeDraft.ts';
import type { CountDraft, PileId } from '../draft/countDraft.ts';
import { nothingCounted, readCount, typeInto } from '../draft/countDraft.ts';
import type { PaperKey } from '../draft/papersDraft.ts';
import { paperKey } from '../draft/papersDraft.ts';
import { answerTimeoutMs, createIntents } from './intent.ts';
import { useShift } from './shift.ts';

/** Why a drawer is counted. A shift's opening is not among them: nothing is expected of it by a sheet. */
export type CountPurpose =
  | { readonly kind: 'close' }
  | { readonly kind: 'handover' }
  /** Of another's drawer in the auditor's own session, or of one's own with the auditor's PIN. */
  | { readonly kind: 'surprise'; readonly shiftId: number; readonly isAuditorHere: boolean }
  | { readonly kind: 'witnessed'; readonly shiftId: number };

/**
 * cash → papers (where there are any) → check, and what was counted is committed. Then outcome; for a close also what
 * stays, and done.
 */
export type CountStage = 'loading' | 'cash' | 'papers' | 'check' | 'outcome' | 'stays' | 'done';

/** Somebody's name and PIN, as they typed them. The PIN is never kept here. */
export type Witness = { readonly login: string; readonly secret: string };

type CountingData = {
  readonly purpose: CountPurpose | null;
  readonly stage: CountStage;
  readonly sheet: CountSheet | null;
  readonly draft: CountDraft;
  readonly ticked: ReadonlySet<PaperKey>;
  /** Why a second count, why in another's place; an auditor's remark. */
  readonly reason: string;
  /** What nobody would believe was said to be right. */
  readonly isSure: boolean;
  readonly outcome: CountOutcome | null;
  readonly explanations: ExplanationTexts;
  readonly stays: CountDraft;
  readonly closed: ShiftClosed | null;
  readonly isWorking: boolean;
  readonly failure: Failure | null;
};

type CountingStore = CountingData & {
  begin(purpose: CountPurpose): Promise<void>;
  /** A count that was committed before: its outcome again, to go on from there. */
  proceed(purpose: CountPurpose, countId: number): Promise<void>;
  /** A shift that was counted in front of a witness and not closed yet. */
  finishWitnessed(shiftId: number): Promise<void>;
  type(id: PileId, text: string): void;
  tick(key: PaperKey, isThere: boolean): void;
  describe(reason: string): void;
  confirm(isSure: boolean): void;
  explain(what: ToExplain, text: string): void;
  keep(id: PileId, text: string): void;
  keepAs(draft: CountDraft): void;
  /** To the next step, or the one before; what was typed stays. */
  go(stage: CountStage): void;
  /** @param witness the second person, where the purpose asks for one */
  commit(witness: Witness | null): Promise<boolean>;
  close(): Promise<boolean>;
  acceptHandover(receiver: Witness): Promise<boolean>;
  refuseHandover(reason: string, receiver: Witness): Promise<boolean>;
  leave(): void;
};

const blank: CountingData = {
  purpose: null,
  stage: 'loading',
  sheet: null,
  draft: nothingCounted,
  ticked: new Set(),
  reason: '',
  isSure: false,
  outcome: null,
  explanations: new Map(),
  stays: nothingCounted,
  closed: null,
  isWorking: false,
  failure: null,
};

/** Whose drawer it is, as main asks for it: null is one's own. */
function shiftIdOf(purpose: CountPurpose): number | null {
  if (purpose.kind === 'witnessed') return purpose.shiftId;
  return purpose.kind === 'surprise' && !purpose.isAuditorHere ? purpose.shiftId : null;
}

/** True where the count is no use without its reason. */
export function needsReason({ purpose, sheet }: Pick<CountingData, 'purpose' | 'sheet'>): boolean {
  return purpose?.kind === 'witnessed' || (purpose?.kind === 'close' && sheet?.needsReason === true);
}

export const useCounting = create<CountingStore>((set, get) => {
  const intents = createIntents();
  let begun = 0;

  /** Runs one act; an answer that comes when nobody counts any more is nobody's. */
  async function once<T>(
    content: string,
    act: (requestId: string) => Promise<T>,
    took: (answer: T) => Partial<CountingData>,
  ): Promise<boolean> {
    if (get().isWorking) return false;
    const mine = begun;
    set({ isWorking: true, failure: null });
    try {
      const answer = await act(intents.idFor(content));
      intents.settled();
      if (mine !== begun) return false;
      set({ isWorking: false, ...took(answer) });
      return true;
    } catch (cause) {
      const failure = failureOf(cause);
      if (mine === begun) set({ isWorking: false, failure });
      return false;
    }
  }

  /** The drawer moved on while it was counted: what must lie in it is asked for again, what was typed stays. */
  async function readSheet(purpose: CountPurpose): Promise<void> {
    const mine = begun;
    try {
      const sheet = await call('shifts.countSheet', { shiftId: shiftIdOf(purpose) });
      if (mine !== begun) return;
      const known = new Set(sheet.papers.map(paperKey));
      const ticked = new Set([...get().ticked].filter((key) => known.has(key)));
      set({ sheet, ticked, stage: get().stage === 'loading' ? 'cash' : get().stage });
    } catch (cause) {
      if (mine === begun) set({ failure: failureOf(cause) });
    }
  }

  return {
    ...blank,

    begin: async (purpose) => {
      begun += 1;
      set({ ...blank, purpose });
      await readSheet(purpose);
    },

    proceed: async (purpose, countId) => {
      begun += 1;
      const mine = begun;
      set({ ...blank, purpose });
      try {
        const outcome = await call('counts.get', { countId });
        if (mine === begun) set({ outcome, stage: 'outcome' });
      } catch (cause) {
        if (mine === begun) set({ failure: failureOf(cause) });
      }
    },

    finishWitnessed: async (shiftId) => {
      begun += 1;
      const mine = begun;
      set({ ...blank, purpose: { kind: 'witnessed', shiftId } });
      try {
        const outcome = (await call('counts.ofShift', { shiftId })).toSorted((a, b) => a.id - b.id).at(-1);
        if (mine === begun && outcome !== undefined) set({ outcome, stage: 'outcome' });
      } catch (cause) {
        if (mine === begun) set({ failure: failureOf(cause) });
      }
    },

    type: (id, text) => {
      if (!get().isWorking) set({ draft: typeInto(get().draft, id, text), isSure: false, failure: null });
    },

    tick: (key, isThere) => {
      const ticked = new Set(get().ticked);
      if (isThere) ticked.add(key);
      else ticked.delete(key);
      set({ ticked });
    },

    describe: (reason) => set({ reason, failure: null }),
    confirm: (isSure) => set({ isSure }),

    explain: (what, text) =>
      set({ explanations: new Map(get().explanations).set(what, text), failure: null }),
    keep: (id, text) => set({ stays: typeInto(get().stays, id, text), failure: null }),
    keepAs: (stays) => set({ stays, failure: null }),
    go: (stage) => {
      if (!get().isWorking) set({ stage, failure: null });
    },

    commit: async (witness) => {
      const { purpose, sheet, draft, ticked, isSure } = get();
      const reason = get().reason.trim();
      const { lines, wrong } = readCount(draft);
      if (purpose === null || sheet === null || wrong.size > 0) return false;
      if (needsReason(get()) && reason.length < shortestReason) return false;
      const counted = {
        lines: [...lines],
        papers: sheet.papers.map(({ paymentId, line }) => ({
          paymentId,
          line,
          isPresent: ticked.has(paperKey({ paymentId, line })),
        })),
        mark: sheet.mark,
        isSure,
      };
      const content = JSON.stringify([purpose, counted.lines, counted.papers, counted.mark, reason]);
      const isDone = await once(
        content,
        async (requestId): Promise<CountOutcome | null> => {
          const options = { timeoutMs: answerTimeoutMs };
          const sent = { requestId, ...counted };
          if (purpose.kind === 'close') return call('shifts.count', { ...sent, reason }, options);
          if (purpose.kind === 'surprise') {
            const { shiftId, isAuditorHere } = purpose;
            const auditor = isAuditorHere ? witness : null;
            const surprise = { ...sent, shiftId, remark: reason, auditor };
            return (await call('shifts.countSurprise', surprise, options)).outcome;
          }
          if (witness === null) throw new Error(`${purpose.kind} without a second person`);
          if (purpose.kind === 'handover')
            return call('shifts.handoverCount', { ...sent, receiver: witness }, options);
          const { shiftId } = purpose;
          return call('shifts.countWitnessed', { ...sent, shiftId, reason, witness }, options);
        },
        (outcome) => ({ outcome, stage: outcome === null ? 'done' : 'outcome', draft: nothingCounted }),
      );
      if (!isDone && get().failure?.code === 'count.shiftMoved') await readSheet(purpose);
      // The shift of whoever sits here waits for its close now.
      if (isDone && purpose.kind !== 'witnessed') await useShift.getState().load();
      return isDone;
    },

    close: async () => {
      const { outcome, explanations, stays } = get();
      const said = outcome === null ? null : readExplanations(outcome, explanations);
      const { stays: leftInDrawer } = readStay(outcome?.lines ?? [], stays);
      if (outcome === null || said === null || leftInDrawer === null) return false;
      const contents = { countId: outcome.id, explanations: said, leftInDrawer: [...leftInDrawer] };
      const isClosed = await once(
        JSON.stringify(['close', contents]),
        (requestId) => call('shifts.close', { requestId, ...contents }, { timeoutMs: answerTimeoutMs }),
        (closed) => ({ closed, stage: 'done' }),
      );
      if (isClosed) await useShift.getState().load();
      return isClosed;
    },

    acceptHandover: async (receiver) => {
      const { outcome, explanations } = get();
      const said = outcome === null ? null : readExplanations(outcome, explanations);
      if (outcome === null || said === null) return false;
      const contents = { countId: outcome.id, explanations: said };
      const isAccepted = await once(
        JSON.stringify(['accept', contents]),
        (requestId) =>
          call('shifts.handoverAccept', { requestId, ...contents, receiver }, { timeoutMs: answerTimeoutMs }),
        (closed) => ({ closed, stage: 'done' }),
      );
      if (isAccepted) await useShift.getState().load();
      return isAccepted;
    },

    refuseHandover: async (reason, receiver) => {
      const { outcome } = get();
      if (outcome === null || reason.trim().length < shortestReason) return false;
      const contents = { countId: outcome.id, reason: reason.trim() };
      const isRefused = await once(
        JSON.stringify(['refuse', contents]),
        (requestId) =>
          call('shifts.handoverRefuse', { requestId, ...contents, receiver }, { timeoutMs: answerTimeoutMs }),
        (shift) => {
          useShift.setState({ shift });
          return { stage: 'done' };
        },
      );
      return isRefused;
    },

    leave: () => {
      begun += 1;
      set(blank);
    },
  };
});

/** Nothing of one person's count is left for the next. */
export function forgetCounting(): void {
  useCounting.getState().leave();
}
