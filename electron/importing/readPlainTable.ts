import Papa from 'papaparse';

export type PlainTable = {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
};

/** A table whose columns nobody knows beforehand: its first line names them, and its delimiter is found. */
export function readPlainTable(text: string): PlainTable | undefined {
  const unified = text.replace(/\r\n?/g, '\n');
  const { data } = Papa.parse<string[]>(unified, { newline: '\n', delimiter: delimiterOf(unified) });
  const lines = data
    .map((cells, index) => ({ line: index + 1, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [header, ...rows] = lines;
  return header === undefined || header.cells.length < 2 ? undefined : { columns: header.cells, rows };
}

/** Found among lines that say something: empty ones look like lines of a single column. */
function delimiterOf(text: string): string {
  const lines = text.split('\n', 40).filter((line) => line.trim() !== '');
  return Papa.parse(lines.join('\n'), { newline: '\n', preview: 10 }).meta.delimiter;
}
