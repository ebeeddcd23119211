import { describe, expect, it } from "vitest";
import { exportedHtml } from "../../client/src/preview/exportHtml.js";
import { contentSecurityPolicy, createNonce, pageHtml } from "../../client/src/webview/pageHtml.js";
import { GOOD, viewOf } from "./view.js";
import { XSS_CORPUS } from "./xssCorpus.js";

describe("the page", () => {
  it("lets nothing load but inlined images and what carries the nonce", () => {
    expect(contentSecurityPolicy("N0nce==")).toBe(
      "default-src 'none'; img-src data:; style-src 'nonce-N0nce=='; script-src 'nonce-N0nce=='; base-uri 'none'; form-action 'none'",
    );
  });

  it("has one script and one style sheet, both with the nonce, and no handler", () => {
    const html = pageHtml(
      "N0nce==",
      "https://a.invalid/page.js",
      "https://a.invalid/page.css",
      "Consent preview",
    );
    expect(html.match(/<script[^>]*>/g)).toEqual([
      '<script nonce="N0nce==" src="https://a.invalid/page.js">',
    ]);
    expect(html.match(/<link[^>]*>/g)).toEqual([
      '<link rel="stylesheet" nonce="N0nce==" href="https://a.invalid/page.css">',
    ]);
    expect(html).not.toMatch(/\son\w+=|<style|style=|javascript:/i);
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<link"));
  });

  it("escapes the addresses it is given", () => {
    const html = pageHtml("n", '"><script>', "'><script>", "</title><script>");
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  it("takes a new nonce of 128 bits each time", () => {
    const nonces = new Set(Array.from({ length: 100 }, createNonce));
    expect(nonces.size).toBe(100);
    for (const nonce of nonces) expect(Buffer.from(nonce, "base64")).toHaveLength(16);
  });
});

describe("the exported file", () => {
  const frame = (view: ReturnType<typeof viewOf>, documentName = "client.cimd.json") => ({
    documentName,
    locked: false,
    view,
  });

  it("has no script, nothing to press or choose, and a policy of its own", async () => {
    const html = await exportedHtml(frame(viewOf(GOOD)), "body { color: red }");
    expect(html).toContain("<style>body { color: red }</style>");
    expect(html).toMatch(
      /content="default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-[\w+/=]{44}&#39;;/,
    );
    expect(html).not.toMatch(/<script|<select|<input|data-action="(?!decision)/);
    expect(html).toContain("notes.example.com");
  });

  it.each(XSS_CORPUS)("holds %j as text only", async (text) => {
    const view = viewOf(
      { ...GOOD, client_name: text, client_uri: text, redirect_uris: [text] },
      { mcpServerName: text },
    );
    const html = await exportedHtml(frame(view, text), "");
    const tags = new Set([...html.matchAll(/<(?!!)\/?([a-z][\w-]*)/gi)].map(([, tag]) => tag?.toLowerCase()));
    for (const tag of ["script", "img", "iframe", "svg", "object", "form", "a", "base"])
      expect(tags).not.toContain(tag);
    expect(html.match(/<meta/g)).toHaveLength(3);
  });
});
