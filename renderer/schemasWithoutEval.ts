import { config } from 'zod';

// The window's policy forbids code that is made from text. Not told so, the library tries it with its first schema, and
// the policy's alarm goes off: import this before any schema.
config({ jitless: true });
