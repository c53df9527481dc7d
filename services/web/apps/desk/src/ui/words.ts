// What the shared components say, but for what the features say as well.

export const uiWords = {
  // Pages and their states.
  pageTitle: (title: string) => `${title} – Wissel`,
  loading: (what: string) => `Bezig met laden van ${what}…`,
  retry: "Probeer opnieuw",
  thePage: "de pagina",
  pageNotLoaded:
    "Deze pagina kon niet worden geladen. Controleer uw netwerk en laad de pagina opnieuw.",
  reload: "Pagina opnieuw laden",
  // Fields.
  required: "(verplicht)",
  listLoading: "De lijst wordt geladen.",
  nothingFound: "Niets gevonden. Probeer een ander woord.",
  hiddenCharacter: (code: string) => `Onzichtbaar teken ${code}`,
  hiddenCharacterSaid: "onzichtbaar teken",
  // A period.
  receivedIn: "Ontvangen in",
  thisMonth: "Deze maand",
  lastMonth: "Vorige maand",
  freePeriod: "Vrije periode",
  datesReversed: "De einddatum moet na de begindatum liggen.",
  // When a callback would suit.
  preferBetween: (start: string, end: string) => `graag ${start}–${end}`,
  preferAfter: (start: string) => `graag na ${start}`,
  preferBefore: (end: string) => `graag voor ${end}`,
  // What a decision says.
  oftenAsked: "Veel gevraagd",
  oneEarlierRule: "1 eerdere afspraak: waarom niet",
  earlierRules: (count: number) => `${count} eerdere afspraken: waarom niet`,
} as const;
