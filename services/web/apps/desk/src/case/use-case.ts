import { create } from "@bufbuild/protobuf";
import { timestampNow } from "@bufbuild/protobuf/wkt";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  CaseAction,
  CaseEventSchema,
  CaseState,
  EventKind,
  type Case,
  type CaseSummary,
} from "@wissel/api";
import { useState } from "react";
import { api } from "../lib/clients.ts";
import { problemOf, type Problem } from "../lib/errors.ts";
import { acknowledge, keyFor } from "../lib/idempotency.ts";
import { useSession } from "../lib/session-context.ts";
import type { ActionInput } from "./action-input.ts";
import type { KnownAction } from "./known-action.ts";

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
  { reference, claimedBy }: Pick<CaseSummary, "reference" | "claimedBy">,
  action: KnownAction,
  input: ActionInput,
): Promise<CaseSummary | undefined> {
  const slot = `${CaseAction[action]}.${reference}`;
  const body = action === CaseAction.TAKE_OVER ? { ...input, claimedBy } : input;
  const idempotencyKey = keyFor(slot, JSON.stringify(body));
  const base = { reference, idempotencyKey };
  const { text, note, teamId, reached, outcome } = input;
  const calls: Record<KnownAction, () => Promise<{ case?: CaseSummary }>> = {
    [CaseAction.CLAIM]: () => api.cases.claimCase(base),
    // From whom it was meant to be taken: the reason is about that colleague.
    [CaseAction.TAKE_OVER]: () => api.cases.takeOverCase({ ...base, reason: text, claimedBy }),
    [CaseAction.UNCLAIM]: () => api.cases.unclaimCase(base),
    [CaseAction.RECORD_ATTEMPT]: () => api.cases.recordAttempt({ ...base, reached, note }),
    [CaseAction.SEND_INTERIM_REPLY]: () => api.cases.sendInterimReply({ ...base, text }),
    [CaseAction.ANSWER]: () => api.cases.answerCase({ ...base, text }),
    [CaseAction.CLOSE]: () => api.cases.closeCase({ ...base, outcome, note }),
    [CaseAction.RETURN]: () =>
      api.cases.returnCase({ ...base, reason: text, suggestedTeamId: teamId }),
    [CaseAction.FORWARD]: () => api.cases.forwardCase({ ...base, teamId, note }),
    [CaseAction.REOPEN]: () => api.cases.reopenCase({ ...base, reason: text }),
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
export function useCaseAction(summary: Pick<CaseSummary, "reference" | "claimedBy">) {
  const { reference } = summary;
  const { displayName } = useSession();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  // Who gives a case back may not read what comes after, so this event is told by the screen.
  const returned = (before: Case, input: ActionInput) =>
    create(CaseEventSchema, {
      sequence: (before.events.at(-1)?.sequence ?? 0) + 1,
      at: timestampNow(),
      kind: EventKind.RETURNED,
      actorName: displayName,
      text: input.text,
      suggestedTeamId: input.teamId,
    });
  const mutation = useMutation({
    mutationFn: ({ action, input }: { action: KnownAction; input: ActionInput }) =>
      perform(summary, action, input),
    onMutate: () => setProblem(undefined),
    // At once, and also if the case may no longer be read because another team has it now.
    onSuccess: (after, { action, input }) =>
      queries.setQueryData<Case | null>(caseKey(reference), (old) => {
        if (!old || !after) return old;
        const events =
          action === CaseAction.RETURN ? [...old.events, returned(old, input)] : old.events;
        return { ...old, summary: after, events };
      }),
    onError: (error) => setProblem(problemOf(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: caseKey(reference) }),
  });
  return { problem, setProblem, busy: mutation.isPending, run: mutation.mutateAsync };
}
