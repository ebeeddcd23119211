import { say, sayParts } from "../../../server/src/localisation/say.js";
import type {
  Block,
  ConsentView,
  FlowStep,
  Inline,
  TrustFact,
} from "../../../server/src/views/consent/consentView.js";
import { type Broken, brokenNotice } from "../webview/brokenNotice.js";
import { lockButton } from "../webview/lockButton.js";
import { breakable, type Element, h, type Markup } from "../webview/markup.js";
import type { Frame } from "./messages.js";

interface Drawing {
  readonly frame: Frame;
  readonly broken: Broken | undefined;
  /** False in an exported file: nothing there can be pressed or chosen. */
  readonly interactive: boolean;
}

/**
 * Draws the preview.
 *
 * @returns a tree without anything that runs, loads or navigates
 */
export function drawPreview({ frame, broken, interactive }: Drawing): Element {
  const { view } = frame;
  return h(
    "div",
    { class: broken ? "preview is-broken" : "preview" },
    masthead(frame, interactive),
    broken && brokenNotice(broken, interactive),
    interactive && choosers(view),
    h(
      "div",
      { class: "columns" },
      h(
        "main",
        { class: "stage", id: "screen" },
        view.screen.unreached !== undefined && h("p", { class: "unreached" }, view.screen.unreached),
        h("p", { class: "basis" }, view.screen.basis),
        screen(frame, interactive),
      ),
      h(
        "aside",
        { class: "facts", "aria-labelledby": "facts-title" },
        h("h2", { id: "facts-title" }, say`What a careful person checks`),
        h("ul", { class: "fact-list" }, view.facts.map(fact)),
      ),
    ),
    h(
      "section",
      { class: "flow", "aria-labelledby": "flow-title" },
      h("h2", { id: "flow-title" }, say`The sign-in, step by step`),
      h(
        "ol",
        { class: "steps" },
        view.flow.map((step) => flowStep(step, interactive)),
      ),
    ),
    colophon(view, interactive),
  );
}

function masthead({ documentName, locked, view }: Frame, interactive: boolean): Element {
  const { name, version } = view.screen.server;
  return h(
    "header",
    { class: "masthead" },
    h("span", { class: "mark" }, say`Preview`),
    h(
      "h1",
      {},
      sayParts`${h("bdi", {}, documentName)} on ${name}`,
      version !== "" && h("span", { class: "version" }, ` ${version}`),
    ),
    interactive &&
      h(
        "div",
        { class: "tools" },
        lockButton(locked),
        h("button", { type: "button", class: "quiet", "data-action": "exportHtml" }, say`Export…`),
      ),
  );
}

function choosers({ servers, redirects, choices }: ConsentView): Element {
  const entry = redirects.find(({ index }) => index === choices.redirectIndex);
  return h(
    "section",
    { class: "choosers", "aria-label": say`What the preview plays through` },
    field(
      "server",
      say`Authorization server`,
      h(
        "select",
        { id: "choose-server", "data-choice": "server", value: choices.server },
        servers.map(({ id, name }) => h("option", { value: id, selected: id === choices.server }, name)),
      ),
    ),
    redirects.length > 0 &&
      field(
        "redirectIndex",
        say`Redirect URI`,
        h(
          "select",
          { id: "choose-redirectIndex", "data-choice": "redirectIndex", value: choices.redirectIndex },
          redirects.map(({ index, uri }) =>
            h("option", { value: index, selected: index === choices.redirectIndex }, uri),
          ),
        ),
      ),
    entry?.takesPort &&
      field(
        "port",
        say`Port`,
        h("input", {
          id: "choose-port",
          "data-choice": "port",
          type: "number",
          min: 1,
          max: 65_535,
          value: choices.port,
        }),
      ),
    field(
      "scopes",
      say`Requested scopes`,
      h("input", {
        id: "choose-scopes",
        "data-choice": "scopes",
        type: "text",
        maxlength: 1000,
        spellcheck: "false",
        placeholder: say`none`,
        value: choices.scopes,
      }),
    ),
    field(
      "mcpServerName",
      say`MCP server name`,
      h("input", {
        id: "choose-mcpServerName",
        "data-choice": "mcpServerName",
        type: "text",
        maxlength: 200,
        spellcheck: "false",
        placeholder: say`the server's own`,
        value: choices.mcpServerName,
      }),
    ),
  );
}

function field(name: string, label: string, control: Element): Element {
  return h("div", { class: `field field-${name}` }, h("label", { for: `choose-${name}` }, label), control);
}

function screen({ view, logo }: Frame, interactive: boolean): Element {
  const { style, blocks, server, logoUri } = view.screen;
  return h(
    "article",
    { class: `screen screen-${style}`, "aria-label": say`Consent screen of ${server.name}, a preview` },
    h(
      "div",
      { class: "screen-bar", "aria-hidden": "true" },
      h("span", { class: "dot" }),
      h("span", { class: "dot" }),
      h("span", { class: "dot" }),
      h("span", { class: "screen-bar-text" }, say`Preview · nothing here is real, nothing is sent`),
    ),
    h(
      "div",
      { class: "screen-body" },
      blocks.map((block) =>
        block.kind === "logo"
          ? drawLogo(block.host, logo, interactive ? logoUri : undefined)
          : drawBlock(block),
      ),
    ),
  );
}

/** A placeholder with the name of the host, until the person asks for the image; then the image, or why there is none. */
function drawLogo(host: string, logo: Frame["logo"], logoUri: string | undefined): Element {
  if (logo?.state === "shown") {
    return h(
      "div",
      { class: "logo-frame" },
      h("img", { class: "logo-image", src: logo.src, alt: say`Logo from ${host}` }),
      h("p", { class: "logo-note" }, sayParts`${logo.description} from ${h("bdi", {}, host)}`),
    );
  }
  return h(
    "div",
    { class: "logo-frame" },
    h(
      "div",
      { class: "logo", role: "img", "aria-label": say`Logo from ${host}, not loaded` },
      h("span", { class: "logo-caption", "aria-hidden": "true" }, sayParts`logo from ${h("bdi", {}, host)}`),
    ),
    logo?.state === "refused" && h("p", { class: "logo-note", role: "status" }, h("bdi", {}, logo.reason)),
    logoUri !== undefined &&
      h(
        "button",
        {
          type: "button",
          class: "logo-button",
          "data-action": "showLogo",
          title: say`Fetches ${logoUri} once`,
          disabled: logo?.state === "loading",
        },
        logo?.state === "loading" ? say`Fetching…` : sayParts`Show logo from ${h("bdi", {}, host)}`,
      ),
  );
}

function drawBlock(block: Exclude<Block, { kind: "logo" }>): Element {
  switch (block.kind) {
    case "heading":
      return h("h2", { class: "screen-title" }, block.text);
    case "paragraph":
      return h("p", { class: "screen-text" }, block.content.map(drawInline));
    case "box":
      return h(
        "div",
        { class: `box box-${block.tone}` },
        block.tone === "verified" && h("span", { class: "check", "aria-hidden": "true" }, "✓ "),
        block.label !== undefined && h("span", { class: "box-label" }, `${block.label} `),
        h("span", { class: "box-value" }, block.content.map(drawInline)),
      );
    case "rows":
      return rowList(block.rows);
    case "details":
      return h("details", { class: "screen-details" }, h("summary", {}, block.summary), rowList(block.rows));
    case "list":
      return h(
        "div",
        { class: "scope-list" },
        block.label !== undefined && h("p", { class: "box-label" }, block.label),
        h(
          "ul",
          { class: block.clearable ? "clearable" : undefined },
          block.items.map((item) =>
            h(
              "li",
              {},
              block.clearable && h("span", { class: "checkbox", "aria-hidden": "true" }, "☑ "),
              item.map(drawInline),
            ),
          ),
        ),
      );
    case "decision":
      return h(
        "div",
        { class: "decision" },
        h("button", { type: "button", class: "allow", "data-action": "decision" }, block.allow),
        h("button", { type: "button", class: "deny", "data-action": "decision" }, block.deny),
      );
    case "help":
      return h("details", { class: "screen-help" }, h("summary", {}, block.summary), h("p", {}, block.text));
  }
}

function rowList(rows: Extract<Block, { kind: "rows" }>["rows"]): Element {
  return h(
    "dl",
    { class: "rows" },
    rows.map(({ label, value }) =>
      h("div", { class: "row" }, h("dt", {}, label), h("dd", {}, value.map(drawInline))),
    ),
  );
}

/** Text of the document's author gets an element of its own, so that its direction ends with it (Unicode TR 9 §6.3). */
function drawInline({ text, style, untrusted }: Inline): Markup | Markup[] {
  const pieces = style === "code" ? breakable(text) : [text];
  const inner: Markup | Markup[] = untrusted ? h("bdi", {}, pieces) : pieces;
  switch (style) {
    case "strong":
      return h("strong", {}, inner);
    case "code":
      return h("code", {}, inner);
    case "character":
      return h("span", { class: "character" }, inner);
    default:
      return inner;
  }
}

const TONES: Record<TrustFact["tone"], () => string> = {
  good: () => say`Good`,
  neutral: () => say`Note`,
  attention: () => say`Attention`,
  bad: () => say`Problem`,
};

function fact({ tone, title, content }: TrustFact): Element {
  return h(
    "li",
    { class: `fact tone-${tone}` },
    h("h3", {}, h("span", { class: "badge" }, TONES[tone]()), " ", title),
    h("p", {}, content.map(drawInline)),
  );
}

const STATES: Record<FlowStep["state"], () => string> = {
  passed: () => say`passes`,
  attention: () => say`works, with a catch`,
  failed: () => say`fails`,
  unknown: () => say`not known`,
};

function flowStep(
  { id, title, state, content, links, offerHostedCheck }: FlowStep,
  interactive: boolean,
): Element {
  return h(
    "li",
    { class: `step state-${state}` },
    h("h3", {}, title),
    h("p", { class: "state" }, STATES[state]()),
    h("p", { class: "step-text" }, content.map(drawInline)),
    interactive &&
      (links.length > 0 || offerHostedCheck) &&
      h(
        "div",
        { class: "step-links" },
        links.map(({ label }, index) =>
          h(
            "button",
            {
              type: "button",
              class: "link",
              "data-action": "revealProblem",
              "data-step": id,
              "data-index": index,
              "aria-label": say`Go to ${label} in the document`,
            },
            label,
          ),
        ),
        offerHostedCheck &&
          h(
            "button",
            { type: "button", class: "link", "data-action": "validateHosted" },
            say`Check the published document…`,
          ),
      ),
  );
}

function colophon({ screen: { evidence, notShown, server } }: ConsentView, interactive: boolean): Element {
  return h(
    "footer",
    { class: "colophon" },
    notShown.length > 0 &&
      h(
        "p",
        {},
        sayParts`In your document, but not shown by ${server.name}: ${h(
          "span",
          {},
          notShown.map((member, at) => [at > 0 && ", ", h("code", {}, member)]),
        )}.`,
      ),
    evidence.length > 0 &&
      h(
        "details",
        { class: "evidence" },
        h("summary", {}, say`Where this was read`),
        h(
          "ul",
          {},
          evidence.map(({ what, url }, index) =>
            h(
              "li",
              {},
              what,
              interactive &&
                h(
                  "button",
                  {
                    type: "button",
                    class: "link",
                    "data-action": "openEvidence",
                    "data-index": index,
                    title: url,
                  },
                  say`Open ${url}`,
                ),
              !interactive && ` (${url})`,
            ),
          ),
        ),
      ),
  );
}
