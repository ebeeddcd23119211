import { describe, expect, it } from "vitest";
import { siteOf } from "../../server/src/uri/site.js";
import { toUnicodeHost } from "../../server/src/uri/unicodeHost.js";
import { spellOut, suspects } from "../../server/src/views/consent/characters.js";

const written = (text: string) => spellOut(text).map((piece) => piece.text);

describe("suspects", () => {
  it.each([
    "Example Notes",
    "Café Ünïcode",
    "Kapı Ærø Straße Łódź",
    "Google ドキュメント",
    "Яндекс Музыка",
    "Яндекс Music",
    "日本語クライアント",
    "تطبيق الملاحظات",
    "Ω",
    "🙂 Notes",
  ])("finds nothing in %s", (text) => {
    expect(suspects(text)).toEqual([]);
  });

  it.each([
    ["Ex\u0430mple", "look-alike"],
    ["\u0440\u0430\u0443\u0440\u0430\u04cf", "look-alike"],
    ["\uff27oogle", "look-alike"],
    ["\ud835\udc06cme", "look-alike"],
    ["Not\u200bes", "invisible"],
    ["Notes\u3164", "invisible"],
    ["Notes\u00a0", "invisible"],
    ["\u202eetoN", "direction"],
    ["a\u2066b", "direction"],
    ["a\u0007b", "control"],
    ["a\ue000b", "private-use"],
    ["a\u{e0041}b", "invisible"],
  ])("finds what hides in %j", (text, kind) => {
    expect(new Set(suspects(text).map((found) => found.kind))).toEqual(new Set([kind]));
  });
});

describe("spellOut", () => {
  it("names every character that hides, where it stands", () => {
    expect(written("Ex\u0430mple\u202e!")).toEqual([
      "Ex",
      "\u0430",
      "U+0430 looks like a",
      "mple",
      "U+202E RIGHT-TO-LEFT OVERRIDE",
      "!",
    ]);
  });

  it("leaves an honest text in one piece", () => {
    expect(written("Example Notes")).toEqual(["Example Notes"]);
  });
});

describe("hosts", () => {
  // From RFC 3492 §7.1 (C), (I), (L), and everyday names.
  it.each([
    ["xn--bcher-kva", "bücher"],
    ["xn--exmple-cua", "exämple"],
    ["xn--mnchen-3ya", "münchen"],
    ["xn--ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"],
    ["xn--n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa", "なぜみんな日本語を話してくれないのか"],
    ["xn--3B-ww4c5e180e575a65lsy2b", "3年B組金八先生"],
  ])("decodes %s", (label, expected) => {
    expect(toUnicodeHost(label)).toBe(expected);
  });

  it.each([
    "xn--",
    "xn--\u00e9",
    "xn--\u00e9-a",
    "xn--99999999999",
    "xn--a!",
    "xn--ib9b",
    "xn--zz9bzz",
    "plain",
    `xn--${"a".repeat(60)}`,
    `XN--mn${"chep".repeat(20)}`,
  ])("leaves %s alone when it is no Punycode of a label", (label) => {
    expect(toUnicodeHost(label)).toBe(label);
  });

  it("decodes label by label", () => {
    expect(toUnicodeHost("login.xn--bcher-kva.example")).toBe("login.bücher.example");
  });

  it.each([
    ["login.example.co.uk", "example.co.uk"],
    ["a.b.example.com", "example.com"],
    ["me.github.io", "me.github.io"],
    ["127.0.0.1", "127.0.0.1"],
    ["[::1]", "[::1]"],
    ["localhost", "localhost"],
  ])("finds the site of %s", (host, site) => {
    expect(siteOf(host)).toBe(site);
  });
});
