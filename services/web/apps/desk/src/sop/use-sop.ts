import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Draft } from "@wissel/api";
import { useMemo } from "react";
import { useLocation } from "wouter";
import { api } from "../lib/clients.ts";
import { acknowledge, keyFor } from "../lib/idempotency.ts";
import { readSop } from "./document/model.ts";

const DRAFTS = ["sop", "drafts"];
const REFRESH_MS = 15_000;

export const draftKey = (draftId: bigint) => ["sop", "draft", draftId.toString()];

/** Somebody changed a draft, or put one in force: what is shown of it is old. */
export function useForgetSop() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["sop"] }),
      queries.invalidateQueries({ queryKey: ["topics"] }),
    ]);
}

/** An SOP that holds or held; 0: the one in force. */
export function useSopVersion(version: bigint, enabled = true) {
  const query = useQuery({
    queryKey: ["sop", "version", version.toString()],
    queryFn: () => api.router.getSop({ version }),
    enabled,
  });
  const document = query.data?.document;
  const sop = useMemo(() => (document === undefined ? undefined : readSop(document)), [document]);
  return { ...query, sop };
}

export const useVersions = () =>
  useQuery({
    queryKey: ["sop", "versions"],
    queryFn: async () => (await api.sop.listSopVersions({})).versions,
  });

export const useDrafts = () =>
  useQuery({ queryKey: DRAFTS, queryFn: async () => (await api.sop.listDrafts({})).drafts });

export const useDraft = (draftId: bigint, enabled = true) =>
  useQuery({
    enabled,
    queryKey: draftKey(draftId),
    queryFn: async (): Promise<Draft | null> => (await api.sop.getDraft({ draftId })).draft ?? null,
    refetchInterval: REFRESH_MS,
  });

/** Keeps a title and a text as a draft; the same again after a lost answer is the same write. */
export async function saveDraft(
  draftId: bigint,
  revision: bigint,
  title: string,
  document: string,
): Promise<Draft> {
  const slot = `sop.${draftId}`;
  const idempotencyKey = keyFor(slot, `${revision} ${title}\n${document}`);
  const { draft } = await api.sop.saveDraft({ idempotencyKey, draftId, revision, title, document });
  acknowledge(slot);
  if (!draft) throw new Error("answer without draft");
  return draft;
}

/** Makes a draft of what is in force and opens it, at a rule if one is named. */
export function useNewDraft() {
  const [, navigate] = useLocation();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ title }: { title: string; ruleId?: string }) => {
      const { document } = await api.router.getSop({ version: 0n });
      return saveDraft(0n, 0n, title, document);
    },
    onSuccess: async (draft, { ruleId }) => {
      await queries.invalidateQueries({ queryKey: DRAFTS });
      navigate(draftPath(draft.draftId, ruleId));
    },
  });
}

export const draftPath = (draftId: bigint, ruleId = ""): string =>
  `/werkafspraken/concept/${draftId}${ruleId && `?afspraak=${encodeURIComponent(ruleId)}`}`;
