/** One request id for one intent: kept while it fails, so that pressing again cannot do it twice. */
export type Intents = {
  /** The id of this intent; a new one where something else is meant. */
  idFor(content: string): string;
  /** Its answer came: whoever asks the same again means it anew. */
  settled(): void;
};

export function createIntents(): Intents {
  let held: { readonly id: string; readonly content: string } | null = null;
  return {
    idFor: (content) => {
      if (held?.content !== content) held = { id: crypto.randomUUID(), content };
      return held.id;
    },
    settled: () => {
      held = null;
    },
  };
}

/** How long a store waits for main before it says that no answer came. */
export const answerTimeoutMs = 15_000;
