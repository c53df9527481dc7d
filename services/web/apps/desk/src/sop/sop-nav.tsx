import { mayExplain, maySeeMisroutes } from "../lib/access.ts";
import { useSession } from "../lib/session-context.ts";
import { SubNav } from "../ui/sub-nav.tsx";
import { sopWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

/** The pages about the agreements. */
export function SopNav() {
  const session = useSession();
  return (
    <SubNav
      label={commonWords.agreements}
      items={[
        { to: "/werkafspraken", label: sopWords.rules },
        ...(mayExplain(session) ? [{ to: "/werkafspraken/proberen", label: sopWords.try }] : []),
        ...(maySeeMisroutes(session)
          ? [{ to: "/werkafspraken/verkeerd-doorgezet", label: sopWords.misroutes }]
          : []),
      ]}
    />
  );
}
