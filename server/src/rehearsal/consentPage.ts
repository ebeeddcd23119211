import { createHash } from "node:crypto";
import { analyse } from "../check/analyse.js";
import { say } from "../localisation/say.js";
import { SERVERS } from "../servers/servers.js";
import { buildConsentView } from "../views/consent/buildConsentView.js";
import {
  type Block,
  type ConsentView,
  type Inline,
  SPECIFICATION_SCREEN,
} from "../views/consent/consentView.js";
import type { Answer } from "./exchange.js";

/** What a person is asked. */
export interface ConsentQuestion {
  /** The document's text when the client asked. */
  readonly text: string;
  /** Whose screen it is; undefined for the one of the specifications. */
  readonly server: string | undefined;
  readonly redirectUri: string;
  readonly scopes: string;
  /** Where the two links lead. */
  readonly allow: string;
  readonly deny: string;
  readonly language: string;
}

/**
 * The consent screen of the preview as a page of its own. All of the document's text is escaped; the page has no script, loads
 * nothing and sends no form: *Allow* and *Deny* are links, because Chromium's `form-action` stops redirects behind a form.
 */
export function consentPage(question: ConsentQuestion): Answer {
  const { text, server = SPECIFICATION_SCREEN, redirectUri, scopes } = question;
  const { document, findings } = analyse(text, { servers: { mode: "none" } });
  const view = buildConsentView(document, findings, { server, redirectUri, scopes }, SERVERS);
  const body = `<main>
<p class="mark">${escapeHtml(say`Rehearsal on this computer: nothing here is real, and nothing leaves it.`)}</p>
<article>${view.screen.blocks.map((block) => drawBlock(block, question)).join("\n")}</article>
${facts(view)}
<p class="basis">${escapeHtml(view.screen.basis)}</p>
</main>`;
  return page(say`Consent of ${view.screen.server.name}`, body, question.language);
}

/** A page that says why a request ended. */
export function errorPage(status: number, sentences: readonly string[], language: string): Answer {
  const paragraphs = sentences.map((sentence) => `<p>${escapeHtml(sentence)}</p>`).join("\n");
  const body = `<main><h1>${escapeHtml(say`The sign-in ends here`)}</h1>${paragraphs}</main>`;
  return { ...page(say`The sign-in ends here`, body, language), status };
}

function page(title: string, body: string, language: string): Answer {
  return {
    status: 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    },
    body: `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`,
  };
}

function drawBlock(block: Block, { allow, deny }: ConsentQuestion): string {
  switch (block.kind) {
    case "heading":
      return `<h1>${escapeHtml(block.text)}</h1>`;
    case "paragraph":
      return `<p>${drawInlines(block.content)}</p>`;
    case "box": {
      const label = block.label === undefined ? "" : `<span class="label">${escapeHtml(block.label)}</span> `;
      return `<div class="box ${block.tone}">${label}${drawInlines(block.content)}</div>`;
    }
    case "rows":
      return drawRows(block.rows);
    case "details":
      return `<details><summary>${escapeHtml(block.summary)}</summary>${drawRows(block.rows)}</details>`;
    case "list": {
      const label = block.label === undefined ? "" : `<p class="label">${escapeHtml(block.label)}</p>`;
      const items = block.items.map((item) => `<li>${drawInlines(item)}</li>`).join("");
      return `${label}<ul>${items}</ul>`;
    }
    case "logo":
      return `<p class="logo">${escapeHtml(say`Logo from ${block.host}, not loaded`)}</p>`;
    case "decision":
      return `<p class="decision"><a class="allow" href="${escapeHtml(allow)}">${escapeHtml(block.allow)}</a> <a href="${escapeHtml(deny)}">${escapeHtml(block.deny)}</a></p>`;
    case "help":
      return `<details><summary>${escapeHtml(block.summary)}</summary><p>${escapeHtml(block.text)}</p></details>`;
  }
}

function drawRows(rows: Extract<Block, { kind: "rows" }>["rows"]): string {
  const drawn = rows.map(({ label, value }) => `<dt>${escapeHtml(label)}</dt><dd>${drawInlines(value)}</dd>`);
  return `<dl>${drawn.join("")}</dl>`;
}

const STYLED = { strong: "strong", code: "code", character: "mark" } as const;

/** Text of the document's author is isolated, so that its direction ends with it. */
function drawInlines(content: readonly Inline[]): string {
  return content
    .map(({ text, style, untrusted }) => {
      const inner = untrusted ? `<bdi>${escapeHtml(text)}</bdi>` : escapeHtml(text);
      return style ? `<${STYLED[style]}>${inner}</${STYLED[style]}>` : inner;
    })
    .join("");
}

function facts({ facts: found }: ConsentView): string {
  const items = found.map(
    ({ tone, title, content }) =>
      `<li class="${tone}"><strong>${escapeHtml(title)}</strong> ${drawInlines(content)}</li>`,
  );
  return `<section><h2>${escapeHtml(say`What a careful person checks`)}</h2><ul>${items.join("")}</ul></section>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("\0", "\ufffd").replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; padding: 1.5rem; }
main { max-width: 40rem; margin: auto; overflow-wrap: anywhere; }
article { border: 1px solid; border-radius: 8px; padding: 1rem 1.5rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; }
.mark, .basis, .label, .logo { font-size: .875rem; }
.box { border-inline-start: 4px solid; padding: .5rem .75rem; margin: .75rem 0; }
dt { font-weight: 600; } section strong:first-child { display: block; } dd { margin: 0 0 .5rem; }
.decision a { display: inline-block; padding: .5rem 1.5rem; border: 2px solid; border-radius: 6px; color: inherit; text-decoration: none; margin-inline-end: .5rem; }
.decision .allow { background: #1a6b3c; border-color: #1a6b3c; color: #fff; }
a:focus-visible, summary:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");
