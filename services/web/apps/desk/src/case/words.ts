import { CaseAction } from "@wissel/api";
import { commonWords } from "../lib/words.ts";
import type { KnownAction } from "./known-action.ts";

// What the screen of a case says, but for what other screens say as well.

export const caseWords = {
  // The page.
  noCaseNumber: "Geen zaaknummer",
  title: (number: string) => `Zaak ${number}`,
  theCase: "de zaak",
  notWithYourTeam: "Deze zaak ligt niet meer bij uw team.",
  state: "Status",
  noTeam: "geen",
  notReached: "Niet bereikt",
  // What was asked, and by whom.
  urgent: ", dringend",
  received: (moment: string, ago: string) => `, ontvangen ${moment} (${ago})`,
  subjectOnly: "Er is alleen een onderwerp ingevuld.",
  internalNote: "Interne notitie: de klant ziet dit nooit",
  answer: "Antwoord",
  noEmail: "geen e-mailadres",
  askedOnceMore: "De klant vroeg het nog een keer",
  askedAgain: (times: number) => `De klant vroeg het nog ${times} keer`,
  // What the agreements said.
  routingWasAway: "De verdeling was niet bereikbaar. Het KCC houdt de zaak vast.",
  notRouted:
    "Geen: deze zaak komt uit een ander systeem en is niet volgens de werkafspraken verdeeld.",
  ruleOfVersion: (rule: string, version: bigint) => `Afspraak ${rule}, versie ${version}`,
  noRuleInVersion: (version: bigint) => `Geen afspraak gevonden in versie ${version}`,
  whyHere: "Waarom hier?",
  theExplanation: "de uitleg",
  // What happened.
  history: "Geschiedenis",
  takenFrom: (name: string) => `van ${name}`,
  wasHeldBy: (name: string) => `(was van ${name})`,
  suggestion: (team: string) => `Voorstel: ${team}`,
  dueAt: (moment: string) => `Uiterlijk ${moment}`,
  // What can be done.
  actions: "Wat gaat u doen?",
  nothingToDo: "U kunt hier niets meer doen.",
  heldBy: (name: string) => `${name} heeft deze zaak in behandeling.`,
  heldByNobody: "Niemand heeft deze zaak in behandeling.",
  toQueue: "Naar de werkvoorraad",
  tryAgainSafely: " Probeer het opnieuw: er wordt niets dubbel opgeslagen.",
  begun: "begonnen",
  typedBefore: "Dit heeft u eerder getypt. Het is nog niet opgeslagen.",
  // What an action asks.
  teamRequired: "Kies een team.",
  outcomeRequired: "Kies een reden.",
  whyTakeOver: "Waarom neemt u de zaak over?",
  reason: "Reden",
  yourColleague: "Uw collega",
  takeOverHint: (holder: string) =>
    `${holder} heeft deze zaak nu. De reden komt in de geschiedenis.`,
  forColleagues: "Alleen voor collega's.",
  reachedQuestion: "Heeft u de klant gesproken?",
  reached: "Bereikt",
  note: "Notitie",
  mailedTo: (email: string) => `De klant krijgt dit per e-mail op ${email}.`,
  notMailed: "De klant heeft geen e-mailadres gegeven. De tekst komt alleen in de zaak.",
  answerToCustomer: "Antwoord aan de klant",
  interimReplyToCustomer: "Tussenbericht aan de klant",
  whyClose: "Waarom sluit u de zaak?",
  chooseOutcome: "Kies een reden",
  closingNote: "Toelichting",
  whyReturn: "Waarom hoort deze zaak niet bij uw team?",
  whichTeamCan: "Welk team kan dit wel?",
  forwardTo: "Naar welk team?",
  unknownTeam: "Weet ik niet",
  chooseTeam: "Kies een team",
  noteForTeam: "Notitie voor het team",
} as const;

interface ActionWords {
  /** On the button that starts it. */
  button: string;
  /** On the button that does it. */
  submit: string;
  /** Afterwards. */
  done: string;
}

export const actionWords: Readonly<Record<KnownAction, ActionWords>> = {
  [CaseAction.CLAIM]: {
    button: commonWords.claim,
    submit: commonWords.claim,
    done: "U heeft de zaak in behandeling.",
  },
  [CaseAction.TAKE_OVER]: {
    button: "Overnemen",
    submit: "Zaak overnemen",
    done: "U heeft de zaak overgenomen.",
  },
  [CaseAction.UNCLAIM]: {
    button: "Loslaten",
    submit: "Loslaten",
    done: "De zaak ligt weer in de werkvoorraad van het team.",
  },
  [CaseAction.RECORD_ATTEMPT]: {
    button: "Belpoging",
    submit: "Belpoging vastleggen",
    done: "De belpoging is vastgelegd.",
  },
  [CaseAction.SEND_INTERIM_REPLY]: {
    button: "Tussenbericht",
    submit: "Tussenbericht versturen",
    done: "Het tussenbericht is verstuurd. De klok loopt door.",
  },
  [CaseAction.ANSWER]: {
    button: "Beantwoorden",
    submit: "Antwoord opslaan en zaak sluiten",
    done: "De zaak is beantwoord en gesloten.",
  },
  [CaseAction.CLOSE]: {
    button: "Afsluiten zonder antwoord",
    submit: "Zaak sluiten",
    done: "De zaak is gesloten.",
  },
  [CaseAction.RETURN]: {
    button: "Teruggeven aan het KCC",
    submit: "Zaak teruggeven",
    done: "De zaak is terug bij het KCC. De klok loopt door.",
  },
  [CaseAction.FORWARD]: {
    button: "Doorsturen",
    submit: "Doorsturen",
    done: "De zaak is doorgestuurd. Het uiterste moment blijft gelijk.",
  },
  [CaseAction.REOPEN]: {
    button: "Heropenen",
    submit: "Zaak heropenen",
    done: "De zaak is weer open.",
  },
};
