import { expect, it } from "vitest";
import { fillIn, isWrong, wrongFields } from "./field-names.ts";

it("names the field that is empty or wrong", () => {
  expect(fillIn("answer")).toBe("Vul het antwoord in.");
  expect(fillIn("login")).toBe("Vul de gebruikersnaam in.");
  expect(isWrong("customer.phone")).toBe("Het telefoonnummer is niet goed ingevuld.");
});

it("names all fields that are wrong, each once", () => {
  expect(wrongFields({ "question.subject": "x" })).toBe("Niet goed ingevuld: onderwerp.");
  const three = { "question.subject": "", customer: "", "customer.family_name": "", answer: "" };
  expect(wrongFields(three)).toBe("Niet goed ingevuld: onderwerp, achternaam en antwoord.");
  expect(wrongFields({ something_new: "" })).toBe("Niet alles is goed ingevuld.");
});
