import type { ChannelName, Input, Output } from '../shared/ipc/contract.ts';
import type { EventName, Events, Reply, TillBridge } from '../shared/ipc/wire.ts';
import type { ErrorCode, ErrorParams } from '../shared/errors.ts';

declare global {
  interface Window {
    readonly till: TillBridge;
  }
}

/** A refusal as a value: the code with the params that belong to it. */
export type Problem = {
  [C in ErrorCode]: { readonly code: C; readonly params: ErrorParams[C] };
}[ErrorCode];

/** Main said no, and why: translated on the screen, never shown raw. */
export class CallRefused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.name = 'CallRefused';
    this.problem = problem;
  }
}

/** No answer came. Whether the act was carried out is not known. */
export class CallLost extends Error {
  override name = 'CallLost';
}

export type CallOptions = {
  /** Give up waiting after this long; the act itself is not undone. Without it the call waits as long as it takes. */
  readonly timeoutMs?: number;
};

/**
 * Calls a channel of main and unwraps its reply.
 * @throws CallRefused when main says no; CallLost when no answer came (in time)
 */
export async function call<C extends ChannelName>(
  channel: C,
  input: Input<C>,
  options: CallOptions = {},
): Promise<Output<C>> {
  const reply = await answerOf(channel, input, options);
  if (reply.ok) return reply.value as Output<C>;
  throw new CallRefused({ code: reply.code, params: reply.params } as Problem);
}

async function answerOf(channel: string, input: unknown, options: CallOptions): Promise<Reply<unknown>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const answer = window.till.invoke(channel, input);
    if (options.timeoutMs === undefined) return (await answer) as Reply<unknown>;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new CallLost('no answer in time')), options.timeoutMs);
    });
    return (await Promise.race([answer, silence])) as Reply<unknown>;
  } catch (cause) {
    throw cause instanceof CallLost ? cause : new CallLost(String(cause), { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** Hears one kind of event from main. @returns the function that stops it */
export function listen<E extends EventName>(event: E, heard: (payload: Events[E]) => void): () => void {
  return window.till.on((name, payload) => {
    if (name === event) heard(payload as Events[E]);
  });
}

/** What went wrong, in the form that the screens can word; an error that is neither kind is a defect and goes on. */
export type Failure = Problem | { readonly code: 'lost'; readonly params: Record<never, never> };

export function failureOf(cause: unknown): Failure {
  if (cause instanceof CallRefused) return cause.problem;
  if (cause instanceof CallLost) return { code: 'lost', params: {} };
  throw cause;
}
