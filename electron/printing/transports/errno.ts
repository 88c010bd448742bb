import type { PrintProblem } from '../../../shared/ipc/contract.ts';

/** What the operating system's refusal of a path or a port means for a printer. */
export function problemOfErrno(error: unknown): PrintProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'notFound';
  if (code === 'EACCES' || code === 'EPERM') return 'accessDenied';
  if (code === 'EBUSY' || code === 'ETXTBSY') return 'busy';
  return 'unreachable';
}
