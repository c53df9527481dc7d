import { useId, useState, type ReactNode } from "react";
import { Link } from "wouter";
import { Scroll } from "../ui/scroll.tsx";
import { dashboardWords } from "./words.ts";

export interface Column {
  label: string;
  number?: boolean;
}

export interface Row {
  key: string;
  /** The first one names the row. */
  cells: readonly ReactNode[];
}

export interface Table {
  caption: string;
  columns: readonly Column[];
  rows: readonly Row[];
}

/** A number in a table that opens its cases. Nothing to open: the number alone. */
export function CasesLink({
  to,
  label,
  children,
}: {
  to: string;
  label: string;
  children: ReactNode;
}) {
  return (
    <Link href={to} className="utrecht-link utrecht-link--html-a" aria-label={label}>
      {children}
    </Link>
  );
}

/** A count that opens its cases, or a quiet 0. */
export function Count({ value, to, label }: { value: bigint; to: string; label: string }) {
  if (value === 0n) return <span className="wissel-muted">0</span>;
  return (
    <CasesLink to={to} label={label}>
      {value.toLocaleString("nl-NL")}
    </CasesLink>
  );
}

function DataTable({ table }: { table: Table }) {
  const { caption, columns, rows } = table;
  return (
    <Scroll label={caption}>
      <table className="utrecht-table wissel-table wissel-chart-table">
        <caption className="wissel-unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ label, number }) => (
              <th key={label} scope="col" className={number ? "wissel-number" : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...rest] }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {rest.map((cell, place) => (
                <td
                  key={columns[place + 1]?.label}
                  className={columns[place + 1]?.number ? "wissel-number" : undefined}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** The table of a chart, made when somebody asks for it: that of 60 teams has 780 links. */
export function FoldedTable({ of, table }: { of: string; table: () => Table }) {
  const [open, setOpen] = useState(false);
  return (
    <details
      className="wissel-details wissel-chart-details"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        {dashboardWords.showTable}
        <span className="wissel-unseen">{dashboardWords.tableOf(of)}</span>
      </summary>
      {open && <DataTable table={table()} />}
    </details>
  );
}

interface PanelProps {
  /** What the chart is about. */
  about: string;
  /** What it says, in words. */
  finding: string;
  children?: ReactNode;
  /** How to read it. */
  hint?: ReactNode;
  table?: () => Table;
  /** Over the whole width. */
  wide?: boolean;
}

/** A chart with its finding as title, and every number of it in a table. */
export function ChartPanel({ about, finding, children, hint, table, wide = false }: PanelProps) {
  const id = useId();
  return (
    <section
      className={`wissel-panel wissel-chart-panel${wide ? " wissel-chart-panel--wide" : ""}`}
      aria-labelledby={id}
    >
      <p className="wissel-chart-panel__about">{about}</p>
      <h2 id={id} className="wissel-chart-panel__finding">
        {finding}
      </h2>
      {children}
      {hint && <p className="wissel-hint">{hint}</p>}
      {table && <FoldedTable of={about} table={table} />}
    </section>
  );
}
