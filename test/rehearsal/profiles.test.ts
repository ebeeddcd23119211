import { describe, expect, it } from "vitest";
import { RehearsedDocument } from "../../server/src/rehearsal/rehearsedDocument.js";
import { serverById } from "../../server/src/servers/servers.js";
import { textOf } from "../engines/lab/cases.js";
import { findEngines } from "../engines/lab/engines.js";
import { type RecordedCase, readRun } from "../engines/lab/recordedRun.js";
import { ROOT } from "../package/tools.js";
import { PlainClient } from "./support/plainClient.js";
import { rehearse } from "./support/rehearse.js";

const SERVERS = [
  "backstage",
  "better-auth-mcp",
  "cloudflare-workers-oauth-provider",
  "directus",
  "django-oauth-toolkit",
  "fastmcp",
  "fastmcp-3",
  "fastmcp-ts",
  "home-assistant",
  "keycloak",
  "mcp-oauth-server",
  "oidc-provider",
  "toolhive",
];

/** Of each outcome, so many of what an engine was asked are asked again. */
const CASES = 8;

/** What was asked of an engine and can be asked of a rehearsal, which serves a document at its own `client_id`. */
function casesOf(id: string): readonly RecordedCase[] {
  const engine = findEngines(ROOT).find((one) => one.id === id);
  const run = engine && readRun(engine);
  return (run?.cases ?? []).filter(({ url, body }) => {
    const rehearsed = new RehearsedDocument(textOf(body));
    return rehearsed.clientId === url && rehearsed.broken === undefined && !rehearsed.isForAtproto;
  });
}

/** Evenly from all of them. */
function some(cases: readonly RecordedCase[]): RecordedCase[] {
  const step = Math.max(1, Math.floor(cases.length / CASES));
  return cases.filter((_one, at) => at % step === 0).slice(0, CASES);
}

describe.each(SERVERS)("with --server %s, a rehearsal answers as the recorded engine did:", (id) => {
  const cases = casesOf(id);
  const name = serverById(id)?.name ?? "";
  const of = (outcome: string) => some(cases.filter(({ answer }) => answer.outcome === outcome));

  /** Asks for authorization, and hands back the answer and what the step says. */
  async function ask({ url, body, redirectUri = "http://127.0.0.1/" }: RecordedCase) {
    const run = await rehearse(textOf(body), { server: id });
    const answer = await new PlainClient(run).authorize({
      client_id: url,
      redirect_uri: redirectUri,
      scope: null,
    });
    return {
      status: answer.status,
      location: answer.headers.get("location"),
      words: run.words("authorization"),
    };
  }

  it("takes the documents that it took", async () => {
    for (const one of of("accepts")) {
      const { words } = await ask(one);
      expect(words, textOf(one.body)).not.toContain(`${name} refuses the document`);
    }
    expect(of("accepts").length).toBeGreaterThan(0);
  });

  it("refuses the documents that it refused", async () => {
    for (const one of of("refuses")) {
      const { status, words } = await ask(one);
      expect(words, textOf(one.body)).toContain(`${name} refuses the document`);
      expect(status).toBe(400);
    }
    expect(of("refuses").length).toBeGreaterThan(0);
  });

  it.runIf(of("allowed").length > 0)("goes to the redirect URIs that it went to", async () => {
    for (const one of of("allowed")) {
      const { location, words } = await ask(one);
      expect(location, `${one.redirectUri} ${textOf(one.body)} ${words}`).toContain("code=");
    }
  });

  it.runIf(of("refused").length > 0)("goes to no redirect URI that it refused", async () => {
    for (const one of of("refused")) {
      const { status, location } = await ask(one);
      expect({ status, location }, `${one.redirectUri} ${textOf(one.body)}`).toEqual({
        status: 400,
        location: null,
      });
    }
  });
});
