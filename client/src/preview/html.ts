import { randomBytes } from "node:crypto";
import { escapeHtml } from "./markup.js";

/** A value that appears once: 128 bits from the system's cryptographic source, as CSP Level 3 §7.1 asks of nonces. */
export function createNonce(): string {
  return randomBytes(16).toString("base64");
}

/**
 * The content security policy of the preview: nothing loads, except inlined images and the one script and style sheet
 * that carry the nonce.
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
 * The page of the preview and of the hosted report: fixed markup without a word of any document.
 *
 * @param script address of the built `page.js`
 * @param style address of the built `page.css`
 */
export function previewHtml(nonce: string, script: string, style: string, title: string): string {
  return `<!DOCTYPE html>
<html lang="en">
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
<script nonce="${nonce}" src="${escapeHtml(script)}"></script>
</body>
</html>`;
}
