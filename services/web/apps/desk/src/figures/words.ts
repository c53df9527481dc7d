// What the figures say, but for what other screens say as well.

export const figuresWords = {
  // The page.
  heading: (byChannel: boolean) => (byChannel ? "Cijfers per team en kanaal" : "Cijfers per team"),
  groupBy: "Groepeer op",
  teamAndChannel: "Team en kanaal",
  about: (period: string, asOf: string | undefined) =>
    `Ontvangen van ${period}.${asOf ? ` Bijgewerkt op ${asOf}.` : ""}`,
  theFigures: "de cijfers",
  // The table.
  table: "Tabel met cijfers",
  caption: (byChannel: boolean) =>
    byChannel
      ? "Op tijd en te laat per team en kanaal, met het doel"
      : "Op tijd en te laat per team, met het doel; wie er het verst onder blijft, staat bovenaan",
  shareMet: "Percentage op tijd",
  target: "Doel",
  onTarget: "Doel gehaald",
  worstFirst: "Het team dat het verst onder zijn doel blijft, staat bovenaan. ",
  howCounted:
    "Vraagt een klant het nog eens, dan is dat één zaak en een contact meer. Percentage op tijd = op tijd gedeeld door op tijd en te laat samen. Open zaken die nog op tijd zijn, tellen nog niet mee. Acquisitie, ingetrokken en doorverwezen contacten worden niet meegeteld.",
  total: "Totaal",
  showBehind: (share: string, where: string, what: string) =>
    `${share} op tijd, ${where}: toon ${what}`,
  whatWasLate: "wat te laat was",
  // The cases behind a figure.
  casesTitle: "Zaken bij de cijfers",
  chooseFigure: "Kies eerst een getal bij de cijfers.",
  period: (first: string, last: string) => `${first} tot en met ${last}`,
  casesOf: (verdict: string) => `Zaken: ${verdict}`,
  truncated: (count: number) => `Dit zijn de eerste ${count} zaken. Er zijn er meer.`,
  noCases: "Geen zaken",
  heldBy: (team: string) => `lagen bij ${team}`,
  caseCount: (count: number) => (count === 1 ? "1 zaak" : `${count} zaken`),
  back: "Terug naar de cijfers",
  done: "Klaar",
  workdaysLate: "Werkdagen te laat",
  lessThanADay: "minder dan 1",
  inTime: "niet te laat",
  // Which cases they are.
  weekdays: ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
  receivedAt: (weekday: string, hour: number) =>
    `ontvangen op ${weekday} tussen ${hour} en ${hour + 1} uur`,
  answeredSameDay: "dezelfde dag beantwoord",
  answeredAfter: (days: number) => `beantwoord na ${days} ${days === 1 ? "werkdag" : "werkdagen"}`,
  answeredAfterMost: (days: number) => `beantwoord na ${days} werkdagen of meer`,
  askedAgain: (channel: string) => `nog eens gevraagd via ${channel}`,
  moved: (from: string, to: string) => `doorgezet van ${from} naar ${to}`,
  direct: "direct beantwoord",
  notDirect: "niet direct beantwoord",
  lateNow: "nu te laat",
  dueThisWeek: "moeten deze week nog klaar",
  allReceived: "alles wat is ontvangen",
  openNow: "open op dit moment",
  casesCaption: "De zaken achter dit getal, de oudste eerst",
} as const;
