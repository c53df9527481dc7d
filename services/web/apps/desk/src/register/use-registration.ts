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
  errorsAfter,
  isEmptyDraft,
  type RegistrationDraft,
  type Ending,
} from "./registration-draft.ts";
import { problemOf, type Problem } from "../lib/errors.ts";
import { acknowledge, keyFor } from "../lib/idempotency.ts";
import { forget, keep, readKept, type Kept } from "./kept-draft.ts";
import { useDraft, type DraftForm } from "./use-draft.ts";

const SLOT = "register";
const RETRY_AFTER_MS = [700, 2_000];

/** `asking`: a form was left half filled in, and it is not known for whom it was. */
export type Phase = "asking" | "editing" | "sending" | "uncertain" | "done";

async function sendOnce(
  draft: RegistrationDraft,
  attachTo?: bigint,
): Promise<Registration | undefined> {
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
async function send(
  draft: RegistrationDraft,
  attachTo?: bigint,
): Promise<Registration | undefined> {
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

/** What is wrong with the form, and where. */
function useErrors() {
  const [problem, setProblem] = useState<Problem>();
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  return {
    problem,
    fields,
    put: (next: Readonly<Record<string, string>>, cause?: Problem) => {
      setProblem(cause);
      setFields(next);
    },
    after: (part: Partial<RegistrationDraft>) => {
      const left = errorsAfter(fields, part);
      setFields(left);
      if (left !== fields && Object.keys(left).length === 0) setProblem(undefined);
    },
  };
}

/** Keeps the form for when its page is gone. */
function useKeeping({ accountId, draft, attachTo }: Omit<Kept, "uncertain" | "at">, phase: Phase) {
  useEffect(() => {
    if (phase === "asking") return;
    // While it is being sent a reload leaves it open whether it arrived.
    const uncertain = phase === "sending" || phase === "uncertain";
    if (phase === "done" || (!uncertain && isEmptyDraft(draft))) forget();
    else keep({ accountId, draft, uncertain, attachTo, at: Date.now() });
  }, [accountId, draft, attachTo, phase]);
}

/** Emptying the form, and what is done with one that was left. */
function emptyingOf(form: DraftForm, kept: Kept | undefined, begin: () => void) {
  const then = (act: () => void) => () => {
    act();
    begin();
  };
  return {
    empty: then(form.empty),
    undo: form.undo && then(form.undo),
    resume: then(() => kept && form.resume(kept.draft)),
    startAnew: then(() => kept && form.leave(kept.draft)),
  };
}

/** The registration form and its way to the server. */
export function useRegistration(accountId: string) {
  const [kept] = useState(() => readKept(accountId));
  const form = useDraft(kept);
  const { draft } = form;
  const [phase, setPhase] = useState<Phase>(
    kept === undefined ? "editing" : kept.uncertain ? "uncertain" : "asking",
  );
  // Set while a contact is being added to a case, also when the answer got lost.
  const [attachTo, setAttachTo] = useState(() =>
    kept?.uncertain && kept.attachTo ? BigInt(kept.attachTo) : undefined,
  );
  const [done, setDone] = useState<Done>();
  const errors = useErrors();

  useKeeping({ accountId, draft, attachTo: attachTo?.toString() }, phase);
  const begin = () => {
    setAttachTo(undefined);
    errors.put({});
    setPhase("editing");
  };
  const sendTo = async (reference: bigint | undefined): Promise<void> => {
    if (phase !== "editing" && phase !== "uncertain") return;
    const wrong = reference === undefined ? draftErrors(draft) : attachErrors(draft);
    errors.put(wrong);
    if (Object.keys(wrong).length > 0) return;
    setAttachTo(reference);
    form.freeze();
    setPhase("sending");
    try {
      const registration = await send(draft, reference);
      acknowledge(SLOT);
      if (!registration) throw new Error("answer without registration");
      setDone({ ending: reference === undefined ? draft.ending : "attached", registration });
      setPhase("done");
    } catch (error) {
      const problem = problemOf(error);
      errors.put(problem.fields, problem);
      setPhase(problem.uncertain ? "uncertain" : "editing");
    }
  };
  const editing = phase === "editing";
  return {
    ...form,
    ...emptyingOf(form, kept, begin),
    phase,
    done,
    /** The form that was left, while it is asked whether to go on with it. */
    left: phase === "asking" ? kept : undefined,
    problem: errors.problem,
    fields: errors.fields,
    change: (part: Partial<RegistrationDraft>) => {
      form.change(part);
      errors.after(part);
    },
    // What is uncertain is sent again as it was.
    submit: () => sendTo(phase === "uncertain" ? attachTo : undefined),
    attach: (reference: bigint) => (editing ? sendTo(reference) : Promise.resolve()),
    edit: () => {
      acknowledge(SLOT);
      begin();
    },
    next: () => {
      form.clear();
      setDone(undefined);
      begin();
    },
  };
}

export type RegistrationForm = ReturnType<typeof useRegistration>;
