import { describe, expect, it } from "vitest";
import { discoverSupport } from "../../server/src/api/discoverSupport.js";
import { type ValidateHostedOptions, validateHosted } from "../../server/src/api/validateHosted.js";
import { createBrowserFetcher } from "../../server/src/hosted/browserFetcher.js";
import { fetchLogo } from "../../server/src/hosted/fetchLogo.js";
import { limitsFor } from "../../server/src/hosted/limits.js";
import { discoveryToMarkdown, toMarkdown } from "../../server/src/hosted/markdown.js";
import { type FakeAnswer, fakeNetwork, opaqueRedirect } from "./fakeNetwork.js";

const URL_ = "https://app.acme.dev/client.json";
const TEXT = JSON.stringify({
  client_id: URL_,
  client_name: "Notes",
  redirect_uris: ["https://app.acme.dev/callback"],
  token_endpoint_auth_method: "none",
  logo_uri: "https://cdn.acme.dev/logo.png",
  jwks_uri: "https://app.acme.dev/jwks.json",
  client_uri: "https://app.acme.dev/",
});
const JSON_HEADERS = { "content-type": "application/json", "cache-control": "max-age=3600" };

const fetcherOf = (answers: Record<string, FakeAnswer>) =>
  createBrowserFetcher({ network: fakeNetwork(answers).network });

const validate = (answers: Record<string, FakeAnswer>, options: ValidateHostedOptions = {}) =>
  validateHosted(URL_, { fetcher: fetcherOf(answers), ...options });

describe("a hosted check in a browser", () => {
  it("judges the document, and says of each step what a browser hides and where it is to be seen", async () => {
    const report = await validate({ [URL_]: new Response(TEXT, { headers: JSON_HEADERS }) });
    const state = Object.fromEntries(report.steps.map(({ id, state }) => [id, state]));
    expect(state).toMatchObject({
      url: "passed",
      addresses: "skipped",
      connection: "skipped",
      tls: "skipped",
      response: "passed",
      status: "passed",
      "content-type": "passed",
      cookies: "skipped",
      size: "passed",
      encoding: "passed",
      json: "passed",
      identity: "passed",
      cache: "passed",
    });
    for (const { id, state, sentence, fix } of report.steps) {
      if (state !== "skipped") continue;
      expect(sentence, id).toMatch(/browser/i);
      expect(fix, id).toMatch(/npx -p cimd-language-server cimd validate/);
    }
    expect(report.ok).toBe(true);
    expect(report.document?.text).toBe(TEXT);
    expect(report.verdicts.length).toBeGreaterThan(5);
    const cache = report.steps.find(({ id }) => id === "cache");
    expect(cache?.details?.join("\n")).toMatch(/A browser hides ETag/);
    expect(cache?.details?.join("\n")).not.toMatch(/neither ETag nor Last-Modified/);
  });

  it("still finds that client_id and URL differ, and a wrong type", async () => {
    const other = TEXT.replace(URL_, `${URL_}x`);
    const report = await validate({
      [URL_]: new Response(other, { headers: { "content-type": "text/html" } }),
    });
    expect(report.steps.find(({ id }) => id === "identity")?.state).toBe("failed");
    expect(report.steps.find(({ id }) => id === "content-type")?.state).toBe("warning");
    expect(report.ok).toBe(false);
  });

  it("fails nothing and passes nothing where CORS keeps the answer back", async () => {
    const report = await validate({});
    expect(report.ok).toBe(false);
    expect(report.steps.filter(({ state }) => state === "failed" || state === "warning")).toEqual([]);
    const response = report.steps.find(({ id }) => id === "response");
    expect(response).toMatchObject({ state: "skipped", fix: expect.stringContaining("cimd validate") });
    expect(report.steps.find(({ id }) => id === "tls")?.sentence).toBe(
      "Not looked at: the browser shows no answer.",
    );
    expect(report.verdicts).toEqual([]);
    expect(report.summary).toMatch(/^This browser does not show the document at /);
    expect(toMarkdown(report)).toContain(report.summary);
  });

  it("knows that a redirect is one", async () => {
    const report = await validate({ [URL_]: opaqueRedirect() });
    const [failed, ...others] = report.steps.filter(({ state }) => state === "failed");
    expect(failed?.sentence).toMatch(/answers with a redirect/);
    expect(others).toEqual([]);
  });

  it("leaves what the document names unjudged where it is not shown", async () => {
    const report = await validate(
      { [URL_]: new Response(TEXT, { headers: JSON_HEADERS }) },
      { extras: ["logo", "jwks", "links"] },
    );
    for (const id of ["logo", "jwks", "links"]) {
      const step = report.steps.find((taken) => taken.id === id);
      expect(step?.state, id).toBe("skipped");
      expect(step?.fix, id).toMatch(/desktop/);
    }
    expect(report.ok).toBe(true);
  });
});

describe("a logo in a browser", () => {
  const limits = limitsFor(5);
  const url = "https://cdn.acme.dev/logo.png";
  const png = Uint8Array.from(
    atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
    (character) => character.charCodeAt(0),
  );

  it("is inlined where the host allows it", async () => {
    const logo = await fetchLogo(url, { fetcher: fetcherOf({ [url]: new Response(png) }), limits });
    expect(logo).toMatchObject({
      state: "shown",
      src: expect.stringMatching(/^data:image\/png;base64,iVBORw0KGgo/),
    });
  });

  it("is not shown otherwise, with the reason", async () => {
    const logo = await fetchLogo(url, { fetcher: fetcherOf({}), limits });
    expect(logo).toMatchObject({ state: "refused", reason: expect.stringMatching(/CORS/) });
  });
});

describe("discovery in a browser", () => {
  const MCP = "https://mcp.acme.dev/mcp";
  const RESOURCE = "https://mcp.acme.dev/.well-known/oauth-protected-resource/mcp";
  const ISSUER = "https://auth.acme.dev";
  const METADATA = "https://auth.acme.dev/.well-known/oauth-authorization-server";
  const resource = Response.json({ resource: MCP, authorization_servers: [ISSUER] });
  const metadata = Response.json({
    issuer: ISSUER,
    client_id_metadata_document_supported: true,
    code_challenge_methods_supported: ["S256"],
  });
  const discover = (answers: Record<string, FakeAnswer>) =>
    discoverSupport(MCP, { fetcher: fetcherOf(answers) });

  it("goes by the published metadata where the MCP server itself is not shown", async () => {
    const report = await discover({ [RESOURCE]: resource, [METADATA]: metadata });
    expect(report.supported).toBe(true);
    expect(report.steps[0]).toMatchObject({
      id: "probe",
      state: "skipped",
      fix: expect.stringContaining("cimd discover"),
    });
  });

  it("claims nothing about what it did not see", async () => {
    const report = await discover({});
    expect(report).toMatchObject({ supported: false, authorizationServers: [] });
    expect(report.steps.map(({ id, state }) => `${id}: ${state}`)).toEqual([
      "probe: skipped",
      "resource: skipped",
      "fallback: skipped",
    ]);
    expect(discoveryToMarkdown(report)).toContain("It could not be seen whether");
  });

  it("claims nothing about an authorization server that is not shown", async () => {
    const report = await discover({ [RESOURCE]: resource });
    expect(report).toMatchObject({ supported: false, authorizationServers: [] });
    expect(report.steps.find(({ id }) => id === "metadata")?.state).toBe("skipped");
  });
});
