import { Code, ConnectError } from "@connectrpc/connect";
import { ErrorDetailSchema } from "@wissel/api";
import { fillIn, isWrong, wrongFields } from "./field-names.ts";

/** An error of a call, in words for the screen. */
export interface Problem {
  /** One or two plain sentences. */
  message: string;
  /** Sentence by request field, e.g. `customer.phone`. */
  fields: Readonly<Record<string, string>>;
  /** Reason of the server; empty if there was no answer of the server. */
  reason: string;
  facts: Readonly<Record<string, string>>;
  /** The answer got lost: whether it was done is not known. The same call may be sent again. */
  uncertain: boolean;
  /** Nobody is signed in any more. */
  signedOut: boolean;
}

const fieldReasons: Readonly<Record<string, string>> = {
  too_long: "Deze tekst is te lang.",
  too_short: "Deze tekst is te kort.",
  invalid_phone: "Dit is geen geldig telefoonnummer. Voorbeeld: 06 12 34 56 78.",
  invalid_email: "Dit is geen geldig e-mailadres. Voorbeeld: naam@voorbeeld.nl.",
  invalid_postcode: "Dit is geen postcode. Voorbeeld: 2511 AB.",
  invalid_text: "Deze tekst bevat een teken dat niet mag.",
  invalid_period: "Het einde moet na het begin liggen.",
  invalid_moment: "Het einde moet na het begin liggen.",
  no_such_topic: "Dit thema staat niet meer in de werkafspraken. Kies een ander thema.",
  no_such_team: "Dit team bestaat niet meer. Kies een ander team.",
  in_force_from: "Kies een dag vanaf vandaag, na de versie die al klaarstaat.",
  same_team: "De zaak ligt al bij dit team. Kies een ander team.",
};

const reasons: Readonly<Record<string, string>> = {
  wrong_credentials: "De gebruikersnaam of het wachtwoord klopt niet.",
  too_many_attempts:
    "Er is te vaak een verkeerd wachtwoord ingevuld. Probeer het over 15 minuten opnieuw.",
  idempotency_key_reused:
    "Deze registratie is al opgeslagen, met andere gegevens. Zoek de zaak op voordat u het opnieuw probeert.",
  too_many_requests: "Er komen te veel verzoeken van uw adres. Wacht een paar seconden.",
  wrong_origin:
    "Dit is niet het gewone adres van Wissel. Open Wissel via het adres van uw gemeente.",
  overloaded: "Het is te druk. Er is niets opgeslagen. Probeer het over een paar seconden opnieuw.",
  not_claimed: "U heeft deze zaak niet in behandeling. Pak de zaak eerst op.",
  closed: "Deze zaak is al gesloten.",
  not_closed: "Deze zaak is nog open.",
  wrong_state: "Dit kan niet meer. De zaak is intussen veranderd.",
  no_such_case: "Deze zaak bestaat niet. Controleer het nummer.",
  not_in_team: "U hoort niet bij het team van deze zaak. Daarom mag u dit niet doen.",
  not_permitted: "U mag dit niet doen of bekijken.",
  no_address: "Deze klant heeft geen e-mailadres gegeven. Een tussenbericht kan niet.",
  no_such_team: "Dit team bestaat niet meer.",
  no_sop: "Voor deze gemeente zijn nog geen werkafspraken ingesteld.",
  no_draft: "Dit concept bestaat niet meer.",
  draft_closed: "Dit concept is al geldig of verwijderd. Maak een nieuw concept.",
  stale_revision: "Een collega heeft dit concept intussen opgeslagen.",
  sop_has_errors: "Er staan nog fouten in het concept. Kies Controleren om ze te zien.",
  team_not_concerned: "Dit concept verandert niets voor dit team. Akkoord is niet nodig.",
  not_your_team: "U kunt alleen akkoord geven voor uw eigen team.",
  not_accepted: "Nog niet elk team heeft akkoord gegeven.",
  based_on_old_version:
    "Intussen geldt er een andere versie. Sla het concept opnieuw op en vraag opnieuw akkoord.",
  in_force_from: "Kies een dag vanaf vandaag, na de versie die al klaarstaat.",
  invalid_sop: "De tekst kan niet worden gelezen. Kies Controleren om te zien waar het aan ligt.",
  replay_busy:
    "Er kijkt al iemand terug met oude contacten. Probeer het over een halve minuut opnieuw.",
  period: "De periode klopt niet. Het einde moet na het begin liggen.",
  invalid_page_token: "De lijst is veranderd. Laad de lijst opnieuw.",
  invalid_period: "De periode klopt niet. Het einde moet na het begin liggen.",
  never_counted: "De cijfers worden nog berekend. Probeer het over een minuut opnieuw.",
};

const UNCERTAIN: ReadonlySet<Code> = new Set([
  Code.Unknown,
  Code.Internal,
  Code.Unavailable,
  Code.DeadlineExceeded,
  Code.Aborted,
  Code.Canceled,
  Code.DataLoss,
]);

const byCode: Partial<Record<Code, string>> = {
  [Code.Unauthenticated]: "U bent niet meer ingelogd. Log opnieuw in.",
  [Code.PermissionDenied]: "U mag dit niet doen of bekijken.",
  [Code.NotFound]: "Dit is niet gevonden.",
  [Code.ResourceExhausted]: "Het is te druk. Probeer het over een paar seconden opnieuw.",
  [Code.InvalidArgument]: "Niet alles is goed ingevuld.",
  [Code.FailedPrecondition]: "Dit kan nu niet. De zaak is intussen veranderd.",
  [Code.AlreadyExists]: "Dit is al opgeslagen.",
  [Code.DeadlineExceeded]: "De server geeft geen antwoord. Probeer het opnieuw.",
};

function sentence(reason: string, facts: Record<string, string>, code: Code): string {
  if (reason === "already_claimed") {
    return `Deze zaak is al opgepakt door ${facts.claimed_by ?? "een collega"}. U hoeft niets te doen.`;
  }
  const lost = "Er is geen verbinding met Wissel. Controleer uw netwerk en probeer het opnieuw.";
  return reasons[reason] ?? byCode[code] ?? lost;
}

/** What went wrong, whatever was thrown. */
export function problemOf(thrown: unknown): Problem {
  const error = ConnectError.from(thrown);
  const details = error.findDetails(ErrorDetailSchema);
  const fields: Record<string, string> = {};
  for (const { field, reason } of details) {
    const words = fieldReasons[reason];
    if (field && (words || error.code === Code.InvalidArgument)) {
      fields[field] ??= reason === "required" ? fillIn(field) : (words ?? isWrong(field));
    }
  }
  const first = details[0];
  const reason = first?.reason ?? "";
  const facts = first?.facts ?? {};
  const message =
    Object.keys(fields).length > 0 && error.code === Code.InvalidArgument
      ? wrongFields(fields)
      : sentence(reason, facts, error.code);
  return {
    message,
    fields,
    reason,
    facts,
    // Refused with a reason by the server, so nothing was done.
    uncertain: UNCERTAIN.has(error.code) && reason !== "stale_revision",
    signedOut: error.code === Code.Unauthenticated && reason !== "wrong_credentials",
  };
}

/** Whether reading again by itself may help. */
export function mayHelpToRetry(thrown: unknown): boolean {
  const { code } = ConnectError.from(thrown);
  return UNCERTAIN.has(code) || code === Code.ResourceExhausted;
}
