import type { CaseSummary } from "@wissel/api";
import { useState } from "react";
import { useLocation } from "wouter";
import { api } from "../lib/clients.ts";
import { problemOf } from "../lib/errors.ts";
import { acknowledge, keyFor } from "../lib/idempotency.ts";
import { formatReference } from "../lib/reference.ts";
import { subjectWords } from "../lib/shown-text.ts";

/** Takes a case in hand from the list and opens it. */
export function useClaim() {
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState<bigint>();
  const [conflict, setConflict] = useState<string>();
  const claim = async ({ reference, subject }: CaseSummary) => {
    const slot = `claim.${reference}`;
    setBusy(reference);
    setConflict(undefined);
    try {
      await api.cases.claimCase({ reference, idempotencyKey: keyFor(slot, "claim") });
      acknowledge(slot);
      navigate(`/zaak/${reference}`);
    } catch (error) {
      const problem = problemOf(error);
      if (!problem.uncertain) acknowledge(slot);
      setConflict(`${formatReference(reference)} (${subjectWords(subject)}): ${problem.message}`);
    } finally {
      setBusy(undefined);
    }
  };
  return { claim, busy, conflict };
}
