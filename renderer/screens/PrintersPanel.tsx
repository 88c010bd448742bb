import '../schemasWithoutEval.ts';
import { Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Printer, PrinterWay } from '../../shared/ipc/printing.ts';
import { mostPrinters } from '../../shared/domain/printed.ts';
import { Notice } from '../components/Notice.tsx';
import type { PrinterDraft } from '../draft/printerDraft.ts';
import { changed, draftOf, newDraft, readDraft } from '../draft/printerDraft.ts';
import { withoutPrinter, withPrinter } from '../draft/printerList.ts';
import { isolate, useSpeech } from '../i18n/useSpeech.ts';
import { usePrinters } from '../stores/printers.ts';
import { useStatus } from '../stores/status.ts';
import { PrinterForm } from './PrinterForm.tsx';
import { PrinterRoutes } from './PrinterRoutes.tsx';
import { PrinterTry } from './PrinterTry.tsx';
import classes from './PrintersPanel.module.css';

const nothing: ReadonlySet<keyof PrinterDraft> = new Set();

/** The till's printers: how each is reached, tried before it is saved, and which paper goes where. */
export function PrintersPanel() {
  const { t, failure } = useSpeech();
  const store = usePrinters();
  const { settings, load, save, forgetTry } = store;
  const states = useStatus((state) => state.status?.printer?.printers);
  const refresh = useStatus((state) => state.refresh);
  const [draft, setDraft] = useState<PrinterDraft | null>(null);
  const [isAsked, setIsAsked] = useState(false);

  useEffect(() => void load(), [load]);
  useEffect(() => {
    // The first one is open at once; what is being typed stays.
    const [first] = settings?.printers ?? [];
    if (settings !== null) setDraft((now) => now ?? (first === undefined ? null : draftOf(first)));
  }, [settings]);

  if (settings === null)
    return store.failure === null ? null : <Notice kind="problem">{failure(store.failure)}</Notice>;
  const { printers, routes } = settings;
  const read = draft === null ? null : readDraft(draft);
  const isNew = draft !== null && printers.every(({ id }) => id !== draft.id);
  const wrong = isAsked && read?.printer === null ? read.wrong : nothing;

  function edit(next: PrinterDraft | null): void {
    setDraft(next);
    setIsAsked(false);
    forgetTry();
  }

  /** The printer that was typed, or the fields say what is wrong with them. */
  function typed(): Printer | null {
    setIsAsked(true);
    return read?.printer ?? null;
  }

  async function probe(): Promise<void> {
    const printer = typed();
    if (printer === null || draft === null) return;
    const report = await store.probe(printer);
    if (report === null) return;
    // Nothing is learnt of a printer that was not reached.
    const isReached = report.look === null || report.look.problem === null || report.answersStatus;
    if (!isReached) return;
    const { answersStatus, acknowledges } = report;
    setDraft((now) => (now?.id === printer.id ? { ...now, answersStatus, acknowledges } : now));
  }

  async function saveAll(next: typeof settings): Promise<void> {
    if (next !== null && (await save(next))) await refresh();
  }

  async function remove(id: string): Promise<void> {
    const next = withoutPrinter({ printers, routes }, id);
    edit(next.printers[0] === undefined ? null : draftOf(next.printers[0]));
    await saveAll(next);
  }

  return (
    <div className={classes.panel} data-testid="printers">
      <nav className={classes.list} aria-label={t('printers.list')}>
        {printers.map((printer) => {
          const state = states?.find(({ id }) => id === printer.id);
          return (
            <button
              key={printer.id}
              type="button"
              className={classes.one}
              aria-current={draft?.id === printer.id}
              onClick={() => edit(draftOf(printer))}
              data-testid={`printer-${printer.id}`}
            >
              <span className={classes.name}>{printer.name}</span>
              <span className={classes.soft}>
                {t(`printers.ways.${printer.way.kind}`)} <bdi dir="ltr">{placeOf(printer.way)}</bdi>
              </span>
              {state?.problem != null && (
                <span className={classes.trouble}>{t(`status.problems.${state.problem}`)}</span>
              )}
            </button>
          );
        })}
        {isNew && (
          <button type="button" className={classes.one} aria-current="true">
            <span className={classes.name}>{draft.name.trim() || t('printers.newOne')}</span>
            <span className={classes.soft}>{t('printers.unsaved')}</span>
          </button>
        )}
        <Button
          variant="default"
          leftSection={<IconPlus size="1.1rem" aria-hidden="true" />}
          disabled={isNew || printers.length >= mostPrinters}
          onClick={() => edit(newDraft(printers))}
          data-testid="printer-add"
        >
          {t('printers.add')}
        </Button>
      </nav>
      <div className={classes.chosen}>
        {draft === null ? (
          <Notice kind="hint">{t('printers.none')}</Notice>
        ) : (
          <form
            noValidate
            className={classes.form}
            onSubmit={(event) => {
              event.preventDefault();
              const printer = typed();
              if (printer !== null) void saveAll(withPrinter(settings, printer));
            }}
          >
            <PrinterForm
              draft={draft}
              wrong={wrong}
              installed={store.installed}
              onChange={(change) => setDraft(changed(draft, change))}
            />
            <PrinterTry
              key={draft.id}
              draft={draft}
              trying={store.trying}
              probed={store.probed}
              printed={store.printed}
              onProbe={() => void probe()}
              onPrint={() => {
                const printer = typed();
                if (printer !== null) void store.printPage(printer);
              }}
              onFollow={setDraft}
            />
            {wrong.size > 0 && <Notice kind="problem">{t('printers.fixFirst')}</Notice>}
            {store.failure !== null && <Notice kind="problem">{failure(store.failure)}</Notice>}
            {store.isSaved && (
              <Notice kind="good" testId="settings-saved">
                {t('printers.saved')}
              </Notice>
            )}
            <div className={classes.acts}>
              <Button type="submit" loading={store.isSaving} data-testid="printer-save">
                {t('printers.save')}
              </Button>
              {!isNew && (
                <Button
                  variant="subtle"
                  color="clay"
                  leftSection={<IconTrash size="1.1rem" aria-hidden="true" />}
                  title={t('printers.removeText')}
                  onClick={() => void remove(draft.id)}
                  data-testid="printer-remove"
                >
                  {t('printers.remove')}
                </Button>
              )}
            </div>
          </form>
        )}
        {printers.length > 0 && (
          <PrinterRoutes
            printers={printers}
            routes={routes}
            onChange={(next) => void saveAll({ printers, routes: next })}
          />
        )}
      </div>
    </div>
  );
}

function placeOf(way: PrinterWay): string {
  if (way.kind === 'tcp') return isolate(`${way.host}:${way.port}`);
  if (way.kind === 'spooler') return way.printer;
  return way.kind === 'picture' ? '' : way.path;
}
