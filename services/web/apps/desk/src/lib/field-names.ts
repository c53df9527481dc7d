// What the fields of requests are called on screen, with their article.

const names: Readonly<Record<string, string>> = {
  "customer.given_name": "de voornaam",
  "customer.name_prefix": "het tussenvoegsel",
  "customer.family_name": "de achternaam",
  "customer.organisation": "de organisatie",
  "customer.phone": "het telefoonnummer",
  "customer.email": "het e-mailadres",
  "customer.postcode": "de postcode",
  customer: "de achternaam",
  "question.subject": "het onderwerp",
  "question.text": "de vraag",
  "question.internal_note": "de interne notitie",
  "question.topic_id": "het thema",
  preferred_moment: "de voorkeur voor terugbellen",
  "preferred_moment.not_before": "de voorkeur voor terugbellen",
  "preferred_moment.not_after": "de voorkeur voor terugbellen",
  channel: "het kanaal",
  answer: "het antwoord",
  kind: "de afhandeling",
  text: "de tekst",
  note: "de notitie",
  reason: "de reden",
  outcome: "de reden",
  team_id: "het team",
  suggested_team_id: "het team",
  title: "de titel",
  in_force_from: "de ingangsdatum",
  tenant_id: "de gemeente",
  login: "de gebruikersnaam",
  password: "het wachtwoord",
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "Vul het onderwerp in." */
export const fillIn = (field: string): string => `Vul ${names[field] ?? "dit veld"} in.`;

/** "Het onderwerp is niet goed ingevuld." */
export const isWrong = (field: string): string =>
  `${capital(names[field] ?? "dit veld")} is niet goed ingevuld.`;

/** "Niet goed ingevuld: onderwerp en telefoonnummer." Fields without a name are left out. */
export function wrongFields(fields: Readonly<Record<string, unknown>>): string {
  const known = Object.keys(fields).flatMap((field) => names[field]?.replace(/^\S+ /, "") ?? []);
  const distinct = [...new Set(known)];
  if (distinct.length === 0) return "Niet alles is goed ingevuld.";
  const last = distinct.pop() ?? "";
  const listed = distinct.length === 0 ? last : `${distinct.join(", ")} en ${last}`;
  return `Niet goed ingevuld: ${listed}.`;
}
