import { Button } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { toDecimal } from '../../shared/domain/money.ts';
import { parseMoney } from '../../shared/domain/moneyInput.ts';
import { foreignCurrencies } from '../../shared/domain/exchange.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import { AccountPanel } from '../components/AccountPanel.tsx';
import { BasketPanel } from '../components/BasketPanel.tsx';
import type { BillsHandle } from '../components/BillsTable.tsx';
import { ChangeDialog } from '../components/ChangeDialog.tsx';
import { DonePanel } from '../components/DonePanel.tsx';
import { EmptyCounter } from '../components/EmptyCounter.tsx';
import { FeeDialog } from '../components/FeeDialog.tsx';
import { isDialogOpen, isField, isInDialog, useEveryKey, writeInto } from '../components/keys.ts';
import { LeafDialog } from '../components/LeafDialog.tsx';
import { LeafStrip } from '../components/LeafStrip.tsx';
import { MoneyPanel } from '../components/MoneyPanel.tsx';
import { Notice } from '../components/Notice.tsx';
import { ReceiptPicture } from '../components/ReceiptPicture.tsx';
import { createScanReader } from '../components/scanReader.ts';
import { SearchBox } from '../components/SearchBox.tsx';
import { ShiftNeeded } from '../components/ShiftNeeded.tsx';
import type { TenderAsked } from '../components/TenderDialog.tsx';
import { TenderDialog } from '../components/TenderDialog.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useCounter } from '../stores/counter.ts';
import { nextTenderId, receivedText } from '../draft/payDraft.ts';
import { useBooks } from '../stores/books.ts';
import { useRates } from '../stores/rates.ts';
import { payingAccount, reckon } from '../draft/reckoning.ts';
import { useServices } from '../stores/services.ts';
import { useShift } from '../stores/shift.ts';
import { useStatus } from '../stores/status.ts';
import type { TenderDraft } from '../draft/tenderDraft.ts';
import { shekels, shekelsId } from '../draft/tenderDraft.ts';
import { useUi } from '../stores/ui.ts';
import { ReceiptDialog } from './ReceiptDialog.tsx';
import { WaiverDialog } from './WaiverDialog.tsx';
import classes from './CounterScreen.module.css';

/** One screen to serve a citizen: search on top, who and what at the start side, money at the end side. */
export function CounterScreen({ person }: { readonly person: Person }) {
  const { t, failure, listed, currencyName } = useSpeech();
  const counter = useCounter();
  const shift = useShift((state) => state.shift);
  const status = useStatus((state) => state.status);
  const [viewed, setViewed] = useState<number | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const amount = useRef<HTMLInputElement>(null);
  const received = useRef<HTMLInputElement>(null);
  const surplus = useRef<HTMLButtonElement>(null);
  const bills = useRef<BillsHandle>(null);
  const { terms, view: ratesView, load: loadRates } = useRates();
  const services = useServices();
  const books = useBooks();
  const showShift = useUi((state) => state.showShift);
  const [dialog, setDialog] = useState<'tender' | 'change' | 'fee' | 'leaf' | null>(null);
  const [asked, setAsked] = useState<TenderAsked | null>(null);
  const [serial, setSerial] = useState(0);
  const [scans] = useState(createScanReader);
  const beforeScan = useRef<{ field: HTMLInputElement; value: string } | null>(null);

  const { account, draft, taken } = counter;
  const mayTake = person.role === 'cashier' || person.role === 'supervisor';
  const sells = shift !== null && shift.state === 'open' && !shift.isOver;
  const canTake = mayTake && sells;
  const reckoning = reckon(draft, account, terms);
  const payer = payingAccount(draft, account);
  const payerName = payer?.citizen.name ?? draft.occasional?.name ?? null;
  const isBusy = counter.isTaking || counter.isUnresolved;
  const hasBasket = draft.basket.length + draft.fees.length > 0;
  const isAnybody = account !== null || hasBasket;
  const today = status?.businessDate ?? '';
  const accountId = account?.id ?? null;

  // Where the hands go next: to the bills of the account that was opened, or back to the search box. With the shift
  // opened or closed the field that had the focus is gone. Before the paint: what is typed at once is not lost.
  useLayoutEffect(() => {
    if (accountId !== null && taken === null) bills.current?.focus();
    else search.current?.focus();
  }, [accountId, taken, sells]);

  // With every new day, and whenever the counter comes back: a supervisor may have set them meanwhile.
  useEffect(() => void loadRates(), [loadRates, today]);

  function toSearch(): void {
    search.current?.focus();
    search.current?.select();
  }

  function toMoney(): void {
    if (!canTake) return;
    (reckoning.totalMinor > 0 ? received : amount).current?.focus();
  }

  function addNote(minor: number): void {
    const parsed = parseMoney(receivedText(useCounter.getState().draft), 'ILS');
    const total = minor + (parsed.ok ? parsed.minor : 0);
    counter.typeReceived(toDecimal({ minor: total, currency: 'ILS' }));
    received.current?.focus();
  }

  function take(): void {
    if (!canTake || taken !== null) return;
    if (reckoning.isReady) void counter.take();
    else if (reckoning.totalMinor > 0) received.current?.focus();
  }

  /** The amount was typed: what is above the debt is decided on first, then the money. */
  function afterAmount(): void {
    if (draft.surplusMinor > 0) surplus.current?.focus();
    else received.current?.focus();
  }

  function acceptSurplus(): void {
    counter.acceptSurplus();
    received.current?.focus();
  }

  function askTender(edited: TenderDraft | null): void {
    if (!canTake || taken !== null || isBusy || reckoning.totalMinor === 0) return;
    void loadRates();
    const own = edited === null ? 0 : (reckoning.tenders.find(({ id }) => id === edited.id)?.valueMinor ?? 0);
    const cash = draft.tenders.find(({ id }) => id === shekelsId) ?? shekels;
    setAsked({
      serial: serial + 1,
      edited,
      newId: nextTenderId(draft),
      cash,
      remainingMinor: Math.min(reckoning.totalMinor, reckoning.remainingMinor + own),
    });
    setSerial(serial + 1);
    setDialog('tender');
  }

  function askFee(): void {
    if (!canTake || taken !== null || isBusy) return;
    void services.load();
    setSerial(serial + 1);
    setDialog('fee');
  }

  /** The list first: the number that is proposed is the one after what is known. */
  async function askLeaf(): Promise<void> {
    if (!canTake || taken !== null || isBusy) return;
    await books.load();
    setSerial((now) => now + 1);
    setDialog('leaf');
  }

  function askChange(): void {
    if (canTake && taken === null && !isBusy && (reckoning.changeMinor ?? 0) > 0) setDialog('change');
  }

  /** Another account in the same receipt: what was chosen stays in the basket. */
  function addAccount(): void {
    if (!canTake || taken !== null || isBusy) return;
    counter.addAccount();
    toSearch();
  }

  function closeDialog(): void {
    setDialog(null);
    // Mantine gives the focus back to where it was; money goes on at the money, and before it comes who pays.
    requestAnimationFrame(() => (isAnybody ? received : search).current?.focus());
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
    const isAfterMore = before !== null && before.field === search.current && before.value !== '';
    toSearch();
    counter.scan(heard.text, isAfterMore ? before.value + heard.text : null);
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
      F5: canTake && taken === null ? addAccount : () => undefined,
      F7:
        mayTake && !sells
          ? () => showShift('mine')
          : canTake && taken === null
            ? () => askTender(null)
            : undefined,
      F10: askFee,
      F11: askChange,
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
    if (event.code === 'KeyB' && event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      if (!event.repeat) void askLeaf();
      return;
    }
    if (isPlain && act !== undefined) {
      event.preventDefault();
      if (!event.repeat) act();
      return;
    }
    if (!isPlain || event.key.length !== 1 || isField(event.target)) return;
    // Space belongs to rows and buttons; everything else that is typed nowhere belongs to the search box.
    if (event.key === ' ') return;
    if (event.code.startsWith('Numpad') && canTake && (account !== null || hasBasket) && taken === null)
      toMoney();
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

  const missingRates =
    mayTake && ratesView !== null
      ? foreignCurrencies.filter((currency) => ratesView.today[currency] === undefined)
      : [];
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
      {draft.leaf !== null && (
        <LeafStrip
          leaf={draft.leaf}
          isStill={isBusy}
          onChange={() => void askLeaf()}
          onDrop={() => {
            counter.putLeaf(null);
            closeDialog();
          }}
        />
      )}
      <div className={classes.main}>
        <div className={classes.start}>
          {counter.openFailure !== null && <Notice kind="problem">{failure(counter.openFailure)}</Notice>}
          {missingRates.length > 0 && account === null && taken === null && !hasBasket && (
            <div className={classes.rates} role="status" data-testid="rates-missing">
              <span>{t('rates.missing', { currencies: listed(missingRates.map(currencyName)) })}</span>
              {person.role === 'supervisor' && (
                <Button size="compact-sm" variant="default" onClick={() => showShift('rates')}>
                  {t('rates.goSet')}
                </Button>
              )}
            </div>
          )}
          {taken === null && hasBasket && (
            <BasketPanel
              draft={draft}
              size={account === null ? 'full' : 'strip'}
              totalMinor={reckoning.totalMinor}
              isStill={isBusy}
              onOpen={(id) => void counter.openAccount(id)}
              onRemovePart={counter.removePart}
              onRemoveFee={counter.removeFee}
            />
          )}
          {taken !== null && counter.picture !== null ? (
            <div className={classes.receipt}>
              <ReceiptPicture
                picture={counter.picture}
                alt={t('counter.receiptPicture', { number: taken.receipt.number })}
                size="fit"
              />
            </div>
          ) : account === null ? (
            !hasBasket && <EmptyCounter canTake={mayTake} />
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
              onAddAccount={addAccount}
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
          ) : !sells ? (
            <ShiftNeeded shift={shift} onGo={() => showShift('mine')} />
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
              payerName={payerName}
              hasAccount={account !== null}
              openBillCount={account?.openBills.length ?? 0}
              isTaking={counter.isTaking}
              isUnresolved={counter.isUnresolved}
              problem={takeProblem()}
              amountRef={amount}
              receivedRef={received}
              surplusRef={surplus}
              acts={{
                onTypeAmount: counter.typeAmount,
                onTypeReceived: counter.typeReceived,
                onExact: () => {
                  counter.receiveExact();
                  received.current?.focus();
                },
                onNote: addNote,
                onAmountEnter: afterAmount,
                onAcceptSurplus: acceptSurplus,
                onDropAdvance: counter.dropAdvance,
                onOtherWay: () => askTender(null),
                onEditTender: askTender,
                onRemoveTender: counter.removeTender,
                onFee: askFee,
                onLeaf: () => void askLeaf(),
                onChooseChange: askChange,
                onTake: take,
              }}
            />
          )}
        </div>
      </div>
      <TenderDialog
        isOpen={dialog === 'tender'}
        asked={asked}
        terms={terms}
        today={today}
        payerName={payerName ?? ''}
        creditors={[
          ...(account === null ? [] : [account]),
          ...draft.basket.map((part) => part.account),
        ].filter(({ creditMinor }) => creditMinor > 0)}
        onPut={(tender) => {
          counter.putTender(tender);
          closeDialog();
        }}
        onClose={closeDialog}
      />
      <ChangeDialog
        isOpen={dialog === 'change'}
        reckoning={reckoning}
        terms={terms}
        currency={draft.changeCurrency}
        creditText={draft.creditText}
        hasAccount={payer !== null}
        onChoose={counter.chooseChange}
        onClose={closeDialog}
      />
      <FeeDialog
        isOpen={dialog === 'fee'}
        serial={serial}
        services={services.sold ?? []}
        problem={services.failure === null ? null : failure(services.failure)}
        needsPayer={payer === null}
        occasional={draft.occasional}
        onAdd={(fee, occasional) => {
          counter.addFee(fee, occasional);
          closeDialog();
        }}
        onClose={closeDialog}
      />
      <LeafDialog
        isOpen={dialog === 'leaf'}
        serial={serial}
        view={books.view}
        problem={books.failure === null ? null : failure(books.failure)}
        before={draft.leaf ?? books.before}
        isChange={draft.leaf !== null}
        today={today}
        onUse={(leaf) => {
          counter.putLeaf(leaf);
          closeDialog();
        }}
        onClose={closeDialog}
      />
      <WaiverDialog
        payerName={payerName ?? ''}
        totalMinor={reckoning.totalMinor}
        onClosed={() => requestAnimationFrame(() => received.current?.focus())}
      />
      <ReceiptDialog paymentId={viewed} person={person} onClose={() => setViewed(null)} />
    </div>
  );

  function takeProblem(): string | null {
    const { takeFailure } = counter;
    if (takeFailure === null) return null;
    return takeFailure.code === 'lost' ? t('counter.lost') : failure(takeFailure);
  }
}
