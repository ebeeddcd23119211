import { describe, expect, it } from "vitest";
import { type Attribute, escapeHtml, h, type Tag, toHtml } from "../../client/src/webview/markup.js";
import { XSS_CORPUS } from "./xssCorpus.js";

describe("h", () => {
  it.each(["script", "iframe", "a", "form", "style", "link", "svg", "object", "base"])(
    "draws no <%s>",
    (tag) => {
      expect(() => h(tag as Tag)).toThrow(RangeError);
    },
  );

  it.each(["onclick", "onerror", "style", "href", "srcset", "srcdoc", "action", "formaction"])(
    "sets no %s",
    (attribute) => {
      expect(() => h("div", { [attribute as Attribute]: "x" })).toThrow(RangeError);
    },
  );

  it.each([
    "https://cdn.example/logo.png",
    "javascript:alert(1)",
    "data:text/html;base64,PGI+",
    "data:image/svg+xml,<svg onload=alert(1)>",
    'data:image/png;base64,AAAA"onerror=alert(1)',
  ])("shows no image from %s", (src) => {
    expect(() => h("img", { src })).toThrow(RangeError);
  });

  it("shows an inlined image", () => {
    expect(toHtml(h("img", { src: "data:image/png;base64,iVBORw0=", alt: "x" }))).toBe(
      '<img src="data:image/png;base64,iVBORw0=" alt="x">',
    );
  });

  it("leaves out false, undefined and empty children, and flattens lists", () => {
    expect(
      toHtml(
        h("p", { hidden: true, id: undefined, open: false }, false, undefined, "", [
          "a",
          [h("bdi", {}, "b")],
        ]),
      ),
    ).toBe('<p hidden="">a<bdi>b</bdi></p>');
  });
});

describe("toHtml", () => {
  it.each(XSS_CORPUS)("writes %j as text and as an attribute", (text) => {
    const html = toHtml(h("p", { title: text }, text));
    const inside = /^<p title="([^"<>]*)">([^<>]*)<\/p>$/.exec(html);
    expect(inside).not.toBeNull();
    expect(inside?.[1]).toBe(escapeHtml(text));
    expect(plainText(inside?.[2] ?? "")).toBe(text.replaceAll("\0", "\ufffd"));
  });

  function plainText(html: string): string {
    return html
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&");
  }
});
