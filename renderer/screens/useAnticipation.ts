import { useEffect } from 'react';
import { foldLogin, loginForm } from '../../shared/domain/login.ts';
import { anticipate } from '../stores/session.ts';

/** The shortest secret there can be: shorter ones need no key. */
const shortest = 6;
/**
 * Has the key of a secret derived while it is typed, so that Enter is answered at once.
 * @param login null: of the person who is signed in
 */
export function useAnticipation(login: string | null, secret: string): void {
  const typed = login === null ? null : foldLogin(login);
  useEffect(() => {
    if (secret.length < shortest || (typed !== null && !loginForm.test(typed))) return;
    anticipate(typed, secret);
  }, [typed, secret]);
}
