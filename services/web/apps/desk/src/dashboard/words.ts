// What the dashboard says, but for what other screens say as well. Titles are findings.

const count = (n: bigint | number, one: string, more: string): string =>
  `${n.toLocaleString("nl-NL")} ${Number(n) === 1 ? one : more}`;

const cases = (n: bigint): string => count(n, "zaak", "zaken");

const days = (n: number): string => count(n, "werkdag", "werkdagen");

/** A sentence begins with a capital. */
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const dashboardWords = {
  cases,
  sentence,
  theFigures: "de cijfers",
  about: (what: readonly string[], months: string, asOf: string) =>
    `${what.length > 0 ? `${what.join(", ")}. ` : ""}Ontvangen in ${months}. Bijgewerkt op ${asOf}.`,
  toWall: "Scherm voor de teamkamer",
  passedOver:
    "Een deel van het adres klopt niet. U ziet daarom de gewone keuze. Kies hieronder wat u wilt zien.",
  uncounted:
    "De cijfers worden nog berekend. Dat duurt meestal minder dan een minuut. Dit scherm kijkt vanzelf opnieuw.",
  stale: "De cijfers konden niet worden ververst. U ziet die van eerder.",
  nothingTitle: "In deze maanden is nog niets binnengekomen",
  nothing:
    "Zodra er contacten zijn geregistreerd, staan hier de cijfers. Kies andere maanden of minder filters als u iets verwacht.",
  nothingYetTitle: "Er zijn nog geen cijfers",
  nothingYet:
    "Uw gemeente heeft nog geen contacten in Wissel. Na de eerste registratie vult dit overzicht zich vanzelf.",
  showTable: "Toon als tabel",
  tableOf: (what: string) => `: ${what}`,
  openCases: "Klik om de zaken te zien.",

  // Filters.
  filters: "Wat u ziet",
  period: "Periode",
  preset: {
    "drie-maanden": "Deze maand en de 2 ervoor",
    "deze-maand": "Deze maand",
    "vorige-maand": "Vorige maand",
    kwartaal: "Dit kwartaal",
    "dertien-maanden": "Laatste 13 maanden",
    vrij: "Maanden zelf kiezen",
  },
  allTeams: "Alle teams",
  allTopics: "Alle thema’s",
  clear: "Alle filters weg",

  // What hurts, in one sentence each.
  worst: (team: string, share: string, target: string) =>
    `Het knelt het meest bij ${team}: ${share} op tijd, het doel is meer dan ${target}.`,
  alsoBelow: (n: number) =>
    n === 1 ? "Nog 1 team haalt het doel niet." : `Nog ${n} teams halen het doel niet.`,
  allMet: "Alle teams halen hun doel.",
  oneMet: (team: string) => `${team} haalt het doel.`,
  noTeamName: "zaken zonder team",
  noVerdict: "Er zijn nog te weinig zaken om te zeggen of het doel is gehaald.",
  lateNow: (n: bigint) => `Nu ${n === 1n ? "is 1 zaak" : `zijn ${cases(n)}`} te laat`,
  noneLate: "Nu is niets te laat",
  mostAt: (team: string) => `, de meeste bij ${team}`,
  allAt: (team: string) => `, bij ${team}`,
  willBeLate: (n: bigint) =>
    `; deze week ${n === 1n ? "komt er 1 bij" : `komen er ${cases(n).split(" ")[0] ?? ""} bij`} als er niets verandert`,
  noneWillBeLate: "; deze week wordt niets te laat",

  // Headline figures.
  headline: "De belangrijkste cijfers",
  inTime: "Op tijd",
  inTimeOf: (channel: string) => `${channel} op tijd`,
  target: (share: string) => `doel: meer dan ${share}`,
  noTarget: "geen doel",
  higher: (points: string, than: string) => `${points} hoger dan ${than}`,
  lower: (points: string, than: string) => `${points} lager dan ${than}`,
  same: (than: string) => `gelijk aan ${than}`,
  monthsBefore: (n: number) => (n === 1 ? "de maand ervoor" : `de ${n} maanden ervoor`),
  points: (n: number) => count(n, "punt", "punten"),
  lateTile: "Nu te laat",
  ofOpen: (n: bigint) => `van ${count(n, "open zaak", "open zaken")}`,
  forecastTile: "Wordt deze week te laat",
  ofDueThisWeek: (n: bigint) =>
    `van ${cases(n)} die deze week klaar ${n === 1n ? "moet" : "moeten"}`,
  ifNothing: "als er niets verandert",
  directTile: "Direct beantwoord",
  ofReceived: (n: bigint) => `van ${cases(n)}`,
  tileLink: (what: string) => `${what}: toon de zaken`,

  // Per team.
  teamsKicker: "Op tijd per team, per maand van ontvangst",
  teamsBelow: (below: number, of: number) =>
    below === 0
      ? of === 1
        ? "Het team haalt het doel"
        : `Alle ${of} teams halen het doel`
      : of === 1
        ? "Het team haalt het doel niet"
        : below === of
          ? `Geen van de ${of} teams haalt het doel`
          : `${below} van de ${of} teams ${below === 1 ? "haalt" : "halen"} het doel niet`,
  teamsUnjudged: "Er zijn te weinig zaken om over een team te oordelen",
  teamMonths: (met: number, of: number) => {
    if (of === 0) return "te weinig zaken";
    if (of === 1) {
      return `${met === 1 ? "" : "niet "}gehaald in de enige maand met genoeg zaken`;
    }
    if (met === of) return `haalt het doel in alle ${of} maanden`;
    if (met === 0) return `haalt het doel in geen van de ${of} maanden`;
    return `haalt in ${met} van de ${of} maanden het doel`;
  },
  teamsHow: (teams: number) =>
    `${teams > 1 ? "Het team dat het verst onder zijn doel blijft, staat vooraan. " : ""}Het vlak achter de lijn is de gekozen periode. Een maand met minder dan 5 zaken krijgt geen oordeel.`,
  legendMet: "doel gehaald",
  legendMissed: "doel niet gehaald",
  legendFew: "te weinig zaken",
  legendTarget: "doel",
  allTeamsShown: (n: number) => `Toon alle ${n} teams`,
  fewerTeams: "Toon minder teams",
  ofMonth: (team: string, month: string) => `${team}, ${month}`,
  month: "Maand",
  noCases: "geen zaken",
  shareOfMonth: (where: string, share: string, missed: string) =>
    `${where}: ${share} op tijd, ${missed} te laat`,
  tooLate: (n: bigint) => `${cases(n)} te laat`,

  // Open work.
  openKicker: "Nu te laat, en deze week",
  late: "Nu te laat",
  forecast: "Wordt te laat als er niets verandert",
  dueThisWeek: "Moet deze week klaar",
  restOfWeek: "Deze week klaar, haalbaar",
  lateOf: (team: string, n: bigint) => `${team}: ${cases(n)} te laat`,
  weekOf: (team: string, n: bigint, forecast: bigint) =>
    `${team}: ${cases(n)} ${n === 1n ? "moet" : "moeten"} deze week klaar` +
    (forecast > 0n
      ? `, waarvan ${forecast.toLocaleString("nl-NL")} te laat als er niets verandert`
      : ""),
  pace: "Beantwoord per werkdag",
  open: "Open",
  openHow:
    "Een team pakt eerst wat het eerst klaar moet zijn, in het tempo van de afgelopen 4 weken. Wat nog binnenkomt, telt niet mee.",
  openOfAll: "Dit is al het open werk, van alle kanalen en thema’s.",
  ofAllWork: "van alle kanalen en thema’s",
  othersNotShown: (n: number) => `Nog ${count(n, "team staat", "teams staan")} alleen in de tabel.`,

  // Lead time.
  leadKicker: "Hoe lang een antwoord duurt",
  leadFinding: (half: string, most: string) => `De helft is klaar ${half}, 9 van de 10 ${most}`,
  sameDay: "dezelfde dag",
  within: (n: number) => `binnen ${days(n)}`,
  afterMost: (n: number) => `na ${n} werkdagen of meer`,
  leadNothing: "Er is nog niets beantwoord",
  workingDays: "Werkdagen na ontvangst",
  longer: (n: bigint, than: number) =>
    `${cases(n)} ${n === 1n ? "duurde" : "duurden"} langer dan ${days(than)}: die ${n === 1n ? "staat" : "staan"} in de tabel.`,
  hour: "uur",
  answered: "Beantwoorde zaken",
  answeredOn: (day: string, n: bigint) => `${day}: ${cases(n)}`,
  dayZero: "Dezelfde dag",
  dayN: (n: number) => `Na ${days(n)}`,
  dayMost: (n: number) => `Na ${n} werkdagen of meer`,
  ofWhichDirect: "waarvan direct",

  // Arrivals.
  arrivalsKicker: "Wanneer zaken binnenkomen",
  weekdays: ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
  weekdaysShort: ["ma", "di", "wo", "do", "vr", "za", "zo"],
  busiest: (weekday: string, hour: number) => `${sentence(weekday)} om ${hour} uur is het drukst`,
  arrivalAt: (weekday: string, hour: number, n: bigint) =>
    `${sentence(weekday)} tussen ${hour} en ${hour + 1} uur: ${cases(n)}`,
  weekday: "Dag",
  hourColumn: (hour: number) => `${hour} uur`,
  few: "weinig",
  many: (n: bigint) => `veel (${n.toLocaleString("nl-NL")})`,

  // Topics.
  topicsKicker: "Waar vragen over gaan",
  topicsFinding: (topic: string) => `${topic} wordt het meest gevraagd`,
  topicsRising: (topic: string) => `; ${topic} stijgt het meest`,
  rises: "stijgt",
  topicCases: (topic: string, n: bigint, before: bigint) =>
    `${topic}: ${cases(n)}, in de periode ervoor ${before.toLocaleString("nl-NL")}`,
  before: "Periode ervoor",
  change: "Verschil",
  changeOf: (n: bigint) => (n > 0n ? `+${n.toLocaleString("nl-NL")}` : n.toLocaleString("nl-NL")),
  now: "Deze periode",
  topicsHow:
    "Stijgt: minstens een kwart vaker gevraagd dan in de maanden ervoor. De lopende maand is nog niet vol.",

  // First line.
  firstKicker: "Direct beantwoord bij het eerste contact, per thema",
  firstFinding: (n: number, most: string) =>
    n === 1
      ? `${most} kan het KCC vaker zelf beantwoorden`
      : `${n} thema’s kan het KCC vaker zelf beantwoorden, vooral ${most}`,
  firstNone: (oneIn: string) => `${sentence(oneIn)} wordt direct beantwoord`,
  oneIn: (n: number) => `1 op de ${n} vragen`,
  mostOf: (tens: number) => `${tens} van de 10 vragen`,
  nearlyAll: "bijna elke vraag",
  all: "elke vraag",
  nearlyNone: "bijna geen vraag",
  none: "geen enkele vraag",
  canBeAnswered: "kan door het KCC beantwoord worden",
  directOf: (topic: string, share: string, n: bigint) =>
    `${topic}: ${share} van ${cases(n)} direct beantwoord`,
  countOf: (topic: string, what: string, n: bigint) =>
    `${topic}, ${what.toLowerCase()}: ${cases(n)}`,
  direct: "Direct beantwoord",
  notDirect: "Niet direct",
  advice: "Advies",

  // Repeated questions.
  repeatsKicker: "Wie het nog eens vraagt, en hoe",
  repeatsFinding: (n: bigint, first: string, again: string) =>
    `${count(n, "keer", "keer")} vroeg een klant het nog eens; het vaakst na ${first} via ${again}`,
  repeatsNone: "Geen klant vroeg iets nog eens",
  askedFirst: "Eerst gevraagd via",
  askedAgain: "Nog eens via",
  repeatOf: (first: string, again: string, n: bigint) =>
    `Eerst ${first}, nog eens via ${again}: ${n.toLocaleString("nl-NL")} keer`,
  times: "Keer",
  repeatsHow:
    "Van boven naar beneden: hoe de vraag eerst binnenkwam. Van links naar rechts: hoe de klant het nog eens vroeg.",

  // Misroutes.
  movesKicker: "Doorgezet van team naar team",
  movesFinding: (from: string, to: string, n: bigint) =>
    `Het vaakst gaat een zaak van ${from} naar ${to}: ${n.toLocaleString("nl-NL")} keer`,
  movesNone: "Geen zaak ging van het ene team naar het andere",
  movesHow:
    "Van boven naar beneden: het team dat de zaak doorzette. Van links naar rechts: het team dat de zaak kreeg.",
  fromTeam: "Van",
  toTeam: "Naar",
  moveOf: (from: string, to: string, n: bigint) => `Van ${from} naar ${to}: ${cases(n)}`,

  // Hold time.
  holdKicker: "Hoe lang een zaak bij een team ligt",
  holdFinding: (team: string, n: number) =>
    n === 0
      ? "Bij elk team is de helft dezelfde dag weer weg"
      : `Bij ${team} ligt een zaak het langst: de helft ${days(n)} of langer`,
  holdNone: "Er is nog geen zaak klaar of doorgezet",
  holdOf: (team: string, half: string, most: string) =>
    `${team}: de helft ${half}, 9 van de 10 ${most}`,
  half: "De helft",
  most: "9 van de 10",
  stays: "Zaken",
  holdHow: "De stip is de helft, de streep loopt tot 9 van de 10.",

  // The wall.
  wallTitle: (team: string) => `${team}: nu`,
  wallOpen: "Open",
  wallLate: "Te laat",
  wallWeek: "Moet deze week klaar",
  wallForecast: "Wordt deze week te laat",
  wallMonth: (month: string) => `Op tijd in ${month}`,
  wallYear: "Op tijd, de laatste 13 maanden",
  wallFresh: (clock: string) => `Bijgewerkt om ${clock}`,
  wallLost: (clock: string) => `Geen verbinding sinds ${clock}`,
  wallNever: "Geen verbinding",
  wallBack: "Naar de cijfers",
  wallTeam: "Team",
  wallNothingLate: "Niets te laat. Goed bezig!",
} as const;
