import { describe, expect, it } from "vitest";
import { type HostingTexts, suggestHosting } from "../../server/src/create/hostingSuggestions.js";

const urls = (texts: HostingTexts, hosting?: Record<string, string>) =>
  suggestHosting(texts, hosting).map(({ url }) => url);

describe("suggested URLs for a new document", () => {
  it.each<[string, HostingTexts, string]>([
    ["CNAME", { CNAME: "app.acme.dev\n" }, "https://app.acme.dev/client.cimd.json"],
    ["docs/CNAME", { "docs/CNAME": "acme.dev" }, "https://acme.dev/client.cimd.json"],
    [
      "the homepage of package.json",
      { "package.json": '{ "homepage": "https://acme.dev/notes" }' },
      "https://acme.dev/notes/client.cimd.json",
    ],
    [
      "the alias of vercel.json",
      { "vercel.json": '{ "alias": ["notes.acme.dev"] }' },
      "https://notes.acme.dev/client.cimd.json",
    ],
    [
      "the Vercel project",
      { ".vercel/project.json": '{ "projectName": "acme-notes" }' },
      "https://acme-notes.vercel.app/client.cimd.json",
    ],
    [
      "the URL in netlify.toml",
      { "netlify.toml": '[build.environment]\n  URL = "https://acme.netlify.app"\n' },
      "https://acme.netlify.app/client.cimd.json",
    ],
    [
      "an https remote",
      { ".git/config": '[remote "origin"]\n\turl = https://github.com/Acme/notes.git\n' },
      "https://acme.github.io/notes/client.cimd.json",
    ],
    [
      "an ssh remote of the owner's site",
      { ".git/config": '[remote "origin"]\n\turl = git@github.com:acme/acme.github.io.git\n' },
      "https://acme.github.io/client.cimd.json",
    ],
  ])("come from %s", (_, texts, url) => {
    expect(urls(texts)).toEqual([url]);
  });

  it("begin with the setting, and name each URL once, with where it comes from", () => {
    const texts = { CNAME: "app.acme.dev", "package.json": '{ "homepage": "https://acme.dev/" }' };
    expect(suggestHosting(texts, { "public/**": "https://app.acme.dev" })).toEqual([
      { url: "https://app.acme.dev/client.cimd.json", from: "cimd.hosting" },
      { url: "https://acme.dev/client.cimd.json", from: "package.json homepage" },
    ]);
  });

  it.each<[string, HostingTexts]>([
    ["nothing", {}],
    ["broken JSON", { "package.json": "{", "vercel.json": "[]" }],
    ["other types", { "package.json": '{ "homepage": 1 }', "vercel.json": '{ "alias": { } }' }],
    ["http", { "package.json": '{ "homepage": "http://acme.dev/" }' }],
    ["this machine", { "package.json": '{ "homepage": "https://localhost/" }' }],
    ["an address", { "package.json": '{ "homepage": "https://127.0.0.1/" }' }],
    ["credentials", { "package.json": '{ "homepage": "https://a:b@acme.dev/" }' }],
    ["a script", { "package.json": '{ "homepage": "javascript:alert(1)" }' }],
    ["more than a host in CNAME", { CNAME: "acme.dev/path?x" }],
    ["another forge", { ".git/config": "\turl = https://gitlab.com/acme/notes.git\n" }],
  ])("are none for %s", (_, texts) => {
    expect(urls(texts)).toEqual([]);
  });
});
