import type { PaperContent } from '../../shared/domain/paper.ts';
import type { Drawing } from './drawing.ts';
import type { DrawOptions } from './drawReceipt.ts';

/** The dots of a paper as the window shows them: a data URL, since it may load nothing else. */
export async function screenPicture(
  drawing: Pick<Drawing, 'picture'>,
  content: PaperContent,
  options: DrawOptions,
): Promise<{ png: string; width: number; height: number }> {
  const { png, width, height } = await drawing.picture(content, options);
  return { png: `data:image/png;base64,${Buffer.from(png).toString('base64')}`, width, height };
}
