import { say } from "../../../server/src/localisation/say.js";
import { escapeHtml, toHtml } from "../webview/markup.js";
import { drawPreview } from "./drawConsent.js";
import type { Frame } from "./messages.js";

/**
 * Writes the preview as one HTML file without a script, for sharing in a review.
 *
 * @param style the text of the built `page.css`
 * @param language of the texts, a BCP 47 tag
 * @returns a whole page that loads nothing: its policy allows this style sheet, by its hash, and inlined images
 */
export async function exportedHtml(frame: Frame, style: string, language = "en"): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  const { broken } = frame.view;
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(say`Consent preview of ${frame.documentName}`)}</title>
<style>${style}</style>
</head>
<body class="exported">
${toHtml(drawPreview({ frame, broken, interactive: false }))}
</body>
</html>
`;
}
