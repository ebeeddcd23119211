import { describe, expect, it } from "vitest";
import { asciiLookAlike, mixesScripts } from "../../server/src/uri/confusables.js";
import { findHomograph } from "../../server/src/uri/homograph.js";
import { isWithinSite, siteOf } from "../../server/src/uri/site.js";
import { toUnicodeHost } from "../../server/src/uri/unicodeHost.js";
import { check, fixed, rulesOf } from "./support.js";

describe("UTS 39", () => {
  it.each([
    ["p\u0430ypal", true],
    ["\u03b1lpha", true],
    ["\u044f\u043d\u0434\u0435\u043a\u0441", false],
    ["b\u00fccher", false],
    ["\u6771\u4eacnote", false],
    ["\u30a2\u30af\u30e1tokyo\u6771", false],
    ["\ud55c\uae00kr", false],
    ["\u0431\u03b2", true],
    ["\u13a0\u13a1", false],
    ["acme-2", false],
  ])("says of %s that it mixes scripts: %s", (word, mixed) => {
    expect(mixesScripts(word)).toBe(mixed);
  });

  it.each([
    // The prototype of U+04CF in the table is i, not l.
    ["\u0430\u0440\u0440\u04cf\u0435", "appie"],
    ["g\u043e\u043egle", "google"],
    ["\u{1d400}cme", "Acme"],
    ["acme", undefined],
    ["b\u00fccher", undefined],
    ["\u044f\u043d\u0434\u0435\u043a\u0441", undefined],
  ])("sees %s as %s", (text, ascii) => {
    expect(asciiLookAlike(text)).toBe(ascii);
  });
});

describe("a host", () => {
  it("can be taken for another when its letters look like ASCII", () => {
    expect(findHomograph("xn--80ak6aa92e.com")).toEqual({
      label: toUnicodeHost("xn--80ak6aa92e"),
      looksLike: "appie",
    });
    expect(findHomograph("login.xn--pple-43d.com")?.looksLike).toBe("apple");
  });

  it.each(["xn--bcher-kva.dev", "xn--d1acpjx3f.xn--p1ai", "acme.dev", "xn--.dev", "xn--80ak6aa92e.xn--p1ai"])(
    "is left alone as %s",
    (host) => {
      expect(findHomograph(host)).toBeUndefined();
    },
  );

  it("belongs to a site", () => {
    expect(siteOf("login.acme.co.uk")).toBe("acme.co.uk");
    expect(siteOf("acme.github.io")).toBe("acme.github.io");
    expect(isWithinSite("a.acme.dev", "acme.dev")).toBe(true);
    expect(isWithinSite("notacme.dev", "acme.dev")).toBe(false);
  });
});

describe("the client's name", () => {
  it.each([
    "Acme \u{1f468}\u200d\u{1f469}\u200d\u{1f467}",
    "Acme \u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "Acme \u2764\ufe0f",
    "\u0646\u0627\u0645\u0647\u200c\u0647\u0627",
    "\u6771\u4eacAcme",
    "\u0425\u043e\u0440",
    "ASP.NET for Node.js, README.md and v1.2-dev",
    "Acme.dev Sign-in",
    "mail@acme.dev",
  ])("may be %s", (name) => {
    expect(rulesOf({ client_name: name })).toEqual([]);
  });

  it.each([
    ["Acme\u202e", "client-name/invisible"],
    ["Ac\u200cme", "client-name/invisible"],
    ["Acme\u{e0041}", "client-name/invisible"],
    ["Acme\n", "document/leading-trailing-space"],
    ["\u0410cme", "client-name/confusable"],
    ["Acme by google.com", "client-name/looks-like-host"],
    ["Sign in (login.acme.dev.evil.io)", "client-name/looks-like-host"],
  ])("should not be %j", (name, rule) => {
    expect(rulesOf({ client_name: name })).toContain(rule);
  });

  it("loses only what is wrongly invisible", () => {
    const family = "\u{1f468}\u200d\u{1f469}";
    expect(fixed("client-name/invisible", { client_name: `A\u200dcme\u202e ${family}` })["client_name"]).toBe(
      `Acme ${family}`,
    );
  });

  it("is looked at in every language", () => {
    const { findings } = check({ "client_name#fr": "Acm\u00e9\u200b" });
    expect(findings.map(({ rule, pointer }) => [rule, pointer])).toEqual([
      ["client-name/invisible", "/client_name#fr"],
    ]);
  });
});

describe("language tags", () => {
  it.each(["en", "fr-CA", "zh-Hant-TW", "de-1996", "x-pirate", "i-klingon", "es-419"])("%s is one", (tag) => {
    expect(rulesOf({ [`client_name#${tag}`]: "Acme" })).toEqual([]);
  });

  it.each(["e", "en_US", "english language", "-", "en--US", "123456789"])("%s is none", (tag) => {
    expect(rulesOf({ [`client_name#${tag}`]: "Acme" })).toEqual(["i18n/tag"]);
  });

  it("are corrected where the underscore is the only mistake", () => {
    expect(fixed("i18n/tag", { "client_name#pt_BR": "Acme" })).toHaveProperty(["client_name#pt-BR"], "Acme");
  });

  it("of members nobody knows are somebody else's", () => {
    expect(rulesOf({ "dev.acme.note#fr_FR": "x" })).not.toContain("i18n/tag");
  });
});

describe("links", () => {
  it.each([
    ["http://app.acme.dev", []],
    ["https://app.acme.dev:8443/x?y#z", []],
    ["https:/app.acme.dev/x", ["uri/absolute"]],
    ["javascript:alert(1)", ["uri/unsafe-scheme"]],
    ["http://169.254.169.254/latest", ["uri/special-use-host"]],
    ["https://printer.local/", ["uri/special-use-host"]],
    ["https://docs.example/x", []],
  ])("%s gives %j", (uri, rules) => {
    expect(rulesOf({ tos_uri: uri }).filter((rule) => rule !== "document/placeholder")).toEqual(rules);
  });

  it("are corrected without touching what is right in them", () => {
    const fix = (rule: string, uri: string) => fixed(rule, { policy_uri: uri })["policy_uri"];
    expect(fix("uri/illegal-character", "https://app.acme.dev/a b/%C3%A9?q=%zz")).toBe(
      "https://app.acme.dev/a%20b/%C3%A9?q=%25zz",
    );
    expect(fix("uri/absolute", "https:/app.acme.dev/privacy")).toBe("https://app.acme.dev/privacy");
    expect(fix("uri/absolute", "app.acme.dev/privacy")).toBe("https://app.acme.dev/privacy");
    expect(fix("uri/userinfo", "https://me:pw@app.acme.dev/")).toBe("https://app.acme.dev/");
  });

  it("to special-use hosts are an error only where a server would fetch", () => {
    const severity = (field: string) => check({ [field]: "http://localhost:8090/x" }).findings[0]?.severity;
    expect(severity("client_uri")).toBe("warning");
    expect(severity("logo_uri")).toBe("error");
  });

  it("and logos have one problem for one cause", () => {
    expect(rulesOf({ logo_uri: "data:image/svg+xml,<svg/>" })).toEqual(["logo-uri/data"]);
    expect(rulesOf({ logo_uri: "https://cdn.other.dev/a.html" })).toEqual([
      "logo-uri/cross-origin",
      "logo-uri/format",
    ]);
  });
});
