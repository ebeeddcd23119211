import { ENGLISH, type Localisation } from "../../../server/src/localisation/language.js";
import { escapeHtml } from "./markup.js";
import { TEXTS_ID } from "./pageTexts.js";

/** A value that appears once: 128 bits from the system's cryptographic source, as CSP Level 3 §7.1 asks of nonces. */
export function createNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}

/**
 * The content security policy of the extension's pages: nothing loads, except inlined images and the one script and
 * style sheet that carry the nonce.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "img-src data:",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/**
 * A page of the extension: fixed markup without a word of any document.
 *
 * @param script address of the built script
 * @param style address of the built style sheet
 * @param localisation the language of the page's own words; translations stand in the page as data
 */
export function pageHtml(
  nonce: string,
  script: string,
  style: string,
  title: string,
  localisation: Localisation = ENGLISH,
): string {
  return `<!DOCTYPE html>
<html lang="${escapeHtml(localisation.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(contentSecurityPolicy(nonce))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" nonce="${nonce}" href="${escapeHtml(style)}">
</head>
<body>
<div id="page"></div>
<div id="announcer" class="visually-hidden" role="status" aria-live="polite"></div>
${texts(localisation)}<script nonce="${nonce}" src="${escapeHtml(script)}"></script>
</body>
</html>`;
}

/** The translations as a data block, which runs nothing and so needs no nonce. */
function texts({ messages }: Localisation): string {
  if (!messages) return "";
  const json = JSON.stringify(messages).replaceAll("<", "\\u003c");
  return `<script type="application/json" id="${TEXTS_ID}">${json}</script>\n`;
}
