import { NativeSelect } from '@mantine/core';
import type { Printer, Routes } from '../../shared/ipc/printing.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import classes from './PrintersPanel.module.css';

/** Test pages go to the printer that is tried, and receipts to the main one. */
const routed = [
  'undoSlip',
  'shiftReport',
  'dayReport',
  'depositSlip',
  'custodySlip',
  'drawerSlip',
  'report',
] as const;

type PrinterRoutesProps = {
  readonly printers: readonly Printer[];
  readonly routes: Routes;
  readonly onChange: (routes: Routes) => void;
};

/** Which paper goes to which printer, and which one is offered when a printer fails. */
export function PrinterRoutes({ printers, routes, onChange }: PrinterRoutesProps) {
  const { t } = useSpeech();
  const options = printers.map(({ id, name }) => ({ value: id, label: name }));

  function choose(
    label: string,
    value: string,
    none: string | null,
    testId: string,
    act: (id: string) => void,
  ) {
    return (
      <NativeSelect
        label={label}
        value={value}
        onChange={(event) => act(event.currentTarget.value)}
        data={[...(none === null ? [] : [{ value: '', label: none }]), ...options]}
        data-testid={testId}
      />
    );
  }

  return (
    <section className={classes.routes} aria-label={t('printers.routesTitle')}>
      <h2 className={classes.subtitle}>{t('printers.routesTitle')}</h2>
      <div className={classes.four}>
        {choose(t('printers.main'), routes.main ?? '', null, 'route-main', (main) =>
          onChange({ ...routes, main }),
        )}
        {choose(
          t('printers.fallback'),
          routes.fallback ?? '',
          t('printers.fallbackNone'),
          'route-fallback',
          (id) => onChange({ ...routes, fallback: id === '' ? null : id }),
        )}
        {printers.length > 1 &&
          routed.map((document) => (
            <div key={document}>
              {choose(
                t(`printers.documents.${document}`),
                routes.documents[document] ?? '',
                t('printers.sameAsMain'),
                `route-${document}`,
                (id) => {
                  const { [document]: _, ...others } = routes.documents;
                  onChange({ ...routes, documents: id === '' ? others : { ...others, [document]: id } });
                },
              )}
            </div>
          ))}
      </div>
    </section>
  );
}
