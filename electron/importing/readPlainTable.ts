import Papa from 'papaparse';

export type PlainTable = {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
};

/** A table whose columns nobody knows beforehand: its first line names them, and its delimiter is found. */
export function readPlainTable(text: string): PlainTable | undefined {
  const { data } = Papa.parse<string[]>(text.replace(/\r\n?/g, '\n'), { newline: '\n' });
  const lines = data
    .map((cells, index) => ({ line: index + 1, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [header, ...rows] = lines;
  return header === undefined || header.cells.length < 2 ? undefined : { columns: header.cells, rows };
}
