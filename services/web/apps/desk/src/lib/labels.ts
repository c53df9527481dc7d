import {
  AnsweredKind,
  CaseOutcome,
  CaseState,
  Channel,
  EventKind,
  Outcome,
  Role,
  SteerTarget,
  Verdict,
} from "@wissel/api";

// The words on screen for what the contract names.

export const channelLabel: Readonly<Record<Channel, string>> = {
  [Channel.UNSPECIFIED]: "Alle kanalen",
  [Channel.PHONE]: "Telefoon",
  [Channel.CALLBACK]: "Terugbelverzoek",
  [Channel.EMAIL]: "E-mail",
  [Channel.FORM]: "Formulier",
  [Channel.CHAT]: "Chat",
  [Channel.SOCIAL]: "Sociale media",
  [Channel.COUNTER]: "Balie",
  [Channel.POST]: "Post",
  [Channel.INTERNAL]: "Intern",
};

export const stateLabel: Readonly<Record<CaseState, string>> = {
  [CaseState.UNSPECIFIED]: "Onbekend",
  [CaseState.QUEUED]: "Wacht op behandeling",
  [CaseState.CLAIMED]: "In behandeling",
  [CaseState.CLOSED]: "Gesloten",
};

export const caseOutcomeLabel: Readonly<Record<CaseOutcome, string>> = {
  [CaseOutcome.UNSPECIFIED]: "Gesloten",
  [CaseOutcome.FIRST_CONTACT]: "Direct afgehandeld",
  [CaseOutcome.ANSWERED]: "Beantwoord",
  [CaseOutcome.ANSWERED_ELSEWHERE]: "Op een ander kanaal beantwoord",
  [CaseOutcome.WITHDRAWN]: "Ingetrokken door de klant",
  [CaseOutcome.ACQUISITION]: "Acquisitie",
  [CaseOutcome.STEERED]: "Doorverwezen",
};

export const eventLabel: Readonly<Record<EventKind, string>> = {
  [EventKind.UNSPECIFIED]: "Gebeurtenis",
  [EventKind.RECEIVED]: "Ontvangen",
  [EventKind.ROUTED]: "Toegewezen volgens de werkafspraken",
  [EventKind.CLAIMED]: "Opgepakt",
  [EventKind.UNCLAIMED]: "Losgelaten",
  [EventKind.REACHED]: "Gebeld en bereikt",
  [EventKind.NOT_REACHED]: "Gebeld, niet bereikt",
  [EventKind.INTERIM_REPLIED]: "Tussenbericht gestuurd",
  [EventKind.ANSWERED]: "Beantwoord",
  [EventKind.CLOSED]: "Afgesloten zonder antwoord",
  [EventKind.RETURNED]: "Teruggegeven aan het KCC",
  [EventKind.FORWARDED]: "Doorgestuurd",
  [EventKind.REOPENED]: "Heropend",
  [EventKind.DUE_MOVED]: "Uiterste moment verschoven",
  [EventKind.CONTACT_ADDED]: "De klant vroeg het nog eens",
  [EventKind.TAKEN_OVER]: "Overgenomen",
  [EventKind.CORRECTED]: "Bijgewerkt uit het systeem van herkomst",
};

export const outcomeLabel: Readonly<Record<Outcome, string>> = {
  [Outcome.UNSPECIFIED]: "Nog geen keuze",
  [Outcome.ANSWER]: "Zelf beantwoorden",
  [Outcome.STEER]: "Doorverwijzen",
  [Outcome.TRANSFER]: "Doorverbinden",
  [Outcome.QUEUE]: "Naar een team",
  [Outcome.REJECT]: "Acquisitie: niet doorzetten",
};

export const steerLabel: Readonly<Record<SteerTarget, string>> = {
  [SteerTarget.UNSPECIFIED]: "Een andere weg",
  [SteerTarget.SELF_SERVICE]: "Zelf regelen op de website",
  [SteerTarget.FORM]: "Formulier op de website",
  [SteerTarget.MOR]: "Melding openbare ruimte",
  [SteerTarget.COUNTER]: "Ander loket",
  [SteerTarget.OWN_NUMBER]: "Eigen telefoonnummer",
};

export const answeredKindLabel: Readonly<Record<AnsweredKind, string>> = {
  [AnsweredKind.UNSPECIFIED]: "Kies",
  [AnsweredKind.ANSWERED]: "Beantwoord",
  [AnsweredKind.STEERED]: "Doorverwezen",
  [AnsweredKind.ACQUISITION]: "Acquisitie",
};

export const verdictLabel: Readonly<Record<Verdict, string>> = {
  [Verdict.UNSPECIFIED]: "Alles",
  [Verdict.MET]: "Op tijd",
  [Verdict.MISSED]: "Te laat",
  [Verdict.OPEN_NOT_DUE]: "Open, nog op tijd",
  [Verdict.NO_NORM]: "Geen norm",
  [Verdict.EXCLUDED]: "Niet meegeteld",
};

export const roleLabel: Readonly<Record<Role, string>> = {
  [Role.UNSPECIFIED]: "",
  [Role.KCC_AGENT]: "KCC",
  [Role.TEAM_MEMBER]: "Medewerker",
  [Role.TEAM_LEAD]: "Teamleider",
  [Role.MANAGER]: "Manager",
  [Role.FUNCTIONAL_ADMIN]: "Functioneel beheer",
  [Role.INTEGRATION]: "Koppeling",
  [Role.SERVICE]: "Systeem",
};
