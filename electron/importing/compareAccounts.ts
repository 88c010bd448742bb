import { foldTokens } from '../../shared/domain/folding.ts';
import type { ImportProblem } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Column } from './columns.ts';
import type { AccountRow } from './rows.ts';

/** What confirming does for one line of an accounts file. */
export type AccountChange = {
  readonly kind: 'account';
  readonly action: 'add' | 'change';
  /** Null: a new account. */
  readonly accountId: number | null;
  readonly citizen: CitizenChange;
  readonly row: AccountRow;
};

export type CitizenChange =
  /** Somebody who is there, with what becomes different; nothing when `set` is null. */
  | { readonly is: 'known'; readonly id: number; readonly set: CitizenFields | null }
  /** Added by an earlier line of the same file. */
  | { readonly is: 'addedBefore'; readonly identityNumber: string }
  | { readonly is: 'new'; readonly fields: CitizenFields };

export type CitizenFields = {
  readonly identityNumber: string | null;
  readonly name: string;
  readonly phone: string | null;
  readonly otherPhone: string | null;
};

export type Comparison<Change> =
  | { readonly is: 'unchanged' }
  | { readonly is: 'change'; readonly change: Change }
  | { readonly is: 'bad'; readonly column: Column; readonly reason: ImportProblem; readonly value: string };

type StoredCitizen = CitizenFields & { readonly id: number };
type StoredAccount = {
  readonly id: number;
  readonly citizenId: number;
  readonly categoryCode: string;
  readonly quarter: string;
  readonly address: string;
};

/** The service whose meter the file's one meter column means. */
export function meteredService(serviceCodes: readonly string[]): string {
  return !serviceCodes.includes('water') && serviceCodes.includes('wellWater') ? 'wellWater' : 'water';
}

/**
 * Compares the lines of an accounts file with the database, one after the other. Within one file the first line about
 * a person holds; later lines about the same person add accounts.
 */
export function createAccountComparison(db: ReadDb): (row: AccountRow) => Comparison<AccountChange> {
  const numbers = new Set<string>();
  const addedByIdentity = new Map<string, string>();
  const seenCitizens = new Map<number, string>();

  return (row) => {
    if (numbers.has(row.number)) return bad('number', 'repeatedInFile', row.number);
    const account = findAccount(db, row.number);
    const citizen = decideCitizen(db, row, account, addedByIdentity, seenCitizens);
    if (citizen === undefined) return bad('identity', 'belongsToAnotherAccount', row.identityNumber ?? '');
    numbers.add(row.number);

    if (account === undefined) {
      return { is: 'change', change: { kind: 'account', action: 'add', accountId: null, citizen, row } };
    }
    const isSamePerson = citizen.is === 'known' && citizen.id === account.citizenId && citizen.set === null;
    if (isSamePerson && isSameAccount(db, account, row)) return { is: 'unchanged' };
    return {
      is: 'change',
      change: { kind: 'account', action: 'change', accountId: account.id, citizen, row },
    };
  };
}

/** @returns undefined when the identity number is somebody else's */
function decideCitizen(
  db: ReadDb,
  row: AccountRow,
  account: StoredAccount | undefined,
  addedByIdentity: Map<string, string>,
  seenCitizens: Map<number, string>,
): CitizenChange | undefined {
  const name = foldTokens(row.name).join(' ');
  const identity = row.identityNumber;
  const holder = account === undefined ? undefined : findCitizen(db, account.citizenId);

  if (identity !== null) {
    const added = addedByIdentity.get(identity);
    if (added !== undefined)
      return added === name ? { is: 'addedBefore', identityNumber: identity } : undefined;
    const owner = findCitizenByIdentity(db, identity);
    if (owner !== undefined && owner.id !== holder?.id) {
      // A number typed wrong must not rename a stranger or give them an account.
      const isTheirs = isNamed(owner, name) || seenCitizens.get(owner.id) === name;
      return isTheirs ? known(owner, row, name, seenCitizens) : undefined;
    }
    if (owner === undefined) {
      addedByIdentity.set(identity, name);
      // Another name and another number: the account has passed to somebody new.
      if (holder === undefined || (holder.identityNumber !== null && !isNamed(holder, name)))
        return newCitizen(row);
      if (holder.identityNumber === null && !isNamed(holder, name) && isShared(db, holder.id))
        return newCitizen(row);
    }
  }
  if (holder === undefined) return newCitizen(row);
  // Without a number, another name on one of several accounts means another person, not a new name for all.
  if (identity === null && !isNamed(holder, name) && isShared(db, holder.id)) return newCitizen(row);
  return known(holder, row, name, seenCitizens);
}

function known(
  citizen: StoredCitizen,
  row: AccountRow,
  name: string,
  seenCitizens: Map<number, string>,
): CitizenChange | undefined {
  const seen = seenCitizens.get(citizen.id);
  if (seen !== undefined) return seen === name ? { is: 'known', id: citizen.id, set: null } : undefined;
  seenCitizens.set(citizen.id, name);
  const set: CitizenFields = {
    identityNumber: row.identityNumber ?? citizen.identityNumber,
    name: row.name,
    phone: row.phone === undefined ? citizen.phone : row.phone,
    otherPhone: row.otherPhone === undefined ? citizen.otherPhone : row.otherPhone,
  };
  const isSame =
    set.identityNumber === citizen.identityNumber &&
    set.name === citizen.name &&
    set.phone === citizen.phone &&
    set.otherPhone === citizen.otherPhone;
  return { is: 'known', id: citizen.id, set: isSame ? null : set };
}

function newCitizen(row: AccountRow): CitizenChange {
  return {
    is: 'new',
    fields: {
      identityNumber: row.identityNumber,
      name: row.name,
      phone: row.phone ?? null,
      otherPhone: row.otherPhone ?? null,
    },
  };
}

function isNamed(citizen: StoredCitizen, foldedName: string): boolean {
  return foldTokens(citizen.name).join(' ') === foldedName;
}

function isSameAccount(db: ReadDb, account: StoredAccount, row: AccountRow): boolean {
  if (account.categoryCode !== row.categoryCode) return false;
  if (row.quarter !== undefined && row.quarter !== account.quarter) return false;
  if (row.address !== undefined && row.address !== account.address) return false;
  if (row.serviceCodes.length === 0 && row.meter === undefined) return true;

  const services = prepared<{ code: string; meter: string | null }>(
    db,
    'SELECT service_code AS code, meter FROM account_services WHERE account_id = ? ORDER BY service_code',
  ).all(account.id);
  const codes = services.map(({ code }) => code);
  const wanted = wantedServices(row, codes);
  if (wanted.join() !== codes.join()) return false;
  if (row.meter === undefined) return true;
  const metered = meteredService(wanted);
  return (services.find(({ code }) => code === metered)?.meter ?? null) === row.meter;
}

/** The services that the account has afterwards, in order: the file's, and the one whose meter it names. */
export function wantedServices(row: AccountRow, present: readonly string[]): string[] {
  const wanted = new Set(row.serviceCodes.length > 0 ? row.serviceCodes : present);
  if (row.meter !== undefined && row.meter !== null) wanted.add(meteredService([...wanted]));
  return [...wanted].sort();
}

function findAccount(db: ReadDb, number: string): StoredAccount | undefined {
  return prepared<StoredAccount>(
    db,
    `SELECT id, citizen_id AS citizenId, category_code AS categoryCode, quarter, address
       FROM accounts WHERE number = ?`,
  ).get(number);
}

const citizenColumns = `id, identity_number AS identityNumber, name, phone, other_phone AS otherPhone`;

function findCitizen(db: ReadDb, id: number): StoredCitizen | undefined {
  return prepared<StoredCitizen>(db, `SELECT ${citizenColumns} FROM citizens WHERE id = ?`).get(id);
}

function findCitizenByIdentity(db: ReadDb, identity: string): StoredCitizen | undefined {
  return prepared<StoredCitizen>(db, `SELECT ${citizenColumns} FROM citizens WHERE identity_number = ?`).get(
    identity,
  );
}

function isShared(db: ReadDb, citizenId: number): boolean {
  return prepared(db, 'SELECT 1 FROM accounts WHERE citizen_id = ? LIMIT 2').all(citizenId).length > 1;
}

function bad(column: Column, reason: ImportProblem, value: string): Comparison<never> {
  return { is: 'bad', column, reason, value };
}
