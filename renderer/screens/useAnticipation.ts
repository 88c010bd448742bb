import { useEffect } from 'react';
import { foldLogin, loginForm, shortestSecret } from '../../shared/domain/login.ts';
import { anticipate } from '../stores/session.ts';

/**
 * Has the key of a secret derived while it is typed, so that Enter is answered at once.
 * @param login null: of the person who is signed in
 */
export function useAnticipation(login: string | null, secret: string): void {
  const typed = login === null ? null : foldLogin(login);
  useEffect(() => {
    // A shorter one is nobody's.
    if (secret.length < shortestSecret || (typed !== null && !loginForm.test(typed))) return;
    anticipate(typed, secret);
  }, [typed, secret]);
}
