import Papa from 'papaparse';
import type { ImportKind, ImportPreview } from '../../shared/ipc/contract.ts';
import { readHeader } from './columns.ts';
import type { Header } from './columns.ts';

export type Delimiter = ImportPreview['delimiter'];

export type Line = {
  /** As an editor counts: a quoted cell may hold line ends. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly isBadlyQuoted: boolean;
};

export type Table = {
  readonly delimiter: Delimiter;
  readonly header: Header;
  /** About how many lines there are, for the progress. */
  readonly lineCount: number;
  /** Calls for every line after the header that is not empty. */
  forEachLine(visit: (line: Line) => void): void;
};

const delimiters: readonly Delimiter[] = [',', ';', '\t'];

/** @returns undefined when there is no line at all */
export function readTable(kind: ImportKind, text: string): Table | undefined {
  const unified = text.replace(/\r\n?/g, '\n');
  // Excel's own hint «sep=;» may stand above the header.
  const hint = /^\s*sep=[,;\t]\n/i.exec(unified)?.[0] ?? '';
  const blank = /^[\s,;]*\n/.exec(unified.slice(hint.length))?.[0] ?? '';
  const headerStart = hint.length + blank.length;
  const headerLine = unified.slice(headerStart).split('\n', 1)[0] ?? '';
  if (headerLine.trim() === '') return undefined;

  const { delimiter, header } = bestHeader(kind, headerLine);
  const body = unified.slice(headerStart + headerLine.length + 1);
  const firstLine = countLineEnds(unified.slice(0, headerStart)) + 2;
  return {
    delimiter,
    header,
    lineCount: countLineEnds(body) + 1,
    forEachLine: (visit) => visitLines(body, delimiter, firstLine, visit),
  };
}

function bestHeader(kind: ImportKind, line: string): { delimiter: Delimiter; header: Header } {
  const tried = delimiters.map((delimiter) => {
    const cells = Papa.parse<string[]>(line, { delimiter, newline: '\n' }).data[0] ?? [];
    return { delimiter, header: readHeader(kind, cells), cells: cells.length };
  });
  tried.sort((a, b) => b.header.places.size - a.header.places.size || b.cells - a.cells);
  return tried[0] ?? { delimiter: ',', header: readHeader(kind, []) };
}

function visitLines(
  body: string,
  delimiter: Delimiter,
  firstLine: number,
  visit: (line: Line) => void,
): void {
  if (body === '') return;
  let line = firstLine;
  Papa.parse<string[]>(body, {
    delimiter,
    newline: '\n',
    step: ({ data, errors }) => {
      const cells = data;
      const isEmpty = cells.every((cell) => cell.trim() === '');
      if (!isEmpty) visit({ line, cells, isBadlyQuoted: errors.some(({ type }) => type === 'Quotes') });
      line += 1;
      for (const cell of cells) if (cell.includes('\n')) line += countLineEnds(cell);
    },
  });
}

function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
