import { describe, expect, it } from "vitest";
import { hostedUrl } from "../../server/src/check/hosting.js";

const BASE = "https://app.example.com/";

describe("hostedUrl", () => {
  it.each([
    ["public/**", BASE, "public/oauth/client", "https://app.example.com/oauth/client"],
    ["public/**", "https://app.example.com", "public/client", "https://app.example.com/client"],
    ["public/**", "https://app.example.com/site", "public/client", "https://app.example.com/site/client"],
    ["**", BASE, "client.cimd.json", "https://app.example.com/client.cimd.json"],
    ["**/*.cimd.json", BASE, "a/b/c.cimd.json", "https://app.example.com/a/b/c.cimd.json"],
    ["**/*.cimd.json", BASE, "c.cimd.json", "https://app.example.com/c.cimd.json"],
    ["oauth/*.json", BASE, "oauth/client.json", "https://app.example.com/client.json"],
    ["apps/app-?/client.json", BASE, "apps/app-1/client.json", "https://app.example.com/app-1/client.json"],
    ["a/client.json", BASE, "a/client.json", "https://app.example.com/client.json"],
    ["a/client.json", "https://app.example.com/oauth", "a/client.json", "https://app.example.com/oauth"],
    ["**", BASE, "a b/ü#?@.json", "https://app.example.com/a%20b/%C3%BC%23%3F@.json"],
    ["a/**/z", BASE, "a/z", "https://app.example.com/z"],
    ["a/**/z", BASE, "a/b/c/z", "https://app.example.com/b/c/z"],
  ])("%s at %s serves %s from %s", (glob, base, path, url) => {
    expect(hostedUrl({ [glob]: base }, path)).toBe(url);
  });

  it.each([
    ["public/*", BASE, "public/oauth/client"],
    ["public/**", BASE, "src/public/client"],
    ["*.json", BASE, "client.jsonc"],
    ["client.json", BASE, "clientXjson"],
    ["a/**/z", BASE, "a/b/c"],
    ["**", "http://app.example.com/", "client"],
    ["**", "https://app.example.com/?a=b", "client"],
    ["**", "app.example.com", "client"],
  ])("%s at %s says nothing of %s", (glob, base, path) => {
    expect(hostedUrl({ [glob]: base }, path)).toBeUndefined();
  });

  it("lets the longest of several globs count, in whatever order they are written", () => {
    const short = { "**": "https://a.example.com/" };
    const long = { "public/**": "https://b.example.com/" };
    for (const hosting of [
      { ...short, ...long },
      { ...long, ...short },
    ]) {
      expect(hostedUrl(hosting, "public/client")).toBe("https://b.example.com/client");
    }
  });

  it("ends on globs full of wildcards, which would keep a matcher that tries all ways busy for years", () => {
    expect(hostedUrl({ [`${"**/".repeat(50)}b`]: BASE }, `${"a/".repeat(500)}c`)).toBeUndefined();
  });
});

describe("a hostile glob", () => {
  it("is matched without trying every way to share a name out among its wildcards", () => {
    const glob = `${"*a".repeat(2_000)}b.json`;
    expect(hostedUrl({ [glob]: "https://app.example.com/" }, `${"a".repeat(4_000)}.json`)).toBeUndefined();
  });

  it.each([
    ["*?.json", "a.json", true],
    ["*?.json", ".json", false],
    ["?.json", "\u{1f600}.json", true],
    ["a*b*c", "abbc", true],
    ["a*b*c", "acb", false],
    ["**", "x/y/z", true],
    ["(a+)+$", "(a+)+$", true],
    ["(a+)+$", "aaa", false],
    ["[ab].json", "a.json", false],
  ])("%s and %s: %s", (glob, path, matches) => {
    expect(hostedUrl({ [glob]: "https://app.example.com/" }, path) !== undefined).toBe(matches);
  });
});
