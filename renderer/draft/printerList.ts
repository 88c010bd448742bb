import type { Printer } from '../../shared/ipc/printing.ts';
import type { PrinterSettings as Settings } from '../stores/printers.ts';

/** With this printer, new or changed; the first one takes the receipts. */
export function withPrinter({ printers, routes }: Settings, printer: Printer): Settings {
  const isThere = printers.some(({ id }) => id === printer.id);
  return {
    printers: isThere
      ? printers.map((one) => (one.id === printer.id ? printer : one))
      : [...printers, printer],
    routes: { ...routes, main: routes.main ?? printer.id },
  };
}

/** Without it: nothing goes there any more. */
export function withoutPrinter({ printers, routes }: Settings, gone: string): Settings {
  const left = printers.filter(({ id }) => id !== gone);
  const documents = Object.fromEntries(Object.entries(routes.documents).filter(([, id]) => id !== gone));
  return {
    printers: left,
    routes: {
      main: routes.main === gone ? (left[0]?.id ?? null) : routes.main,
      fallback: routes.fallback === gone ? null : routes.fallback,
      documents,
    },
  };
}
