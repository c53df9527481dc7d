export type LegendMark =
  | "met"
  | "missed"
  | "few"
  | "target"
  | "late"
  | "forecast"
  | "week"
  | "before"
  | "plain"
  | "direct"
  | "rest";

const shapes: Partial<Record<LegendMark, string>> = {
  met: "M8 4a4 4 0 1 0 .01 0Z",
  missed: "M8 2L13 8L8 14L3 8Z",
  few: "M8 5a3 3 0 1 0 .01 0Z",
  target: "M0 8H16",
  before: "M8 1V15",
};

const SQUARE = "M1 2H15V14H1Z";

/** What the marks of a chart stand for, in the same shapes. */
export function Legend({ items }: { items: readonly { mark: LegendMark; label: string }[] }) {
  return (
    <ul className="wissel-legend" aria-hidden="true">
      {items.map(({ mark, label }) => (
        <li key={mark}>
          <svg width="16" height="16" viewBox="0 0 16 16" className={`wissel-mark--${mark}`}>
            <path d={shapes[mark] ?? SQUARE} />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}

/** The stripes that a fill in `chart.css` names. */
export function Stripes() {
  return (
    <svg width="0" height="0" className="wissel-stripes" aria-hidden="true">
      <defs>
        <pattern
          id="wissel-stripes"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="6" height="6" />
          <line x1="1.5" y1="0" x2="1.5" y2="6" />
        </pattern>
      </defs>
    </svg>
  );
}
