import { useLayoutEffect, useRef, useState } from 'react';
import type { Person } from '../../shared/ipc/contract.ts';
import { AccountPanel } from '../components/AccountPanel.tsx';
import type { BillsHandle } from '../components/BillsTable.tsx';
import { DonePanel } from '../components/DonePanel.tsx';
import { EmptyCounter } from '../components/EmptyCounter.tsx';
import { FloatCount } from '../components/FloatCount.tsx';
import { isDialogOpen, isField, isInDialog, useEveryKey, writeInto } from '../components/keys.ts';
import { MoneyPanel } from '../components/MoneyPanel.tsx';
import { Notice } from '../components/Notice.tsx';
import { ReceiptPicture } from '../components/ReceiptPicture.tsx';
import { createScanReader } from '../components/scanReader.ts';
import { SearchBox } from '../components/SearchBox.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useCounter } from '../stores/counter.ts';
import { reckon } from '../stores/payDraft.ts';
import { useShift } from '../stores/shift.ts';
import { useStatus } from '../stores/status.ts';
import { ReceiptDialog } from './ReceiptDialog.tsx';
import classes from './CounterScreen.module.css';

/** One screen to serve a citizen: search on top, who and what at the start side, money at the end side. */
export function CounterScreen({ person }: { readonly person: Person }) {
  const { t, failure } = useSpeech();
  const counter = useCounter();
  const { shift, isWorking: isShiftWorking, failure: shiftFailure, open: openShift } = useShift();
  const status = useStatus((state) => state.status);
  const [viewed, setViewed] = useState<number | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const amount = useRef<HTMLInputElement>(null);
  const received = useRef<HTMLInputElement>(null);
  const bills = useRef<BillsHandle>(null);
  const [scans] = useState(createScanReader);
  const beforeScan = useRef<{ field: HTMLInputElement; value: string } | null>(null);

  const { account, draft, taken } = counter;
  const mayTake = person.role === 'cashier' || person.role === 'supervisor';
  const canTake = mayTake && shift !== null;
  const reckoning = reckon(draft);
  const accountId = account?.id ?? null;

  // Where the hands go next: to the bills of the account that was opened, or back to the search box. With the shift
  // opened or closed the field that had the focus is gone. Before the paint: what is typed at once is not lost.
  const shiftId = shift?.id ?? null;
  useLayoutEffect(() => {
    if (accountId !== null && taken === null) bills.current?.focus();
    else search.current?.focus();
  }, [accountId, taken, shiftId]);

  function toSearch(): void {
    search.current?.focus();
    search.current?.select();
  }

  function toMoney(): void {
    if (!canTake) return;
    (draft.chosen.size > 0 ? received : amount).current?.focus();
  }

  function addNote(minor: number): void {
    const { receivedMinor } = reckon(useCounter.getState().draft);
    counter.typeReceived(((minor + (receivedMinor ?? 0)) / 100).toFixed(2));
    received.current?.focus();
  }

  function take(): void {
    if (!canTake || taken !== null) return;
    if (reckoning.isReady) void counter.take();
    else if (reckoning.totalMinor > 0) received.current?.focus();
  }

  /** What was typed nowhere is for the search: in place of what is there, or after it in the middle of a run of keys. */
  function typeIntoSearch(beginsRun: boolean): void {
    if (beginsRun) {
      toSearch();
      return;
    }
    const field = search.current;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }

  /** `scanned` when the key ended a scan: the field got back what it held, and the scan is searched for. */
  function readScan(event: KeyboardEvent): 'nothing' | 'started' | 'scanned' {
    const heard = scans.read({ key: event.key, code: event.code, atMs: event.timeStamp });
    if (heard.kind === 'started') {
      const field = isField(event.target) ? event.target : null;
      beforeScan.current = field === null ? null : { field, value: field.value };
    }
    if (heard.kind !== 'scanned') return heard.kind;
    const before = beforeScan.current;
    if (before !== null && before.field !== search.current) writeInto(before.field, before.value);
    toSearch();
    counter.type(heard.text);
    counter.openHighlighted();
    return 'scanned';
  }

  useEveryKey((event) => {
    if (isDialogOpen() || isInDialog(event.target) || event.isComposing) return;
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
    const heard = isPlain && !event.repeat ? readScan(event) : 'nothing';
    if (heard === 'scanned') {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const acts: Record<string, (() => void) | undefined> = {
      F2: toSearch,
      F3: taken === null ? () => bills.current?.editRow() : () => setViewed(taken.paymentId),
      F4: canTake && taken === null ? counter.toggleAll : undefined,
      F6: canTake ? () => amount.current?.focus() : undefined,
      F8:
        canTake && taken === null
          ? () => {
              counter.receiveExact();
              received.current?.focus();
            }
          : undefined,
      F9: take,
      Escape: stepBack,
    };
    const act = acts[event.key];
    if (isPlain && act !== undefined) {
      event.preventDefault();
      if (!event.repeat) act();
      return;
    }
    if (!isPlain || event.key.length !== 1 || isField(event.target)) return;
    // Space belongs to rows and buttons; everything else that is typed nowhere belongs to the search box.
    if (event.key === ' ') return;
    if (event.code.startsWith('Numpad') && canTake && account !== null && taken === null) toMoney();
    else typeIntoSearch(heard === 'started');
  });

  function stepBack(): void {
    const active = document.activeElement;
    const wasInRow = active instanceof HTMLInputElement && active.dataset['testid'] === 'bill-pays';
    if (wasInRow) {
      bills.current?.focus();
      return;
    }
    const wasAsking = counter.searchText !== '';
    counter.stepBack();
    if (!wasAsking || account === null) return;
    if (taken === null) bills.current?.focus();
  }

  const printText = printState();

  function printState(): string {
    if (taken === null) return '';
    const printer = status?.printer ?? null;
    if (printer === null || printer.state === 'notConfigured') return t('status.printerNone');
    const state = counter.printState ?? 'intended';
    const isWaiting = state === 'intended' || state === 'failedNotSent';
    if (isWaiting && printer.state === 'failing' && printer.lastProblem !== null) {
      return t('status.printerFailing', { problem: t(`status.problems.${printer.lastProblem}`) });
    }
    return t(`printing.states.${state}`);
  }

  return (
    <div className={classes.screen}>
      <SearchBox
        inputRef={search}
        text={counter.searchText}
        hits={counter.hits}
        hitsFor={counter.hitsFor}
        highlighted={counter.highlighted}
        isBusy={counter.isOpening}
        problem={
          counter.searchFailure === null ? null : (
            <Notice kind="problem">{failure(counter.searchFailure)}</Notice>
          )
        }
        onType={counter.type}
        onHighlight={counter.highlight}
        onEnter={counter.openHighlighted}
        onChoose={(hit) => void counter.openHit(hit)}
        onLeaveDown={() => bills.current?.focus()}
      />
      <div className={classes.main}>
        <div className={classes.start}>
          {counter.openFailure !== null && <Notice kind="problem">{failure(counter.openFailure)}</Notice>}
          {account === null ? (
            <EmptyCounter canTake={mayTake} />
          ) : taken !== null && counter.picture !== null ? (
            <div className={classes.receipt}>
              <ReceiptPicture picture={counter.picture} number={taken.receipt.number} size="fit" />
            </div>
          ) : (
            <AccountPanel
              account={account}
              draft={draft}
              businessDate={status?.businessDate ?? ''}
              canTake={canTake}
              billsRef={bills}
              onToggle={counter.toggle}
              onToggleAll={counter.toggleAll}
              onTypeRow={counter.typeRow}
              onLeaveRow={counter.leaveRow}
              onEnter={toMoney}
              onLeaveUp={toSearch}
              onClose={counter.closeAccount}
              onOpenAccount={(id) => void counter.openAccount(id)}
              onViewReceipt={setViewed}
            />
          )}
        </div>
        <div className={classes.end}>
          {!mayTake ? (
            <div className={classes.aside}>
              <Notice kind="hint">{t('counter.cannotTake')}</Notice>
            </div>
          ) : shift === null ? (
            <div className={classes.aside}>
              <FloatCount
                till={status?.till ?? ''}
                isWorking={isShiftWorking}
                problem={shiftFailure === null ? null : failure(shiftFailure)}
                onOpen={(counts) => void openShift(counts)}
              />
            </div>
          ) : taken !== null ? (
            <DonePanel
              taken={taken}
              printText={printText}
              onShowReceipt={() => setViewed(taken.paymentId)}
              onBack={counter.backToAccount}
            />
          ) : (
            <MoneyPanel
              draft={draft}
              reckoning={reckoning}
              payerName={account?.citizen.name ?? null}
              openBillCount={account?.openBills.length ?? 0}
              isTaking={counter.isTaking}
              isUnresolved={counter.isUnresolved}
              problem={takeProblem()}
              amountRef={amount}
              receivedRef={received}
              onTypeAmount={counter.typeAmount}
              onTypeReceived={counter.typeReceived}
              onExact={() => {
                counter.receiveExact();
                received.current?.focus();
              }}
              onNote={addNote}
              onAmountEnter={() => received.current?.focus()}
              onTake={take}
            />
          )}
        </div>
      </div>
      <ReceiptDialog paymentId={viewed} person={person} onClose={() => setViewed(null)} />
    </div>
  );

  function takeProblem(): string | null {
    const { takeFailure } = counter;
    if (takeFailure === null) return null;
    return takeFailure.code === 'lost' ? t('counter.lost') : failure(takeFailure);
  }
}
