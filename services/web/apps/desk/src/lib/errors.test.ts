import { Code, ConnectError } from "@connectrpc/connect";
import { create } from "@bufbuild/protobuf";
import { ErrorDetailSchema } from "@wissel/api";
import { describe, expect, it } from "vitest";
import { mayHelpToRetry, problemOf } from "./errors.ts";

function refused(code: Code, ...details: { reason: string; field?: string; facts?: object }[]) {
  const error = new ConnectError("english words of the server", code);
  error.details = details.map(({ reason, field = "", facts = {} }) => ({
    desc: ErrorDetailSchema,
    value: create(ErrorDetailSchema, {
      reason,
      field,
      facts: { ...facts },
    }),
  }));
  return error;
}

describe("errors in words", () => {
  it("puts each field error beside its field", () => {
    const problem = problemOf(
      refused(
        Code.InvalidArgument,
        { reason: "invalid_phone", field: "customer.phone" },
        { reason: "required", field: "question.subject" },
        { reason: "something_new", field: "answer" },
      ),
    );
    expect(problem.fields["customer.phone"]).toContain("telefoonnummer");
    expect(problem.fields["question.subject"]).toBe("Vul het onderwerp in.");
    expect(problem.fields.answer).toBe("Het antwoord is niet goed ingevuld.");
    expect(problem.message).toBe("Niet goed ingevuld: telefoonnummer, onderwerp en antwoord.");
    expect(problem.uncertain).toBe(false);
  });

  it("names the colleague who was first", () => {
    const problem = problemOf(
      refused(Code.FailedPrecondition, {
        reason: "already_claimed",
        facts: { claimed_by: "Lea van Dijk" },
      }),
    );
    expect(problem.message).toContain("al opgepakt door Lea van Dijk");
  });

  it("never shows the words of the server", () => {
    for (const code of [Code.Internal, Code.NotFound, Code.Unauthenticated, Code.AlreadyExists]) {
      expect(problemOf(refused(code, { reason: "unheard_of" })).message).not.toContain("english");
    }
  });

  it("tells a lost answer from a refusal", () => {
    expect(problemOf(new TypeError("Failed to fetch")).uncertain).toBe(true);
    expect(problemOf(refused(Code.Unavailable, { reason: "commit_unknown" })).uncertain).toBe(true);
    expect(problemOf(refused(Code.ResourceExhausted, { reason: "overloaded" })).uncertain).toBe(
      false,
    );
    expect(problemOf(refused(Code.InvalidArgument)).uncertain).toBe(false);
  });

  it("tells a session that ended from a wrong password", () => {
    expect(problemOf(refused(Code.Unauthenticated)).signedOut).toBe(true);
    const wrong = problemOf(refused(Code.Unauthenticated, { reason: "wrong_credentials" }));
    expect(wrong.signedOut).toBe(false);
    expect(wrong.message).toBe("De gebruikersnaam of het wachtwoord klopt niet.");
  });

  it("reads again only where that may help", () => {
    expect(mayHelpToRetry(refused(Code.Unavailable))).toBe(true);
    expect(mayHelpToRetry(refused(Code.PermissionDenied))).toBe(false);
  });
});
