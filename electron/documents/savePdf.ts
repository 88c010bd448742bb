import type { PaperContent } from '../../shared/domain/paper.ts';
import { isPaperDocument } from '../../shared/domain/paper.ts';
import { Refusal, refuse } from '../../shared/errors.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import type { Tx } from '../db/connection.ts';
import { nextCopyNumber } from '../printing/printJobs.ts';
import { documentPage } from '../printing/pdf/documentPage.ts';
import type { PageOptions } from '../printing/pdf/page.ts';
import { receiptPage } from '../printing/pdf/receiptPage.ts';
import type { Services } from '../services.ts';
import { actorOf } from '../users/users.ts';
import type { DocumentOf } from './savedDocuments.ts';
import { getPaper, insertSaved } from './savedDocuments.ts';

type Parts = Pick<Services, 'db' | 'clock' | 'journal' | 'pdf' | 'fileDialogs' | 'crestUrl' | 'log'> & {
  readonly write: <T>(act: (tx: Tx) => T) => T;
};

/**
 * Saves a paper that was drawn from a job as an A4 page where the person says. It is a copy: marked, numbered among the
 * printed ones and in the journal before the file is there, so that no copy exists that nobody counted.
 * @returns the copy's number; null when the person closed the dialog
 * @throws Refusal `receipt.notFound`, `document.notDrawn`, `document.notSaved`
 */
export async function savePdf(
  parts: Parts,
  { reason, ...of }: DocumentOf & { readonly reason: string },
  by: Person,
): Promise<number | null> {
  const paper = getPaper(parts.db, of);
  let copyNumber: number | null = null;
  const isSaved = await saveAs(parts, paper.title, async () => {
    const crest = await parts.crestUrl();
    for (;;) {
      const number = nextCopyNumber(parts.db, paper.of);
      const bytes = await drawn(parts, pageOf(paper.content, { copyNumber: number, crest }));
      // While it was drawn a copy may have been printed.
      const isCounted = parts.write((tx) => {
        if (nextCopyNumber(tx, paper.of) !== number) return false;
        const atMs = parts.clock();
        insertSaved(tx, { jobId: paper.jobId, copyNumber: number, reason, userId: by.id, atMs });
        parts.journal.append(tx, {
          act: 'document.saved',
          actor: actorOf(by),
          body: {
            printJobId: paper.jobId,
            document: paper.of.document,
            title: paper.title,
            copyNumber: number,
            reason,
          },
        });
        return true;
      });
      if (!isCounted) continue;
      copyNumber = number;
      return bytes;
    }
  });
  return isSaved ? copyNumber : null;
}

/** Any content as a whole page. */
function pageOf(content: PaperContent, options: PageOptions): string {
  return isPaperDocument(content) ? documentPage(content, options) : receiptPage(content, options);
}

async function drawn({ pdf, log }: Parts, html: string): Promise<Uint8Array> {
  try {
    return await pdf.render(html);
  } catch (error) {
    log('a page was not drawn', error);
    throw refuse('document.notDrawn');
  }
}

async function saveAs(
  { fileDialogs, log }: Parts,
  title: string,
  contents: () => Promise<Uint8Array>,
): Promise<boolean> {
  try {
    return await fileDialogs.save(`${title.replaceAll(/[\\/:*?"<>|]+/g, '-')}.pdf`, contents);
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error && 'code' in error)) throw error;
    log('a document was not saved', error);
    throw refuse('document.notSaved');
  }
}
