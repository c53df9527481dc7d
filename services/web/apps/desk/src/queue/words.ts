// What the queue says, but for what other screens say as well.

export const queueWords = {
  // How much lies in the queue.
  open: "Open",
  claimed: "In behandeling",
  overdue: "Te laat",
  dueToday: "Vandaag",
  // Whether the list is live.
  live: "Lijst is bij",
  connecting: "Verbinden…",
  behind: "Lijst loopt achter",
  retryIn: (seconds: number) => `nieuwe poging over ${seconds} s`,
  retrying: "nieuwe poging…",
  connectNow: "Nu verbinden",
  // The page.
  title: (team: string) => `Werkvoorraad ${team}`,
  theQueue: "de werkvoorraad",
  noTeam: "U hoort nog bij geen team",
  noTeamAdvice: "Vraag uw teamleider of functioneel beheerder om u aan een team toe te voegen.",
  empty: "De werkvoorraad is leeg",
  emptyAdvice: "Nieuwe zaken komen hier vanzelf in beeld.",
  keysMove: "van zaak naar zaak,",
  keysOpen: "openen",
  // What a screen reader hears of a change.
  newCase: (subject: string) => `Nieuwe zaak: ${subject}`,
  claimedBy: (number: string, name: string) => `Zaak ${number} is opgepakt door ${name}`,
  removed: (number: string) => `Zaak ${number} is uit de werkvoorraad`,
  manyChanged: (count: number) => `${count} zaken zijn veranderd`,
  // A row.
  returned: "teruggegeven",
  suggestion: (team: string) => `, voorstel: ${team}`,
  routingPending: "nog niet verdeeld",
  attempts: (count: number) => `${count}× niet bereikt`,
  ofCase: (number: string) => ` zaak ${number}`,
  // The table.
  caseAndCustomer: "Zaak en klant",
  action: "Actie",
  caption: (team: string) => `Open zaken van ${team}, wat het eerst klaar moet zijn bovenaan`,
  loadMore: "Meer laden",
  shown: (count: number, of: number | string) => `${count} van ${of} zaken`,
  // The choice of a team.
  ownTeams: "Eigen teams",
  otherTeams: "Andere teams",
  overdueAfterCount: " te laat,",
  openAfterCount: " open",
} as const;
