import type { PaperTable } from '../../shared/domain/paper.ts';
import { isolate, isolateWithin } from './bidi.ts';
import type { Block, Paper, Style } from './blocks.ts';
import {
  blacken,
  gap,
  innerWidth,
  labelled,
  lineHeight,
  measurer,
  paragraph,
  px,
  rule,
  stack,
  write,
} from './blocks.ts';
import { withMinus } from './receiptFigures.ts';
import { wrapWords } from './wrap.ts';

/** Sizes of the rows' writing that are tried before the cells go below each other. */
const sizes = [24, 21];

/** A narrow column of words that takes more lines than this for one cell is no longer read as a row. */
const mostLines = 3;

/** Where a column stands. Figures end at `end`, which leaves their widest at the column's left. */
type Column = { readonly right: number; readonly width: number; readonly end: number };

/**
 * Words at the right, figures below each other by their last digits; the total in bold under a line. What does not fit
 * beside each other, even in smaller writing, goes below each other: nothing is cut.
 */
export function paperTable(paper: Paper, table: PaperTable): Block {
  const lines = [...table.rows, ...(table.total === null ? [] : [table.total])];
  const cells = lines.map((line) =>
    table.columns.map((column, index) => cellText(column, line[index] ?? '')),
  );
  for (const size of sizes) {
    const columns = fit(paper, table, cells, size, true) ?? fit(paper, table, cells, size, false);
    if (columns !== null) return inColumns(paper, table, cells, columns, size);
  }
  return belowEachOther(paper, table, cells);
}

function cellText(column: PaperTable['columns'][number], text: string): string {
  return column.isFigure ? isolate(withMinus(text)) : isolateWithin(text);
}

/**
 * Figures take what their widest needs; words share the rest by weight. Null where a word would not fit, or where
 * anything would have to be wrapped though that was not wanted.
 */
function fit(
  paper: Paper,
  { columns, rows }: PaperTable,
  cells: readonly (readonly string[])[],
  size: number,
  isUnwrapped: boolean,
): readonly Column[] | null {
  const between = px(paper, 14);
  const head = measurer(paper, headStyle(size));
  const bold = measurer(paper, { size, weight: 700 });
  const plain = measurer(paper, { size });
  const measureCell = (row: number, text: string): number => (row < rows.length ? plain(text) : bold(text));
  const widestWord = (text: string, measure: (word: string) => number): number =>
    Math.max(0, ...text.split(/\s+/).map(measure));
  const room = innerWidth(paper) - 2 * px(paper, 6) - between * (columns.length - 1);
  const least = columns.map((column, index) => {
    const written = isolateWithin(column.title);
    const title = isUnwrapped ? head(written) : widestWord(written, head);
    const widest = cells.reduce((most, line, row) => {
      const text = line[index] ?? '';
      if (column.isFigure || isUnwrapped) return Math.max(most, measureCell(row, text));
      return Math.max(
        most,
        widestWord(text, (word) => measureCell(row, word)),
      );
    }, 0);
    // A single long word may be broken; it must not push everything else off the paper.
    return Math.ceil(Math.max(title, column.isFigure || isUnwrapped ? widest : Math.min(widest, room * 0.4)));
  });
  const spare = room - least.reduce((sum, width) => sum + width, 0);
  if (spare < 0) return null;
  const words = columns.filter(({ isFigure }) => !isFigure);
  const growing = words.length > 0 ? words : columns;
  const weights = growing.reduce((sum, { weight }) => sum + weight, 0);
  let right = paper.right - px(paper, 6);
  const placed = columns.map((column, index) => {
    const grows = growing.includes(column) ? Math.floor((spare * column.weight) / weights) : 0;
    const width = (least[index] ?? 0) + grows;
    const widest = cells.reduce((most, line, row) => Math.max(most, measureCell(row, line[index] ?? '')), 0);
    const place = { right, width, end: right - width + Math.ceil(widest) };
    right -= width + between;
    return place;
  });
  const isSqueezed = placed.some(
    ({ width }, index) =>
      columns[index]?.isFigure === false &&
      width < innerWidth(paper) * 0.45 &&
      cells.some((line) => wrapWords(line[index] ?? '', width, bold).length > mostLines),
  );
  return isSqueezed ? null : placed;
}

function headStyle(size: number): Style {
  return { size: size - 2, weight: 700 };
}

function inColumns(
  paper: Paper,
  table: PaperTable,
  cells: readonly (readonly string[])[],
  columns: readonly Column[],
  size: number,
): Block {
  const rows = cells.map((line, index) => {
    const isTotal = index >= table.rows.length;
    const style: Style = isTotal ? { size, weight: 700 } : { size };
    return tableRow(paper, table, line, columns, style);
  });
  const blocks = rows.flatMap((row, index) => {
    if (index === table.rows.length) return [rule(paper), gap(paper, 2), row, gap(paper, 2), rule(paper)];
    return index + 1 < table.rows.length ? [row, rule(paper, 'dotted')] : [row];
  });
  return stack([
    header(paper, table, columns, size),
    ...blocks,
    ...(table.total === null ? [rule(paper)] : []),
  ]);
}

/** White on black; a title of several words may take two lines, which stand on the last. */
function header(paper: Paper, table: PaperTable, columns: readonly Column[], size: number): Block {
  const style = headStyle(size);
  const step = lineHeight(paper, style);
  const titles = table.columns.map(({ title }, index) =>
    wrapWords(isolateWithin(title), columns[index]?.width ?? 0, measurer(paper, style)),
  );
  const most = Math.max(1, ...titles.map((lines) => lines.length));
  const padding = px(paper, 2);
  const height = most * step + 2 * padding;
  return {
    height,
    paint: (top) => {
      blacken(paper, paper.left, top, innerWidth(paper), height);
      titles.forEach((lines, index) => {
        const column = columns[index];
        if (column === undefined) return;
        const isFigure = table.columns[index]?.isFigure === true;
        const first = top + padding + (most - lines.length) * step;
        lines.forEach((line, down) =>
          write(paper, line, isFigure ? column.right - column.width : column.right, first + down * step, {
            ...style,
            color: 'white',
            align: isFigure ? 'left' : 'right',
          }),
        );
      });
    },
  };
}

function tableRow(
  paper: Paper,
  table: PaperTable,
  line: readonly string[],
  columns: readonly Column[],
  style: Style,
): Block {
  const step = lineHeight(paper, style);
  const measure = measurer(paper, style);
  const texts = line.map((text, index) =>
    table.columns[index]?.isFigure === true ? [text] : wrapWords(text, columns[index]?.width ?? 0, measure),
  );
  const most = Math.max(1, ...texts.map((lines) => lines.length));
  return {
    height: most * step,
    paint: (top) => {
      texts.forEach((lines, index) => {
        const column = columns[index];
        if (column === undefined) return;
        const isFigure = table.columns[index]?.isFigure === true;
        lines.forEach((text, down) =>
          write(paper, text, isFigure ? column.end : column.right, top + down * step, {
            ...style,
            align: 'right',
            direction: isFigure ? 'ltr' : 'rtl',
          }),
        );
      });
    },
  };
}

/** Each row as its own small list: the first cell leads, the others follow with their column's title. */
function belowEachOther(paper: Paper, table: PaperTable, cells: readonly (readonly string[])[]): Block {
  const lead: Style = { size: 25, weight: 700 };
  const small: Style = { size: 21 };
  const titles = table.columns.map(({ title }) => isolateWithin(title));
  const rows = cells.map((line, index) => {
    const [first = '', ...others] = line;
    const isTotal = index >= table.rows.length;
    return stack([
      ...(first === '' ? [] : [paragraph(paper, first, lead)]),
      ...others.flatMap((text, place) =>
        text === '' ? [] : [labelled(paper, titles[place + 1] ?? '', text, small)],
      ),
      gap(paper, 2),
      rule(paper, isTotal || index + 1 === table.rows.length ? 'thin' : 'dotted'),
      gap(paper, 2),
    ]);
  });
  return stack(rows);
}
