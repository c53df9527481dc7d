import { useQuery } from "@tanstack/react-query";
import type { Case, Decision } from "@wissel/api";
import { useState } from "react";
import { mayExplain } from "../lib/access.ts";
import { api } from "../lib/clients.ts";
import { inquiryOfCase } from "./inquiry.ts";
import { Explanation } from "../ui/decision-explanation.tsx";
import { useSession } from "../lib/session-context.ts";
import { Failed, Loading } from "../ui/states.tsx";
import { caseWords } from "./words.ts";

interface Props {
  subject: Case;
  decision: Decision;
}

/** Why the case went where it went, by the version that decided; asked for when somebody looks. */
export function RoutingExplanation({ subject, decision }: Props) {
  const [open, setOpen] = useState(false);
  const session = useSession();
  if (decision.sopVersion === 0n || !mayExplain(session)) return null;
  return (
    <details
      className="wissel-details"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{caseWords.whyHere}</summary>
      {open && <ExplainedDecision subject={subject} decision={decision} />}
    </details>
  );
}

function ExplainedDecision({ subject, decision }: Props) {
  const query = useQuery({
    queryKey: ["explain", subject.summary?.reference.toString(), decision.sopVersion.toString()],
    queryFn: () =>
      api.sop.explainDecision({
        sop: { which: { case: "version", value: decision.sopVersion } },
        inquiry: inquiryOfCase(subject),
      }),
    staleTime: Infinity,
  });
  if (query.isPending) return <Loading what={caseWords.theExplanation} />;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return <Explanation answer={query.data} />;
}
