import { randomUUID } from 'node:crypto';
import { contract } from '../../shared/ipc/contract.ts';
import type { ChannelName, Contract, Output, ParsedInput, Person } from '../../shared/ipc/contract.ts';
import type { Reply } from '../../shared/ipc/wire.ts';
import type { ErrorCode, FatalReason } from '../../shared/errors.ts';
import { Refusal, refuse } from '../../shared/errors.ts';
import { storageReason } from '../storage/fault.ts';

/** What main does for each channel. Who calls comes from main's session, never from the input. */
export type Handlers = {
  [C in ChannelName]: Contract[C]['access'] extends 'anyone'
    ? (input: ParsedInput<C>) => Output<C> | Promise<Output<C>>
    : (input: ParsedInput<C>, by: Person) => Output<C> | Promise<Output<C>>;
};

export type RouterOptions = {
  /** The handlers as things stand now; throws a Refusal where there is nothing to serve (first run, fatal). */
  handler(channel: ChannelName): (input: never, by: never) => unknown;
  /** @throws Refusal session.required, session.locked */
  requirePerson(): Person;
  /** A refused act is recorded in a transaction of its own. */
  recordRefusal(channel: ChannelName, refusal: Refusal, by: Person | null): void;
  /** The storage itself says no: services stop, unless it was only busy. */
  onStorageTrouble(reason: FatalReason, error: unknown): void;
  log(message: string, error: unknown): void;
};

/** Refusals that say nothing about money or people: not worth an entry in the journal. */
const unrecorded: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'session.required',
  'session.locked',
  'setup.required',
  'setup.alreadyDone',
  'storage.stopped',
  'account.notFound',
  'receipt.notFound',
  'import.gone',
  'report.reversed',
  'report.future',
  'report.tooLong',
  'report.cancelled',
  'report.notSaved',
  // Recorded with their counters in the sign-in's own transaction.
  'signIn.wrong',
  'signIn.wait',
  'signIn.locked',
]);

export type Handle = (channel: unknown, input: unknown) => Promise<Reply<unknown>>;

/** Looks the channel up, validates, checks the role, calls, and puts what happened into an envelope. */
export function createRouter(options: RouterOptions): Handle {
  return async (channel, input) => {
    const name = knownChannel(channel);
    if (name === null) {
      options.log('an unknown channel was called', String(channel).slice(0, 80));
      return replyOf(refuse('request.invalid'));
    }
    let by: Person | null = null;
    try {
      const { access } = contract[name];
      const handle = options.handler(name);
      if (access !== 'anyone') by = options.requirePerson();
      const parsed = contract[name].input.safeParse(input);
      if (!parsed.success) {
        options.log(
          `${name} was malformed`,
          parsed.error.issues.map((issue) => [issue.path, issue.code]),
        );
        throw refuse('request.invalid');
      }
      if (by !== null && typeof access !== 'string' && !(access as readonly string[]).includes(by.role))
        throw refuse('session.forbidden');
      const value = await handle(parsed.data as never, by as never);
      return { ok: true, value };
    } catch (error) {
      return replyOf(refusalOf(name, error, by));
    }
  };

  function refusalOf(name: ChannelName, error: unknown, by: Person | null): Refusal {
    const reason = storageReason(error);
    if (reason !== null) {
      options.onStorageTrouble(reason, error);
      return refuse('storage.stopped', { reason });
    }
    if (error instanceof Refusal) {
      if (!unrecorded.has(error.code)) {
        try {
          options.recordRefusal(name, error, by);
        } catch (second) {
          const trouble = storageReason(second);
          if (trouble !== null) options.onStorageTrouble(trouble, second);
          options.log('a refusal could not be recorded', second);
        }
      }
      return error;
    }
    const incident = randomUUID().slice(0, 8);
    options.log(`incident ${incident} in ${name}`, error);
    return refuse('internal', { incident });
  }
}

function knownChannel(channel: unknown): ChannelName | null {
  return typeof channel === 'string' && Object.hasOwn(contract, channel) ? (channel as ChannelName) : null;
}

function replyOf(refusal: Refusal): Reply<never> {
  return { ok: false, code: refusal.code, params: refusal.params } as Reply<never>;
}
