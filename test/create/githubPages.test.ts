import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { baseOnPages, urlOnPages } from "../../server/src/create/githubPages.js";
import {
  HostingConfigurationError,
  pagesConfiguration,
} from "../../server/src/create/hostingConfiguration.js";
import { pagesBase } from "../../server/src/create/hostingSuggestions.js";

const BASE = "https://acme.github.io/notes/";

describe("the site of a repository", () => {
  const config = (url: string) => `[remote "origin"]\n\turl = ${url}\n`;

  it.each([
    ["https://github.com/Acme/notes.git", undefined, BASE],
    ["git@github.com:acme/acme.github.io.git", undefined, "https://acme.github.io/"],
    ["git@github.com:acme/notes.git", "notes.acme.dev\n", "https://notes.acme.dev/"],
    ["https://gitlab.com/acme/notes.git", "notes.acme.dev", undefined],
  ])("%s with the domain %s is %s", (remote, domain, base) => {
    expect(pagesBase({ ".git/config": config(remote), ...(domain ? { CNAME: domain } : {}) })).toBe(base);
  });
});

describe("the URL of a document", () => {
  it.each([
    // Its own, where that is on the site.
    [`${BASE}oauth/client.json`, BASE, `${BASE}oauth/client.json`],
    // What others have made of it: not known yet, a placeholder, GitHub's raw files.
    ["", BASE, `${BASE}notes.cimd.json`],
    ["https://app.example.com/client.json", BASE, `${BASE}notes.cimd.json`],
    ["https://raw.githubusercontent.com/acme/notes/main/c.json", BASE, `${BASE}notes.cimd.json`],
    [BASE, BASE, `${BASE}notes.cimd.json`],
    // No git remote.
    ["https://acme.github.io/notes/c.json", undefined, "https://acme.github.io/notes/c.json"],
    ["https://app.acme.dev/c.json", undefined, undefined],
    ["nonsense", undefined, undefined],
  ])("with the client_id %j on %s is %s", (clientId, base, url) => {
    expect(urlOnPages(clientId, base, "docs/notes.cimd.json")).toBe(url);
  });

  it.each([
    ["https://acme.github.io/client.json", "https://acme.github.io/"],
    ["https://acme.github.io/notes/client.json", BASE],
    ["https://acme.github.io/notes/oauth/client.json", BASE],
  ])("%s belongs to %s", (url, base) => {
    expect(baseOnPages(url, undefined)).toBe(base);
  });
});

describe("the workflow", () => {
  /** The files that its script puts together from a repository. */
  function published(clientId: string, jwksUri: string, file: string): string[] {
    const workflow: Workflow = parse(pagesConfiguration(clientId, jwksUri, BASE, file));
    const steps = workflow.jobs.publish.steps;
    expect(steps.map(({ uses }) => uses?.replace(/@.*/, ""))).toEqual([
      "actions/checkout",
      undefined,
      "actions/upload-pages-artifact",
      "actions/deploy-pages",
    ]);
    const folder = mkdtempSync(path.join(tmpdir(), "cimd-pages-"));
    try {
      for (const name of ["notes.cimd.json", "jwks.json"]) writeFileSync(path.join(folder, name), name);
      execFileSync("sh", ["-e", "-c", steps[1]?.run ?? ""], { cwd: folder });
      const site = path.join(folder, "_site");
      return readdirSync(site, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .map((found) => `${path.relative(site, found)}: ${readFileSync(found, "utf8")}`)
        .sort();
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  interface Workflow {
    readonly permissions: Readonly<Record<string, string>>;
    readonly jobs: {
      readonly publish: { readonly steps: { readonly uses?: string; readonly run?: string }[] };
    };
  }

  it("publishes the document, and its keys, at their paths below the site", () => {
    expect(
      published(`${BASE}.well-known/client.json`, `${BASE}.well-known/jwks.json`, "notes.cimd.json"),
    ).toEqual([".well-known/client.json: notes.cimd.json", ".well-known/jwks.json: jwks.json"]);
  });

  it("says which URL has to be the client_id, and what a site that is there needs", () => {
    const text = pagesConfiguration("", "", BASE, "notes.cimd.json");
    expect(text).toContain(
      `# Publishes the document at ${BASE}notes.cimd.json, which has to be its client_id.`,
    );
    expect(text).toContain(".nojekyll");
    expect(parse(text)).toMatchObject({
      permissions: { contents: "read", pages: "write", "id-token": "write" },
    });
  });

  it("is refused where the site is not known, or a path could be a command", () => {
    expect(() => pagesConfiguration("https://app.acme.dev/c.json", "", undefined, "c.json")).toThrow(
      HostingConfigurationError,
    );
    expect(() => pagesConfiguration(`${BASE}$(x)`, "", BASE, "c.json")).toThrow(HostingConfigurationError);
  });

  it("never names a file whose name could end a literal", () => {
    expect(pagesConfiguration(`${BASE}c.json`, "", BASE, 'a"; rm -rf ~; ".json')).toContain(
      'cp "c.json" "_site/c.json"',
    );
  });
});
