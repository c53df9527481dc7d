import type { CaseAction } from "../lib/case-actions.ts";

interface Words {
  /** On the button that starts it. */
  button: string;
  /** On the button that does it. */
  submit: string;
  /** Afterwards. */
  done: string;
}

export const actionWords: Readonly<Record<CaseAction, Words>> = {
  claim: {
    button: "Oppakken",
    submit: "Oppakken",
    done: "U heeft de zaak in behandeling.",
  },
  takeOver: {
    button: "Overnemen",
    submit: "Zaak overnemen",
    done: "U heeft de zaak overgenomen.",
  },
  unclaim: {
    button: "Loslaten",
    submit: "Loslaten",
    done: "De zaak ligt weer in de werkvoorraad van het team.",
  },
  attempt: {
    button: "Belpoging",
    submit: "Belpoging vastleggen",
    done: "De belpoging is vastgelegd.",
  },
  interim: {
    button: "Tussenbericht",
    submit: "Tussenbericht versturen",
    done: "Het tussenbericht is verstuurd. De klok loopt door.",
  },
  answer: {
    button: "Beantwoorden",
    submit: "Antwoord opslaan en zaak sluiten",
    done: "De zaak is beantwoord en gesloten.",
  },
  close: {
    button: "Afsluiten zonder antwoord",
    submit: "Zaak sluiten",
    done: "De zaak is gesloten.",
  },
  return: {
    button: "Teruggeven aan het KCC",
    submit: "Zaak teruggeven",
    done: "De zaak is terug bij het KCC. De klok loopt door.",
  },
  forward: {
    button: "Doorsturen",
    submit: "Doorsturen",
    done: "De zaak is doorgestuurd. Het uiterste moment blijft gelijk.",
  },
  reopen: {
    button: "Heropenen",
    submit: "Zaak heropenen",
    done: "De zaak is weer open.",
  },
};
