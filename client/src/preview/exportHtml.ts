import { createHash } from "node:crypto";
import { drawPreview } from "./drawConsent.js";
import { escapeHtml, toHtml } from "./markup.js";
import type { Frame } from "./messages.js";

/**
 * Writes the preview as one HTML file without a script, for sharing in a review.
 *
 * @param style the text of the built `page.css`
 * @returns a whole page that loads nothing: its policy allows this style sheet, by its hash, and inlined images
 */
export function exportedHtml(frame: Frame, style: string): string {
  const { broken } = frame.view;
  const hash = createHash("sha256").update(style, "utf8").digest("base64");
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Consent preview of ${escapeHtml(frame.documentName)}</title>
<style>${style}</style>
</head>
<body class="exported">
${toHtml(drawPreview({ frame, broken, interactive: false }))}
</body>
</html>
`;
}
