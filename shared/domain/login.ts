/** What a person signs in by: small Latin letters, digits, dots, dashes. */
export const loginForm = /^[a-z0-9._-]{2,32}$/;

/** Secrets have at least this many letters or digits. */
export const shortestSecret = 6;

/** One spelling of a login, however it was typed. */
export function foldLogin(typed: string): string {
  return typed.trim().toLowerCase();
}
