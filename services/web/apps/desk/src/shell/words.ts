// What the header and the pages without a feature say, but for what the screens say as well.

export const shellWords = {
  find: "Zoek",
  signedOutAt: (moment: string) =>
    `Om ${moment} wordt u uitgelogd. Wat u invult, blijft dan staan: u kunt direct weer inloggen.`,
  signOut: "Uitloggen",
  skip: "Naar de inhoud",
  menu: "Hoofdmenu",
  welcome: "Welkom bij Wissel",
  noScreen:
    "Voor uw rol is er nog geen scherm. U kunt wel inloggen. Vraag uw functioneel beheerder om een andere rol als u zaken moet behandelen.",
  noPage: "Deze pagina bestaat niet",
  noPageHint:
    "Het adres klopt niet, of uw rol mag deze pagina niet zien. Kies hierboven een onderdeel.",
} as const;
