import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CaseState, type Case, type CaseSummary } from "@wissel/api";
import { useState } from "react";
import { api } from "../lib/clients.ts";
import type { CaseAction } from "../lib/case-actions.ts";
import { problemOf, type Problem } from "../lib/errors.ts";
import { acknowledge, keyFor } from "../lib/idempotency.ts";
import type { ActionInput } from "./action-input.ts";

const REFRESH_MS = 15_000;

const caseKey = (reference: bigint) => ["case", reference.toString()];

export function useCase(reference: bigint) {
  return useQuery({
    queryKey: caseKey(reference),
    queryFn: async (): Promise<Case | null> =>
      (await api.cases.getCase({ reference })).case ?? null,
    refetchInterval: ({ state }) =>
      state.status === "error" || state.data?.summary?.state === CaseState.CLOSED
        ? false
        : REFRESH_MS,
  });
}

async function perform(
  reference: bigint,
  action: CaseAction,
  input: ActionInput,
): Promise<CaseSummary | undefined> {
  const slot = `${action}.${reference}`;
  const idempotencyKey = keyFor(slot, JSON.stringify(input));
  const base = { reference, idempotencyKey };
  const { text, note, teamId, reached, outcome } = input;
  const calls: Record<CaseAction, () => Promise<{ case?: CaseSummary }>> = {
    claim: () => api.cases.claimCase(base),
    unclaim: () => api.cases.unclaimCase(base),
    attempt: () => api.cases.recordAttempt({ ...base, reached, note }),
    interim: () => api.cases.sendInterimReply({ ...base, text }),
    answer: () => api.cases.answerCase({ ...base, text }),
    close: () => api.cases.closeCase({ ...base, outcome, note }),
    return: () => api.cases.returnCase({ ...base, reason: text, suggestedTeamId: teamId }),
    forward: () => api.cases.forwardCase({ ...base, teamId, note }),
    reopen: () => api.cases.reopenCase({ ...base, reason: text }),
  };
  try {
    const answer = await calls[action]();
    acknowledge(slot);
    return answer.case;
  } catch (error) {
    // The answer got lost: the same action again must be the same write.
    if (!problemOf(error).uncertain) acknowledge(slot);
    throw error;
  }
}

/** Does something with a case and reads it again, also after a refusal: it may have changed. */
export function useCaseAction(reference: bigint) {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  const mutation = useMutation({
    mutationFn: ({ action, input }: { action: CaseAction; input: ActionInput }) =>
      perform(reference, action, input),
    onMutate: () => setProblem(undefined),
    // At once, and also if the case may no longer be read because another team has it now.
    onSuccess: (summary) =>
      queries.setQueryData<Case | null>(
        caseKey(reference),
        (old) => old && summary && { ...old, summary },
      ),
    onError: (error) => setProblem(problemOf(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: caseKey(reference) }),
  });
  return { problem, setProblem, busy: mutation.isPending, run: mutation.mutateAsync };
}
