import { fromJsonString, toJsonString } from "@bufbuild/protobuf";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { DecideRequestSchema, type Decision } from "@wissel/api";
import { api } from "../lib/clients.ts";
import { decideRequest, type Draft } from "../lib/draft.ts";
import { useDebounced } from "../lib/use-debounced.ts";

const TYPING_PAUSE_MS = 300;

export interface DecisionState {
  /** There is enough on the form to decide by. */
  asked: boolean;
  decision: Decision | undefined;
  error: unknown;
  /** What is shown belongs to what was typed a moment ago. */
  stale: boolean;
}

/** What the SOP says about the form as it stands, renewed while somebody types. */
export function useDecision(draft: Draft): DecisionState {
  const request = decideRequest(draft);
  const current = request ? toJsonString(DecideRequestSchema, request) : "";
  const body = useDebounced(current, TYPING_PAUSE_MS);
  const query = useQuery({
    queryKey: ["decide", body],
    queryFn: async ({ signal }) => {
      const answer = await api.router.decide(fromJsonString(DecideRequestSchema, body), { signal });
      return answer.decision ?? null;
    },
    enabled: body !== "",
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
  const asked = current !== "";
  return {
    asked,
    decision: asked ? (query.data ?? undefined) : undefined,
    error: asked && query.isError ? query.error : undefined,
    stale: body !== current || query.isPlaceholderData,
  };
}
