import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { StatementLine } from '../../shared/domain/statement.ts';
import { matchStatement, referenceKey } from '../../shared/domain/statement.ts';
import { refuse } from '../../shared/errors.ts';
import type {
  LaidStatement,
  StatementFile,
  StatementMapping,
  StatementTransfer,
  WaitingProvider,
} from '../../shared/ipc/contract.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { decodeText } from '../importing/decodeText.ts';
import type { PlainTable } from '../importing/readPlainTable.ts';
import { readPlainTable } from '../importing/readPlainTable.ts';
import type { RegisterContext } from './registers.ts';
import { settleTransfer } from './registers.ts';

const maximumMegabytes = 20;
const sampleRows = 5;

type Open = {
  readonly token: string;
  readonly provider: string;
  readonly fileName: string;
  readonly table: PlainTable;
};

export type Statements = {
  /** @throws Refusal import.tooLarge, import.unreadable */
  open(db: ReadDb, provider: string, filePath: string): Promise<StatementFile>;
  /** Remembers the columns for the provider and lays the file beside what waits. @throws Refusal import.gone */
  propose(tx: Tx, token: string, mapping: StatementMapping): LaidStatement;
  /**
   * Marks the chosen transfers as matched, all or none. Only what this file proposes can be chosen.
   * @returns how many were matched
   * @throws Refusal import.gone, register.wrongState
   */
  confirm(tx: Tx, token: string, transferIds: readonly number[], context: RegisterContext): number;
};

/** A provider's statement, read and kept in main until it is confirmed; at most one is open. */
export function createStatements(): Statements {
  let open: Open | undefined;
  let mapping: StatementMapping | undefined;

  function getOpen(token: string): Open {
    if (open?.token !== token) throw refuse('import.gone');
    return open;
  }

  function proposalOf(db: ReadDb, { provider, table }: Open, columns: StatementMapping): LaidStatement {
    const place = (name: string): number => {
      const at = table.columns.indexOf(name);
      if (at < 0) throw refuse('import.missingColumns', { columns: name });
      return at;
    };
    const [reference, amount] = [place(columns.reference), place(columns.amount)];
    const lines = table.rows.map(({ line, cells }): StatementLine => ({
      line,
      reference: cells[reference] ?? '',
      amount: cells[amount] ?? '',
    }));
    const transfers = listWaiting(db, provider);
    return { ...matchStatement(lines, transfers), transfers };
  }

  return {
    async open(db, provider, filePath) {
      const { size } = await stat(filePath);
      if (size > maximumMegabytes * 1024 * 1024) throw refuse('import.tooLarge', { maximumMegabytes });
      const table = readPlainTable(decodeText(await readFile(filePath))?.text ?? '');
      if (table === undefined) throw refuse('import.unreadable');
      open = { token: randomUUID(), provider, fileName: basename(filePath), table };
      mapping = undefined;
      const known = findMapping(db, provider);
      return {
        token: open.token,
        fileName: open.fileName,
        columns: table.columns,
        sample: table.rows.slice(0, sampleRows).map(({ cells }) => cells),
        lines: table.rows.length,
        mapping:
          known !== null && table.columns.includes(known.reference) && table.columns.includes(known.amount)
            ? known
            : null,
      };
    },
    propose(tx, token, columns) {
      const current = getOpen(token);
      const proposal = proposalOf(tx, current, columns);
      prepared(
        tx,
        `INSERT INTO statement_columns (provider, reference, amount) VALUES (?, ?, ?)
         ON CONFLICT (provider) DO UPDATE SET reference = excluded.reference, amount = excluded.amount`,
      ).run(current.provider, columns.reference, columns.amount);
      mapping = columns;
      return proposal;
    },
    confirm(tx, token, transferIds, context) {
      const current = getOpen(token);
      if (mapping === undefined) throw refuse('import.gone');
      const matches = new Map(
        proposalOf(tx, current, mapping).matches.map(({ transferId, line }) => [transferId, line]),
      );
      for (const transferId of new Set(transferIds)) {
        const line = matches.get(transferId);
        if (line === undefined) throw refuse('register.wrongState');
        const note = `${current.fileName}: ${line}`;
        settleTransfer(tx, { requestId: randomUUID(), transferId, to: 'matched', note }, context);
      }
      return new Set(transferIds).size;
    },
  };
}

/** All that wait for this provider, the oldest first. */
function listWaiting(db: ReadDb, provider: string): StatementTransfer[] {
  return prepared<StatementTransfer>(
    db,
    `SELECT r.id, json_extract(t.details, '$.reference') AS reference, json_extract(t.details, '$.sentOn') AS sentOn,
            t.currency, t.received_minor AS minor, p.payer_name AS payerName
       FROM transfers r JOIN payments p ON p.id = r.payment_id
       JOIN payment_tenders t ON t.payment_id = r.payment_id AND t.line = r.line
      WHERE r.state = 'pending' AND r.provider = ? ORDER BY r.id`,
  ).all(referenceKey(provider));
}

/** Whose transfers wait, and how many; the provider of the one that waits longest first. */
export function listWaitingProviders(db: ReadDb): WaitingProvider[] {
  return prepared<WaitingProvider>(
    db,
    `SELECT json_extract(t.details, '$.provider') AS provider, count(*) AS count
       FROM transfers r JOIN payment_tenders t ON t.payment_id = r.payment_id AND t.line = r.line
      WHERE r.state = 'pending' GROUP BY r.provider ORDER BY min(r.id)`,
  ).all();
}

function findMapping(db: ReadDb, provider: string): StatementMapping | null {
  return (
    prepared<StatementMapping>(db, 'SELECT reference, amount FROM statement_columns WHERE provider = ?').get(
      provider,
    ) ?? null
  );
}
