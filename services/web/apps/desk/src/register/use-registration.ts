import { toJsonString } from "@bufbuild/protobuf";
import {
  RegisterAnsweredRequestSchema,
  RegisterCallbackRequestSchema,
  type Registration,
} from "@wissel/api";
import { useEffect, useState } from "react";
import { api } from "../lib/clients.ts";
import {
  answeredRequest,
  callbackRequest,
  draftErrors,
  emptyDraft,
  errorsAfter,
  type Draft,
  type Ending,
} from "../lib/draft.ts";
import { problemOf, type Problem } from "../lib/errors.ts";
import { acknowledge, keyFor } from "../lib/idempotency.ts";

const SLOT = "register";
const DRAFT = "wissel.draft";
const RETRY_AFTER_MS = [700, 2_000];

export type Phase = "editing" | "sending" | "uncertain" | "done";

interface Kept {
  accountId: string;
  draft: Draft;
  uncertain: boolean;
}

function readKept(accountId: string): Kept | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(DRAFT) ?? "null") as Kept | null;
    if (kept?.accountId !== accountId) return undefined;
    return { ...kept, draft: { ...emptyDraft, ...kept.draft } };
  } catch {
    return undefined;
  }
}

async function sendOnce(draft: Draft): Promise<Registration | undefined> {
  if (draft.ending === "callback") {
    const body = toJsonString(RegisterCallbackRequestSchema, callbackRequest(draft, ""));
    const request = callbackRequest(draft, keyFor(SLOT, `callback ${body}`));
    return (await api.intake.registerCallback(request)).registration;
  }
  const body = toJsonString(RegisterAnsweredRequestSchema, answeredRequest(draft, ""));
  const request = answeredRequest(draft, keyFor(SLOT, `answered ${body}`));
  return (await api.intake.registerAnswered(request)).registration;
}

/** Tries again by itself when the answer got lost: with the same key that is the same write. */
async function send(draft: Draft): Promise<Registration | undefined> {
  for (const wait of RETRY_AFTER_MS) {
    try {
      return await sendOnce(draft);
    } catch (error) {
      if (!problemOf(error).uncertain) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return sendOnce(draft);
}

export interface Done {
  ending: Ending;
  registration: Registration;
}

/** The registration form and its way to the server. */
export function useRegistration(accountId: string) {
  const [kept] = useState(() => readKept(accountId));
  const [draft, setDraft] = useState<Draft>(kept?.draft ?? emptyDraft);
  const [phase, setPhase] = useState<Phase>(kept?.uncertain ? "uncertain" : "editing");
  const [done, setDone] = useState<Done>();
  const [problem, setProblem] = useState<Problem>();
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});

  useEffect(() => {
    if (phase === "done") sessionStorage.removeItem(DRAFT);
    else {
      // While it is being sent a reload leaves it open whether it arrived.
      const uncertain = phase !== "editing";
      sessionStorage.setItem(DRAFT, JSON.stringify({ accountId, draft, uncertain } satisfies Kept));
    }
  }, [accountId, draft, phase]);

  const fail = (error: unknown) => {
    const next = problemOf(error);
    setProblem(next);
    setFields(next.fields);
    setPhase(next.uncertain ? "uncertain" : "editing");
  };
  const submit = async (): Promise<void> => {
    if (phase === "sending") return;
    const errors = draftErrors(draft);
    setFields(errors);
    setProblem(undefined);
    if (Object.keys(errors).length > 0) return;
    setPhase("sending");
    try {
      const registration = await send(draft);
      acknowledge(SLOT);
      if (!registration) throw new Error("answer without registration");
      setDone({ ending: draft.ending, registration });
      setPhase("done");
    } catch (error) {
      fail(error);
    }
  };
  const change = (part: Partial<Draft>) => {
    setDraft((old) => ({ ...old, ...part }));
    const left = errorsAfter(fields, part);
    setFields(left);
    if (left !== fields && Object.keys(left).length === 0) setProblem(undefined);
  };
  const edit = () => {
    acknowledge(SLOT);
    setProblem(undefined);
    setPhase("editing");
  };
  const next = () => {
    setDraft(emptyDraft);
    setFields({});
    setProblem(undefined);
    setDone(undefined);
    setPhase("editing");
  };
  return { draft, change, phase, done, problem, fields, submit, edit, next };
}

export type RegistrationForm = ReturnType<typeof useRegistration>;
