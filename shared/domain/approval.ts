/** An approval is for now: whoever waits longer asks again. Milliseconds. */
export const approvalLifeMs = 60_000;
