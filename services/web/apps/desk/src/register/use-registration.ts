import { toJsonString } from "@bufbuild/protobuf";
import {
  AttachContactRequestSchema,
  RegisterAnsweredRequestSchema,
  RegisterCallbackRequestSchema,
  type Registration,
} from "@wissel/api";
import { useEffect, useState } from "react";
import { api } from "../lib/clients.ts";
import {
  answeredRequest,
  attachErrors,
  attachRequest,
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
  /** Case to which the contact was being added. */
  attachTo?: string | undefined;
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

async function sendOnce(draft: Draft, attachTo?: bigint): Promise<Registration | undefined> {
  if (attachTo !== undefined) {
    const body = toJsonString(AttachContactRequestSchema, attachRequest(draft, attachTo, ""));
    const request = attachRequest(draft, attachTo, keyFor(SLOT, `attach ${body}`));
    return (await api.intake.attachContact(request)).registration;
  }
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
async function send(draft: Draft, attachTo?: bigint): Promise<Registration | undefined> {
  for (const wait of RETRY_AFTER_MS) {
    try {
      return await sendOnce(draft, attachTo);
    } catch (error) {
      if (!problemOf(error).uncertain) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return sendOnce(draft, attachTo);
}

export interface Done {
  ending: Ending | "attached";
  registration: Registration;
}

/** The registration form and its way to the server. */
export function useRegistration(accountId: string) {
  const [kept] = useState(() => readKept(accountId));
  const [draft, setDraft] = useState<Draft>(kept?.draft ?? emptyDraft);
  const [phase, setPhase] = useState<Phase>(kept?.uncertain ? "uncertain" : "editing");
  // Set while a contact is being added to a case, also when the answer got lost.
  const [attachTo, setAttachTo] = useState(() =>
    kept?.uncertain && kept.attachTo ? BigInt(kept.attachTo) : undefined,
  );
  const [done, setDone] = useState<Done>();
  const [problem, setProblem] = useState<Problem>();
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});

  useEffect(() => {
    if (phase === "done") sessionStorage.removeItem(DRAFT);
    else {
      // While it is being sent a reload leaves it open whether it arrived.
      const uncertain = phase !== "editing";
      const kept: Kept = { accountId, draft, uncertain, attachTo: attachTo?.toString() };
      sessionStorage.setItem(DRAFT, JSON.stringify(kept));
    }
  }, [accountId, draft, phase, attachTo]);

  const fail = (error: unknown) => {
    const next = problemOf(error);
    setProblem(next);
    setFields(next.fields);
    setPhase(next.uncertain ? "uncertain" : "editing");
  };
  const sendTo = async (reference: bigint | undefined): Promise<void> => {
    if (phase === "sending") return;
    const errors = reference === undefined ? draftErrors(draft) : attachErrors(draft);
    setFields(errors);
    setProblem(undefined);
    if (Object.keys(errors).length > 0) return;
    setAttachTo(reference);
    setPhase("sending");
    try {
      const registration = await send(draft, reference);
      acknowledge(SLOT);
      if (!registration) throw new Error("answer without registration");
      setDone({ ending: reference === undefined ? draft.ending : "attached", registration });
      setPhase("done");
    } catch (error) {
      fail(error);
    }
  };
  // What is uncertain is sent again as it was.
  const submit = () => sendTo(phase === "uncertain" ? attachTo : undefined);
  const attach = (reference: bigint) =>
    phase === "editing" ? sendTo(reference) : Promise.resolve();
  const change = (part: Partial<Draft>) => {
    setDraft((old) => ({ ...old, ...part }));
    const left = errorsAfter(fields, part);
    setFields(left);
    if (left !== fields && Object.keys(left).length === 0) setProblem(undefined);
  };
  const edit = () => {
    acknowledge(SLOT);
    setAttachTo(undefined);
    setProblem(undefined);
    setPhase("editing");
  };
  const next = () => {
    setDraft(emptyDraft);
    setFields({});
    setProblem(undefined);
    setDone(undefined);
    setAttachTo(undefined);
    setPhase("editing");
  };
  return { draft, change, phase, done, problem, fields, submit, attach, edit, next };
}

export type RegistrationForm = ReturnType<typeof useRegistration>;
