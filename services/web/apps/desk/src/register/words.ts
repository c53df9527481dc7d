// What registering a contact says, but for what other screens say as well.

export const registerWords = {
  // The form.
  aside: "Hulp bij dit contact",
  ending: "Afronding",
  howEnds: "Hoe eindigt dit contact?",
  nothingSaved: " Er is nog niets opgeslagen.",
  undo: "Terugzetten",
  emptied: "Het formulier is leeggemaakt.",
  changeAfterAll: "Toch iets aanpassen",
  connectionLost:
    " De verbinding viel weg. Probeer het opnieuw: er wordt niets dubbel opgeslagen. Past u toch iets aan, dan kan het contact er twee keer in komen.",
  saveCallback: "Terugbelverzoek opslaan",
  saveAnswered: "Contact opslaan",
  empty: "Leegmaken",
  registered: "Geregistreerd",
  // What was asked.
  topicsAway: "De thema's kunnen niet worden geladen. U kunt zonder thema opslaan.",
  questionText: "Vraag van de klant",
  internalNoteHint: "Alleen voor collega's. De klant ziet dit nooit.",
  // Who asks.
  email: "E-mailadres",
  organisation: "Organisatie of bedrijf",
  givenName: "Voornaam of voorletters",
  namePrefix: "Tussenvoegsel",
  familyName: "Achternaam",
  // How it ends.
  today: "vandaag, ",
  tomorrow: "morgen, ",
  preferredMoment: "Voorkeur voor terugbellen",
  noPreference: "Geen voorkeur",
  from: "Vanaf",
  to: "Tot",
  callbackHint:
    "Een collega van het team belt de klant terug. Een voorkeur is een wens, geen belofte.",
  howAnswered: "Hoe is het afgehandeld?",
  steeredTo: "Waarheen verwezen",
  answerGiven: "Gegeven antwoord",
  // What is wrong with it.
  timesRequired: "Vul bij de voorkeur een begintijd en een eindtijd in.",
  timesReversed: "De eindtijd moet na de begintijd liggen.",
  phoneRequired: "Vul een nummer in om op terug te bellen.",
  // What the agreements say.
  decisionHint:
    "Kies een thema of vul een onderwerp in. Dan ziet u hier wat er met het contact moet gebeuren.",
  decisionAway:
    "De werkafspraak kan nu niet worden getoond. U kunt gewoon opslaan: het KCC houdt het contact vast en het gaat alsnog naar het goede team.",
  deciding: "De werkafspraak wordt gezocht…",
  toTeam: (team: string) => `Naar ${team}`,
  decided: (headline: string) => `Werkafspraak: ${headline}`,
  ruleOfVersion: (rule: string, version: bigint) => `Afspraak ${rule}, versie ${version}`,
  owner: (team: string) => `. Eigenaar: ${team}`,
  callbackGoesTo: (team: string) => `Een terugbelverzoek gaat naar ${team}.`,
  norm: (workdays: number, share: string) =>
    `Norm: teruggebeld binnen ${workdays === 1 ? "1 werkdag" : `${workdays} werkdagen`}. Doel: meer dan ${share}.`,
  askFirst: "Vraag dit eerst",
  // What following them fills in.
  chooseCallback: "Terugbelverzoek kiezen",
  chooseAnswered: "Beantwoord kiezen",
  chooseSteered: "Doorverwezen kiezen",
  chooseAcquisition: "Acquisitie kiezen",
  fillInAnswer: "Antwoord invullen",
  fillInSteering: "Verwijzing invullen",
  // An open question of the same customer.
  samePhone: "hetzelfde telefoonnummer",
  sameEmail: "hetzelfde e-mailadres",
  sameNameAndPostcode: "dezelfde naam en postcode",
  sameTopic: "hetzelfde thema",
  openQuestionSaid: "Deze klant heeft al een open vraag. Alt en K voegt toe.",
  oneOpenQuestion: "Deze klant heeft al een open vraag",
  openQuestions: (count: number) => `Deze klant heeft al ${count} open vragen`,
  openQuestionHint: "Gaat het om hetzelfde? Voeg dit contact dan toe aan de zaak.",
  moreQuestions: (count: number) => `Nog ${count}`,
  caseOfNumber: (number: string) => `Zaak ${number}`,
  liesWith: (team: string) => `. Ligt bij ${team}.`,
  foundBy: (what: string) => `Gevonden op ${what}.`,
  addTo: (number: string) => `Toevoegen aan zaak ${number}`,
  // After it was registered.
  repeated: "Dit contact stond er al. Er is niets dubbel opgeslagen.",
  routingPending:
    "De verdeling werkt even niet. Het KCC houdt dit contact vast. Het gaat vanzelf naar het goede team.",
  registerNext: "Volgende registreren",
  viewCase: "Zaak bekijken",
  callbackLiesWith: "Het terugbelverzoek ligt bij",
  // "donderdag 26 november 17:00" is read out as "... om 17:00 uur".
  promisedBy: (moment: string, team: string) =>
    `U wordt uiterlijk ${moment.replace(/ (\d\d:\d\d)$/, " om $1 uur")} teruggebeld door een collega van ${team}.`,
  promised: (team: string) => `U wordt teruggebeld door een collega van ${team}.`,
  yourNumber: (number: string) => ` Uw zaaknummer is ${number}.`,
  addedWith: "Het contact is toegevoegd aan deze zaak, bij",
  dueStays: ". Het uiterste moment blijft hetzelfde.",
  answered: "Het contact is vastgelegd en gesloten.",
  // A form that was left half filled in.
  lastChanged: "Laatst gewijzigd",
  resumeQuestion: "Wilt u verdergaan met dit contact?",
  notSavedYet: "Het is nog niet opgeslagen.",
  resume: "Verdergaan",
  startAnew: "Leeg beginnen",
  // Shortcuts.
  shortcuts: "Sneltoetsen",
  keyCallback: "terugbelverzoek",
  keyAnswered: "direct afgehandeld",
  keyAttach: "toevoegen aan de open vraag",
  keySave: "opslaan",
  keyEmpty: "leegmaken",
  keyUndo: "terugzetten",
  keyFirstField: "eerste veld",
  keyQueue: "werkvoorraad",
} as const;
