// What signing in says.

export const sessionWords = {
  // Signing in.
  pageTitle: "Inloggen – Wissel",
  theMunicipalities: "de gemeenten",
  chooseMunicipality: "Kies uw gemeente",
  login: "Gebruikersnaam",
  password: "Wachtwoord",
  signingIn: "Bezig met inloggen…",
  signIn: "Inloggen",
  forgotten: "Wachtwoord vergeten? Vraag uw functioneel beheerder om een nieuw wachtwoord.",
  // The session has ended.
  expired: "U bent uitgelogd",
  expiredHint:
    "U was een tijd niet actief, of Wissel is opnieuw gestart. Log opnieuw in. Wat u had ingevuld, staat er nog.",
  stop: "Stoppen en naar het inlogscherm",
} as const;
