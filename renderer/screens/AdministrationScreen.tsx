/** Comes with its own stores. */
export function AdministrationScreen() {
  return null;
}
