// A table of from and to, out of cells that come one by one.

export interface Cell {
  from: string;
  to: string;
  count: bigint;
}

export interface Matrix {
  /** Rows, the fullest first. */
  from: readonly string[];
  /** Columns, the fullest first. */
  to: readonly string[];
  at: (from: string, to: string) => bigint;
  rowTotal: (from: string) => bigint;
  total: bigint;
}

function sums(cells: readonly Cell[], key: (cell: Cell) => string): Map<string, bigint> {
  const found = new Map<string, bigint>();
  for (const cell of cells) found.set(key(cell), (found.get(key(cell)) ?? 0n) + cell.count);
  return found;
}

const fullestFirst = (counts: ReadonlyMap<string, bigint>): string[] =>
  [...counts]
    .sort(([a, m], [b, n]) => (n > m ? 1 : n < m ? -1 : a.localeCompare(b)))
    .map(([k]) => k);

export function matrixOf(cells: readonly Cell[]): Matrix {
  const rows = sums(cells, (cell) => cell.from);
  const columns = sums(cells, (cell) => cell.to);
  const values = sums(cells, (cell) => `${cell.from}\n${cell.to}`);
  return {
    from: fullestFirst(rows),
    to: fullestFirst(columns),
    at: (from, to) => values.get(`${from}\n${to}`) ?? 0n,
    rowTotal: (from) => rows.get(from) ?? 0n,
    total: cells.reduce((sum, cell) => sum + cell.count, 0n),
  };
}
