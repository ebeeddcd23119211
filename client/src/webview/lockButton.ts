import { say } from "../../../server/src/localisation/say.js";
import { type Element, h } from "./markup.js";

/** The button that keeps a panel on its document, or lets it follow the active editor again; says `toggleLock`. */
export function lockButton(locked: boolean): Element {
  return h(
    "button",
    {
      type: "button",
      class: "quiet",
      "data-action": "toggleLock",
      "aria-pressed": locked ? "true" : "false",
      title: locked ? say`Follow the active editor again` : say`Stay with this document`,
    },
    locked ? say`Locked` : say`Lock`,
  );
}
