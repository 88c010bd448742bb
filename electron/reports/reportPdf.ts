import type { PaperDocument } from '../../shared/domain/paper.ts';
import { refuse } from '../../shared/errors.ts';
import { documentPage } from '../printing/pdf/documentPage.ts';
import type { Services } from '../services.ts';

/** A report as A4 pages. It is no copy of anything, so it has no number. @throws Refusal document.notDrawn */
export async function reportPdf(
  { pdf, crestUrl, log }: Pick<Services, 'pdf' | 'crestUrl' | 'log'>,
  paper: PaperDocument,
): Promise<Uint8Array> {
  const crest = await crestUrl();
  try {
    return await pdf.render(documentPage(paper, { copyNumber: 0, crest }));
  } catch (error) {
    log('a report was not drawn', error);
    throw refuse('document.notDrawn');
  }
}
