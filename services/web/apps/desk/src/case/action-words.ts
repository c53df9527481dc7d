import { CaseAction } from "@wissel/api";
import type { KnownAction } from "./known-action.ts";

interface Words {
  /** On the button that starts it. */
  button: string;
  /** On the button that does it. */
  submit: string;
  /** Afterwards. */
  done: string;
}

export const actionWords: Readonly<Record<KnownAction, Words>> = {
  [CaseAction.CLAIM]: {
    button: "Oppakken",
    submit: "Oppakken",
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
