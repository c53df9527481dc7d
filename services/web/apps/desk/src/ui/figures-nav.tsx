import { commonWords } from "../lib/words.ts";
import { SubNav } from "./sub-nav.tsx";

/** The pages with figures. */
export function FiguresNav() {
  return (
    <SubNav
      label={commonWords.figures}
      items={[
        { to: "/cijfers", label: commonWords.overview },
        { to: "/cijfers/tabel", label: commonWords.table },
      ]}
    />
  );
}
