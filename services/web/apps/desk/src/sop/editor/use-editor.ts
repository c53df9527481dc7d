import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CheckSopResponse, Draft } from "@wissel/api";
import { useEffect, useState } from "react";
import { api } from "../../lib/clients.ts";
import { problemOf, type Problem } from "../../lib/errors.ts";
import { isOpen } from "../draft.ts";
import { draftKey, saveDraft, useForgetSop } from "../use-sop.ts";

interface Text {
  title: string;
  document: string;
}

interface Kept extends Text {
  revision: string;
}

const slotOf = (draft: Draft): string => `wissel.sop.${draft.draftId}`;
const textOf = ({ title, document }: Text): Text => ({ title, document });
const same = (a: Text, b: Text): boolean => a.title === b.title && a.document === b.document;

/** What was typed and not saved before the page was left, if it was typed in this revision. */
function readKept(draft: Draft): Text | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(slotOf(draft)) ?? "null") as Kept | null;
    return kept?.revision === draft.revision.toString() ? textOf(kept) : undefined;
  } catch {
    return undefined;
  }
}

function keep(draft: Draft, text: Text, dirty: boolean): void {
  if (!dirty) {
    sessionStorage.removeItem(slotOf(draft));
    return;
  }
  const kept: Kept = { ...text, revision: draft.revision.toString() };
  try {
    sessionStorage.setItem(slotOf(draft), JSON.stringify(kept));
  } catch {
    // Full: what is on screen is still there.
  }
}

export interface Check {
  /** The text that was checked. */
  document: string;
  result: CheckSopResponse;
}

function useCheck(document: string) {
  const mutation = useMutation({
    mutationFn: async (text: string): Promise<Check> => ({
      document: text,
      result: await api.sop.checkSop({ sop: { which: { case: "document", value: text } } }),
    }),
  });
  return {
    run: (text = document) => mutation.mutate(text),
    done: mutation.data,
    busy: mutation.isPending,
    error: mutation.isError ? mutation.error : undefined,
    /** The text changed since. */
    stale: mutation.data !== undefined && mutation.data.document !== document,
  };
}

/** The text as it stands on screen against what is kept, which a colleague may change meanwhile. */
function useText(draft: Draft) {
  // What the text on screen was made from.
  const [base, setBase] = useState(draft);
  const [text, setText] = useState<Text>(() => readKept(draft) ?? textOf(draft));
  const dirty = !same(text, base);
  const newer = draft.revision > base.revision;
  if (newer && !dirty) {
    setBase(draft);
    setText(textOf(draft));
  }
  useEffect(() => keep(base, text, dirty), [base, text, dirty]);
  return { base, setBase, text, setText, dirty, conflict: newer && dirty };
}

/** A draft being changed: its text, what is not saved yet, and what the check says of it. */
export function useEditor(draft: Draft, mayEdit: boolean) {
  const queries = useQueryClient();
  const forget = useForgetSop();
  const [problem, setProblem] = useState<Problem>();
  // Counts what comes from outside: the forms begin again then.
  const [generation, setGeneration] = useState(0);
  const { base, setBase, text, setText, dirty, conflict } = useText(draft);
  const check = useCheck(text.document);
  const adopt = (saved: Draft) => {
    queries.setQueryData(draftKey(saved.draftId), saved);
    setBase(saved);
  };
  const saving = useMutation({
    mutationFn: ({ revision }: { revision: bigint }) =>
      saveDraft(draft.draftId, revision, text.title.trim(), text.document),
    onMutate: () => setProblem(undefined),
    onSuccess: (saved) => {
      adopt(saved);
      setText((now) => (now.title === text.title ? { ...now, title: saved.title } : now));
      check.run(saved.document);
      void forget();
    },
    onError: (error) => {
      setProblem(problemOf(error));
      void queries.invalidateQueries({ queryKey: draftKey(draft.draftId) });
    },
  });
  return {
    draft,
    text,
    dirty,
    conflict,
    problem,
    check,
    generation,
    readOnly: !mayEdit || !isOpen(draft),
    saving: saving.isPending,
    setTitle: (title: string) => setText((now) => ({ ...now, title })),
    setDocument: (document: string) => setText((now) => ({ ...now, document })),
    save: () => {
      if (!saving.isPending) saving.mutate({ revision: base.revision });
    },
    /** Over what the colleague saved. */
    saveOver: () => saving.mutate({ revision: draft.revision }),
    takeTheirs: () => {
      setProblem(undefined);
      setBase(draft);
      setText(textOf(draft));
      setGeneration((n) => n + 1);
    },
    undo: () => {
      setText(textOf(base));
      setGeneration((n) => n + 1);
    },
    adopt,
  };
}

export type Editor = ReturnType<typeof useEditor>;
