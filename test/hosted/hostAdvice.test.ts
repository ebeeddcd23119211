import { describe, expect, it } from "vitest";
import { validateHosted } from "../../server/src/api/validateHosted.js";
import type { ResponseFacts } from "../../server/src/hosted/fetcher.js";
import {
  advise,
  HOSTING_SERVICES,
  type HostingProblem,
  recogniseHosting,
} from "../../server/src/hosted/hostAdvice.js";
import { fakeFetcher } from "./fakeFetcher.js";
import { goodDocument } from "./testServer.js";

function response(headers: Readonly<Record<string, string>>): ResponseFacts {
  return {
    status: 200,
    headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
    informational: [],
  };
}

describe("recognising who hosts a document", () => {
  const CASES: readonly (readonly [
    url: string,
    headers: Readonly<Record<string, string>>,
    id: string | undefined,
  ])[] = [
    ["https://acme.github.io/client.json", {}, "github-pages"],
    ["https://notes.acme.dev/client.json", { server: "GitHub.com" }, "github-pages"],
    ["https://raw.githubusercontent.com/acme/notes/main/client.json", {}, "github-raw"],
    ["https://github.com/acme/notes/blob/main/client.json", {}, "github"],
    ["https://acme.pages.dev/client.json", {}, "cloudflare-pages"],
    ["https://acme.vercel.app/client.json", {}, "vercel"],
    ["https://notes.acme.dev/client.json", { "x-vercel-id": "fra1::abc" }, "vercel"],
    ["https://acme.netlify.app/client.json", {}, "netlify"],
    ["https://notes.acme.dev/client.json", { server: "Netlify" }, "netlify"],
    ["https://acme.s3.eu-central-1.amazonaws.com/client.json", {}, "s3-cloudfront"],
    ["https://d111.cloudfront.net/client.json", {}, "s3-cloudfront"],
    ["https://notes.acme.dev/client.json", { server: "AmazonS3" }, "s3-cloudfront"],
    ["https://notes.acme.dev/client.json", { server: "nginx/1.22.1" }, "nginx"],
    ["https://notes.acme.dev/client.json", { server: "Caddy" }, "caddy"],
    ["https://notes.acme.dev/client.json", { server: "Apache" }, undefined],
    ["https://notgithub.io.acme.dev/client.json", {}, undefined],
  ];
  for (const [url, headers, id] of CASES) {
    it(`${url} ${JSON.stringify(headers)}: ${id ?? "nobody known"}`, () => {
      expect(recogniseHosting(url, response(headers))?.id).toBe(id);
    });
  }
});

describe("advice", () => {
  const PROBLEMS: readonly HostingProblem[] = [
    "content-type",
    "cache",
    "redirect",
    "html",
    "auth",
    "not-found",
  ];

  it("is a whole sentence, or left to the general one", () => {
    for (const service of HOSTING_SERVICES) {
      for (const problem of PROBLEMS) {
        const advice = service.advice(problem, "/oauth/client.json");
        if (advice !== undefined) expect(advice, `${service.id} ${problem}`).toMatch(/^[\w.].*[.}]$/s);
      }
    }
    expect(advise("cache", "https://notes.acme.dev/client.json", undefined, "General.")).toBe("General.");
  });

  it("names the document's own path", () => {
    for (const id of ["cloudflare-pages", "vercel", "netlify", "nginx", "caddy", "s3-cloudfront"]) {
      const service = HOSTING_SERVICES.find((one) => one.id === id);
      expect(service?.advice("content-type", "/oauth/client.json")).toContain("/oauth/client.json");
    }
  });

  it("gives Vercel a headers entry that is JSON", () => {
    const advice = HOSTING_SERVICES.find(({ id }) => id === "vercel")?.advice("cache", "/client.json") ?? "";
    const json = advice.slice(advice.indexOf("{"), advice.lastIndexOf("}") + 1);
    expect(JSON.parse(json)).toMatchObject({ headers: [{ source: "/client.json" }] });
  });

  it("appears in the report where the hosting gets it wrong", async () => {
    const url = "https://raw.githubusercontent.com/acme/notes/main/client.json";
    const { fetcher } = fakeFetcher({
      [url]: {
        headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "max-age=300" },
        body: goodDocument(url),
      },
    });
    const { steps } = await validateHosted(url, { fetcher });
    const contentType = steps.find(({ id }) => id === "content-type");
    expect(contentType?.state).toBe("warning");
    expect(contentType?.fix).toContain("publish the same repository with GitHub Pages");
  });
});
