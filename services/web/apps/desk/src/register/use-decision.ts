import { fromJsonString, toJsonString } from "@bufbuild/protobuf";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Channel, DecideRequestSchema, type Decision } from "@wissel/api";
import { api } from "../lib/clients.ts";
import { decideRequest, type RegistrationDraft } from "./registration-draft.ts";
import { againWhileAway } from "../lib/queries.ts";
import { useDebounced } from "./use-debounced.ts";

const TYPING_PAUSE_MS = 300;

export interface DecisionState {
  /** There is enough on the form to decide by. */
  asked: boolean;
  decision: Decision | undefined;
  /** The router cannot be asked now; it is asked again by itself. */
  away: boolean;
  /** What is shown belongs to what was typed a moment ago. */
  stale: boolean;
}

/**
 * What the SOP says about the form as it stands, renewed while somebody types: for the channel that
 * the customer is on, or for a callback request.
 */
export function useDecision(
  draft: RegistrationDraft,
  as: "contact" | "callback" | "none" = "contact",
): DecisionState {
  const channel = as === "callback" ? Channel.CALLBACK : draft.channel;
  const request = as === "none" ? undefined : decideRequest(draft, channel);
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
    refetchInterval: againWhileAway,
  });
  const asked = current !== "";
  // While it is asked again it is still away.
  const unanswered = query.isPending || query.isPlaceholderData;
  const away = query.isError || (unanswered && query.errorUpdateCount > 0);
  return {
    asked,
    decision: asked && !away ? (query.data ?? undefined) : undefined,
    away: asked && away,
    stale: body !== current || query.isPlaceholderData,
  };
}
