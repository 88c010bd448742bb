/** Comes with its own stores. */
export function AuditScreen() {
  return null;
}
