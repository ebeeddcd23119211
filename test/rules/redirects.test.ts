import { describe, expect, it } from "vitest";
import { check, fixed, rulesOf } from "./support.js";

function of(uri: string, rest: Readonly<Record<string, unknown>> = {}): string[] {
  return rulesOf({ redirect_uris: [uri], application_type: "native", ...rest });
}

function corrected(rule: string, uri: string): unknown {
  const { redirect_uris: uris } = fixed(rule, { redirect_uris: [uri], application_type: "native" });
  return (uris as readonly unknown[])[0];
}

describe("loopback redirects", () => {
  it.each([
    "http://127.0.0.1/callback",
    "http://127.0.0.1:8080/callback",
    "http://[::1]/callback",
    "http://[::1]:65535/cb/x",
  ])("are fine as %s", (uri) => {
    expect(of(uri)).toEqual([]);
  });

  it.each([
    ["http://127.1/callback", "redirect-uris/loopback-nonstandard"],
    ["http://0x7f.0.0.1/callback", "redirect-uris/loopback-nonstandard"],
    ["http://2130706433/callback", "redirect-uris/loopback-nonstandard"],
    ["http://127.8.8.8/callback", "redirect-uris/loopback-nonstandard"],
    ["http://0.0.0.0/callback", "redirect-uris/http-non-loopback"],
    ["http://[::]/callback", "redirect-uris/http-non-loopback"],
    ["http://[::ffff:127.0.0.1]/callback", "redirect-uris/http-non-loopback"],
    ["http://128.0.0.1/callback", "redirect-uris/http-non-loopback"],
    ["http://localhost.acme.dev/callback", "redirect-uris/http-non-loopback"],
    ["localhost/callback", "redirect-uris/absolute"],
    ["localhost:3000/callback", "redirect-uris/absolute"],
    ["127.0.0.1:3000/callback", "redirect-uris/absolute"],
  ])("%s is a case of %s alone", (uri, rule) => {
    expect(of(uri)).toEqual([rule]);
  });

  it("may be called localhost where an address stands beside it", () => {
    const address = "http://127.0.0.1/callback";
    expect(of("http://localhost/callback")).toEqual(["redirect-uris/localhost-name"]);
    expect(
      rulesOf({ redirect_uris: ["http://localhost/callback", address], application_type: "native" }),
    ).toEqual([]);
    expect(
      fixed("redirect-uris/localhost-name", { redirect_uris: ["http://localhost:*/cb"] })["redirect_uris"],
    ).toEqual(["http://localhost:*/cb", "http://127.0.0.1:*/cb"]);
  });

  it("get their scheme back", () => {
    expect(corrected("redirect-uris/absolute", "localhost:3000/callback")).toBe(
      "http://localhost:3000/callback",
    );
    expect(corrected("redirect-uris/absolute", "app.acme.dev/callback")).toBe(
      "https://app.acme.dev/callback",
    );
    expect(corrected("redirect-uris/absolute", "https:/app.acme.dev/callback")).toBe(
      "https://app.acme.dev/callback",
    );
    expect(corrected("redirect-uris/absolute", "http:localhost:80/callback")).toBe(
      "http://localhost:80/callback",
    );
  });
});

describe("application_type", () => {
  it("is asked for where every redirect is an installed application's, or one has its scheme", () => {
    const hint = ["application-type/missing-native"];
    const web = "https://app.acme.dev/callback";
    expect(rulesOf({ redirect_uris: ["http://127.0.0.1/callback"] })).toEqual(hint);
    expect(rulesOf({ redirect_uris: [web, "dev.acme.app:/callback"] })).toEqual(hint);
    expect(rulesOf({ redirect_uris: [web, "http://127.0.0.1/callback"] })).toEqual([]);
    expect(rulesOf({ redirect_uris: [] })).toEqual(["redirect-uris/empty"]);
  });

  it("is corrected to what was meant, and to nothing where nobody knows", () => {
    expect(fixed("application-type/value", { application_type: "Desktop" })["application_type"]).toBe(
      "native",
    );
    expect(() => fixed("application-type/value", { application_type: "thing" })).toThrow("no fix");
  });
});

describe("schemes of an application's own", () => {
  it.each([
    ["dev.acme.app:/callback", []],
    ["dev.acme.app:callback", []],
    ["com.acme.app:/callback", ["redirect-uris/private-use-not-owned"]],
    ["acme:/callback", ["redirect-uris/private-use-reverse-domain"]],
    ["vscode://acme.app/callback", ["redirect-uris/private-use-reverse-domain"]],
    ["dev.acme.app://callback", ["redirect-uris/private-use-slashes"]],
    ["Dev.Acme.app:/callback", ["redirect-uris/private-use-case"]],
    ["moz-extension://6f9619ff/callback.html", ["redirect-uris/browser-extension"]],
    ["urn:ietf:wg:oauth:2.0:oob:auto", ["redirect-uris/oob"]],
  ])("%s gives %j", (uri, rules) => {
    expect(of(uri)).toEqual(rules);
  });

  it("keep everything behind the slashes", () => {
    expect(corrected("redirect-uris/private-use-slashes", "dev.acme.app://oauth/callback?x=1")).toBe(
      "dev.acme.app:/oauth/callback?x=1",
    );
    expect(corrected("redirect-uris/private-use-slashes", "dev.acme.app:///callback")).toBe(
      "dev.acme.app:/callback",
    );
  });
});

describe("the spelling of a redirect", () => {
  it.each([
    ["redirect-uris/dot-segment", "https://app.acme.dev/a/./b/../c", "https://app.acme.dev/a/c"],
    ["redirect-uris/dot-segment", "https://app.acme.dev/a/%2E%2e/c", "https://app.acme.dev/c"],
    ["redirect-uris/default-port", "https://app.acme.dev:443/c?x", "https://app.acme.dev/c?x"],
    ["redirect-uris/host-case", "HTTPS://App.acme.dev/C", "https://app.acme.dev/C"],
    [
      "redirect-uris/percent-encoding-normal",
      "https://app.acme.dev/%7e/%c3%bc",
      "https://app.acme.dev/~/%C3%BC",
    ],
    ["redirect-uris/percent-encoding-invalid", "https://app.acme.dev/5%/x", "https://app.acme.dev/5%25/x"],
  ])("%s is corrected: %s to %s", (rule, uri, normal) => {
    expect(corrected(rule, uri)).toBe(normal);
  });

  it.each([
    "https://app.acme.dev/..a/...",
    "https://app.acme.dev/a%2Fb",
    "https://app.acme.dev:4430/callback",
    "https://app.acme.dev/CallBack",
  ])("%s is left alone", (uri) => {
    expect(of(uri)).toEqual([]);
  });
});

describe("a redirect whose right spelling is listed already", () => {
  it("is deleted instead of doubled", () => {
    const right = "https://app.acme.dev/callback";
    const { redirect_uris: uris } = fixed("redirect-uris/host-case", {
      redirect_uris: [right, "https://App.acme.dev/callback"],
    });
    expect(uris).toEqual([right]);
  });
});

describe("the sample of the MCP specification's kind", () => {
  it("gets hints, and the advice about refreshing", () => {
    const { findings } = check({
      redirect_uris: ["http://127.0.0.1:3000/callback", "http://localhost:3000/callback"],
      client_uri: "https://app.acme.dev",
      logo_uri: "https://app.acme.dev/logo.png",
      grant_types: ["authorization_code"],
    });
    const told = findings.filter(({ severity }) => severity !== "hint");
    expect(told.map(({ rule }) => rule)).toEqual(["grant-types/no-refresh"]);
  });
});

describe("where a redirect leads", () => {
  it.each([
    ["https://app.acme.dev/cb?next=%2F%2Fevil.dev", "redirect-uris/open-redirector"],
    ["https://app.acme.dev/cb?a=1&to=https%3A%2F%2Facme.dev", "redirect-uris/open-redirector"],
    ["https://app.acme.dev/cb?code=1", "redirect-uris/reserved-params"],
    ["https://app.acme.dev/cb?codes=1", "redirect-uris/query"],
    ["https://app.acme.dev/cb?next=/home", "redirect-uris/query"],
    ["https://acme.dev.evil.dev/cb", "redirect-uris/cross-site"],
    ["https://notacme.dev/cb", "redirect-uris/cross-site"],
    ["https://192.168.0.7/cb", "redirect-uris/special-use-https"],
    ["https://intranet/cb", "redirect-uris/special-use-https"],
    ["https://xn--80ak6aa92e.acme.dev/cb", "redirect-uris/homograph"],
    ["https://app.acme.dev", "redirect-uris/root-path-open"],
  ])("%s is a case of %s alone", (uri, rule) => {
    expect(of(uri)).toEqual([rule]);
  });

  it.each(["https://acme.dev/cb", "https://login.app.acme.dev/cb", "https://93.184.215.14/cb"])(
    "%s is nothing to talk about",
    (uri) => {
      expect(of(uri)).toEqual([]);
    },
  );

  it("is compared with the registrable domain, so that neighbours on a shared host are strangers", () => {
    const shared = {
      client_id: "https://acme.github.io/client",
      redirect_uris: ["https://other.github.io/cb"],
    };
    expect(rulesOf(shared)).toContain("redirect-uris/cross-site");
  });
});

describe("logout", () => {
  it("lets a front-channel page be only where a redirect is", () => {
    const rule = "logout/frontchannel-origin";
    expect(rulesOf({ frontchannel_logout_uri: "https://app.acme.dev:443/out" })).toEqual([]);
    expect(rulesOf({ frontchannel_logout_uri: "https://app.acme.dev:8443/out" })).toEqual([rule]);
    expect(rulesOf({ frontchannel_logout_uri: "http://app.acme.dev/out" })).toEqual(["logout/uris"]);
  });

  it("calls http a warning and the rest an error", () => {
    const severity = (uri: string) => check({ post_logout_redirect_uris: [uri] }).findings[0]?.severity;
    expect(severity("http://app.acme.dev/out")).toBe("warning");
    expect(severity("/out")).toBe("error");
    expect(severity("http://localhost:8080/out")).toBeUndefined();
  });
});
