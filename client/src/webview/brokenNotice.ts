import { say, sayParts } from "../../../server/src/localisation/say.js";
import { type Element, h, withCode } from "./markup.js";

/** Why a panel does not follow its document while that cannot be read: the last good drawing stays, dimmed. */
export interface Broken {
  readonly message: string;
}

/** Tells it, with a button that says `revealBroken` where anything can be pressed. */
export function brokenNotice({ message }: Broken, interactive = true): Element {
  return h(
    "div",
    { class: "notice", role: "status" },
    h(
      "p",
      {},
      sayParts`${h("strong", {}, say`Paused:`)} the document cannot be read right now.`,
      " ",
      withCode(message),
    ),
    interactive &&
      h("button", { type: "button", class: "quiet", "data-action": "revealBroken" }, say`Go to it`),
  );
}
