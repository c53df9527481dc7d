import { mayExplain, maySeeMisroutes } from "../lib/access.ts";
import { useSession } from "../lib/session-context.ts";
import { SubNav } from "../ui/sub-nav.tsx";

/** The pages about the agreements. */
export function SopNav() {
  const session = useSession();
  return (
    <SubNav
      label="Werkafspraken"
      items={[
        { to: "/werkafspraken", label: "Afspraken" },
        ...(mayExplain(session) ? [{ to: "/werkafspraken/proberen", label: "Proberen" }] : []),
        ...(maySeeMisroutes(session)
          ? [{ to: "/werkafspraken/verkeerd-doorgezet", label: "Verkeerd doorgezet" }]
          : []),
      ]}
    />
  );
}
