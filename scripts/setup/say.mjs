// What set-up tells the person who waits: one line a step, and a sign of life in long ones.

const isTerminal = process.stdout.isTTY === true;
const silentStepMs = 300;
const lineEveryMs = 10_000;

/** One line that needs no progress. */
export function say(text) {
  process.stdout.write(`sanduq: ${text}\n`);
}

function seconds(sinceMs) {
  return `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;
}

/**
 * Runs one step and says in one line what is being done and how long it took.
 * `work` gets `update(text)` to show how far it is; a terminal shows it in place, a log every ten seconds.
 */
export async function step(label, work) {
  const startedMs = Date.now();
  let detail = '';
  let lastLineMs = startedMs;
  const announce = setTimeout(() => {
    if (!isTerminal) say(`${label} …`);
  }, silentStepMs);
  const ticker = setInterval(
    () => {
      if (isTerminal) process.stdout.write(`\r\x1b[Ksanduq: ${label} … ${detail} ${seconds(startedMs)}`);
      else if (Date.now() - lastLineMs >= lineEveryMs) {
        lastLineMs = Date.now();
        say(`${label} … ${detail} ${seconds(startedMs)}`);
      }
    },
    isTerminal ? 250 : 1000,
  );
  const close = () => {
    clearTimeout(announce);
    clearInterval(ticker);
    if (isTerminal) process.stdout.write('\r\x1b[K');
  };
  try {
    const result = await work((text) => {
      detail = text;
    });
    close();
    say(`${label}: done in ${seconds(startedMs)}`);
    return result;
  } catch (error) {
    close();
    say(`${label}: FAILED after ${seconds(startedMs)}`);
    throw error;
  }
}
