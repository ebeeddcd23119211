import { say, sayParts } from "../../../server/src/localisation/say.js";
import type { RehearsalStepShape } from "../../../server/src/lsp/rehearsalProtocol.js";
import { type Element, h, withCode } from "../webview/markup.js";
import type { RehearsalView } from "./messages.js";

const PHASES = {
  starting: () => say`Starting`,
  running: () => say`Listening`,
  ended: () => say`Ended`,
} as const;
const OUTCOMES = {
  passed: () => say`passed`,
  failed: () => say`failed`,
  warning: () => say`warning`,
  note: () => say`note`,
} as const;

/**
 * Draws the rehearsal.
 *
 * @returns a tree without anything that runs, loads or navigates
 */
export function drawRehearsal(view: RehearsalView): Element {
  const { documentName, phase, reason, address } = view;
  const running = phase === "running";
  return h(
    "div",
    { class: `rehearsal is-${phase}` },
    h(
      "header",
      { class: "masthead" },
      h("span", { class: "mark" }, PHASES[phase]()),
      h("h1", {}, sayParts`Rehearsal of ${h("bdi", {}, documentName)}`),
      h(
        "div",
        { class: "tools" },
        running && button("copyAddress", say`Copy Address`),
        running && button("copyConfiguration", say`Copy Configuration…`),
        phase === "ended" ? button("startAgain", say`Start Again`) : button("stop", say`Stop`),
      ),
    ),
    reason !== "" &&
      h("div", { class: "notice", role: "status" }, h("p", {}, h("bdi", {}, withCode(reason)))),
    h(
      "main",
      {},
      address !== undefined && addressBox(view, address),
      chooser(view),
      steps(view),
      h("h2", { id: "limits-title" }, say`What it can and cannot do`),
      h(
        "ul",
        { class: "limits", "aria-labelledby": "limits-title" },
        limits().map((line) => h("li", {}, line)),
      ),
    ),
  );
}

function button(action: string, label: string): Element {
  // An id, so that the focus finds the one that took its place.
  const id = action === "stop" || action === "startAgain" ? "start-or-stop" : action;
  return h("button", { type: "button", class: "quiet", id, "data-action": action }, label);
}

function addressBox({ phase, signedIn, remote }: RehearsalView, address: string): Element {
  return h(
    "section",
    { class: signedIn ? "address is-signed-in" : "address", "aria-label": say`Address` },
    h("p", {}, h("code", { class: "url" }, address)),
    h("p", { class: "outcome how" }, sentence()),
    remote !== undefined &&
      h(
        "p",
        { class: "how" },
        say`This window runs on another machine (${remote}), and the address belongs to that machine. Clients there reach it; from your own computer a sign-in works only if VS Code forwards the port under the same number.`,
      ),
  );

  function sentence(): string {
    if (signedIn) return say`Signed in: your client got a token and used it.`;
    if (phase !== "running") return say`Nothing listens at this address now.`;
    return say`Add this address to your client as an MCP server (Streamable HTTP) and sign in. The consent page opens in your browser.`;
  }
}

function chooser({ servers, server }: RehearsalView): Element | undefined {
  if (servers.length === 0) return undefined;
  return h(
    "div",
    { class: "field" },
    h("label", { for: "choose-server" }, say`Answers as`),
    h(
      "select",
      { id: "choose-server", "data-choice": "server", value: server },
      servers.map(({ id, name }) => h("option", { value: id, selected: id === server }, name)),
    ),
  );
}

function steps({ earlier, steps: shown, phase }: RehearsalView): Element {
  return h(
    "section",
    { "aria-labelledby": "steps-title" },
    h(
      "div",
      { class: "steps-head" },
      h("h2", { id: "steps-title" }, say`Steps`),
      shown.length > 0 && button("clear", say`Clear`),
    ),
    earlier > 0 && h("p", { class: "how" }, say`Earlier steps that are no longer shown: ${earlier}.`),
    shown.length > 0
      ? h(
          "ol",
          { class: "steps" },
          shown.map((step, at) => drawStep(step, earlier + at)),
        )
      : h(
          "p",
          { class: "how" },
          phase === "ended"
            ? say`Nothing has happened yet.`
            : say`Waiting for the first request of your client…`,
        ),
  );
}

function drawStep({ title, outcome, sentence, detail, at }: RehearsalStepShape, index: number): Element {
  return h(
    "li",
    { class: `step step-${outcome}`, id: `step-${index}` },
    h("span", { class: "step-state" }, OUTCOMES[outcome]()),
    h("h3", {}, title, h("span", { class: "step-time" }, ` ${secondsOf(at)}`)),
    h("p", { class: "step-sentence" }, h("bdi", {}, withCode(sentence))),
    detail.length > 0 &&
      h(
        "ul",
        { class: "step-more" },
        detail.map((line) => h("li", {}, h("bdi", {}, withCode(line)))),
      ),
  );
}

/** `0.4 s`; what a screen reader is told says it, too. */
function secondsOf(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** What a step is in one line, for a screen reader. */
export function announcementOf({ title, outcome, sentence }: RehearsalStepShape): string {
  return `${title}, ${OUTCOMES[outcome]()}: ${sentence}`;
}

function limits(): string[] {
  return [
    say`It takes the document as it stands in the editor, unsaved edits included, as if it were served at its client_id. Nothing is fetched and nothing is saved.`,
    say`Only clients on the same machine reach it. Those in the cloud, in a container or on another machine do not.`,
    say`It ends when you stop it, close this panel or the document, or quit VS Code.`,
  ];
}
