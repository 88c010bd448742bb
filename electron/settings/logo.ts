import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { LogoView, Person } from '../../shared/ipc/contract.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import type { Drawing } from '../printing/drawing.ts';
import { readPicture } from '../printing/readPicture.ts';
import { actorOf } from '../users/users.ts';

type Logo = { readonly name: string; readonly bytes: Uint8Array };

/** The municipality's own logo; null: the crest that comes with the program. */
export function findLogo(db: ReadDb): Logo | null {
  return prepared<Logo>(db, 'SELECT name, bytes FROM logo').get() ?? null;
}

/** How it comes out above a receipt. */
export async function viewLogo(db: ReadDb, drawing: Drawing): Promise<LogoView> {
  const logo = findLogo(db);
  const { problem, png } = await drawing.tryCrest(logo?.bytes ?? null);
  return {
    name: logo?.name ?? null,
    problem,
    picture: png === null ? null : `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
  };
}

/**
 * A picture that was chosen, tried before it is kept: papers never lose the logo that they have to one that is none.
 * @throws Refusal as `readPicture`
 */
export async function readLogo(file: string, drawing: Drawing): Promise<Logo> {
  return { name: basename(file).slice(0, 255), bytes: await readPicture(file, drawing) };
}

/** Null: the crest that comes with the program again. */
export function changeLogo(tx: Tx, journal: Journal, logo: Logo | null, by: Person, atMs: number): void {
  const before = findLogo(tx);
  prepared(tx, 'DELETE FROM logo').run();
  if (logo !== null)
    prepared(tx, 'INSERT INTO logo (id, name, bytes, changed_at_ms) VALUES (1, ?, ?, ?)').run(
      logo.name,
      logo.bytes,
      atMs,
    );
  journal.append(tx, {
    act: 'logo.changed',
    actor: actorOf(by),
    atMs,
    body: { before: named(before), after: named(logo) },
  });
}

/** In the journal stands which picture it was; the picture itself is no act. */
function named(logo: Logo | null): { name: string; sha256: string } | null {
  return logo === null
    ? null
    : { name: logo.name, sha256: createHash('sha256').update(logo.bytes).digest('hex') };
}
