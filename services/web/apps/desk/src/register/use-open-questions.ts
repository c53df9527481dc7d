import { fromJsonString, toJsonString } from "@bufbuild/protobuf";
import { useQuery } from "@tanstack/react-query";
import { FindOpenQuestionsRequestSchema, type OpenQuestion } from "@wissel/api";
import { api } from "../lib/clients.ts";
import { openQuestionsRequest, type RegistrationDraft } from "./registration-draft.ts";
import { useDebounced } from "./use-debounced.ts";

const TYPING_PAUSE_MS = 400;

/** Open cases that may be the same question of the customer on the form. Only a suggestion. */
export function useOpenQuestions(draft: RegistrationDraft): readonly OpenQuestion[] {
  const request = openQuestionsRequest(draft);
  const current = request ? toJsonString(FindOpenQuestionsRequestSchema, request) : "";
  const body = useDebounced(current, TYPING_PAUSE_MS);
  const query = useQuery({
    queryKey: ["open-questions", body],
    queryFn: async ({ signal }) => {
      const asked = fromJsonString(FindOpenQuestionsRequestSchema, body);
      return (await api.cases.findOpenQuestions(asked, { signal })).questions;
    },
    enabled: body !== "",
    // A suggestion that does not come is missed by nobody; the contact can be registered.
    retry: false,
  });
  return current !== "" && body === current ? (query.data ?? []) : [];
}
