import type { ReactNode } from "react";

/** Room for a wide table: it scrolls sideways by itself, also with the keyboard. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways on a small screen
    <div className="wissel-scroll" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
