import { parseAtprotoLoopbackClientId } from "@atproto/oauth-types";
import { describe, expect, it } from "vitest";
import { analyse } from "../../server/src/check/analyse.js";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { declaresAtproto } from "../../server/src/rules/atproto/declares.js";
import { ruleById } from "../../server/src/rules/rules.js";
import { serverById } from "../../server/src/servers/servers.js";

const FLAWLESS = {
  client_id: "https://app.acme.dev/oauth-client-metadata.json",
  client_name: "Acme",
  redirect_uris: ["https://app.acme.dev/callback"],
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  scope: "atproto transition:generic",
  token_endpoint_auth_method: "none",
  application_type: "web",
  dpop_bound_access_tokens: true,
};

function errorsOf(changes: Readonly<Record<string, unknown>>): readonly string[] {
  const text = JSON.stringify({ ...FLAWLESS, ...changes });
  return analyse(text, { servers: { mode: "none" } })
    .findings.filter(({ severity }) => severity === "error")
    .map(({ rule }) => rule);
}

describe("a document that declares itself atproto's", () => {
  it.each([
    [{ scope: "atproto" }, true],
    [{ scope: "transition:generic" }, true],
    [{ scope: "repo:app.bsky.feed.post", dpop_bound_access_tokens: true }, true],
    [{ scope: "repo:status" }, false],
    [{ scope: "openid", dpop_bound_access_tokens: true }, false],
    [{ dpop_bound_access_tokens: true }, false],
    [{ scope: "atprotocol" }, false],
  ])("%j: %s", (members, declared) => {
    expect(declaresAtproto(new ClientMetadataDocument(JSON.stringify(members)))).toBe(declared);
  });

  it("has no error when it keeps to the profile", () => {
    expect(errorsOf({})).toEqual([]);
  });

  const native = { application_type: "native" };

  it.each([
    [{ dpop_bound_access_tokens: undefined }, ["atproto/dpop"]],
    [{ scope: "transition:generic" }, ["atproto/scope"]],
    [{ response_types: undefined }, ["atproto/response-types"]],
    [{ response_types: [] }, ["response-types/empty-with-code"]],
    [
      { grant_types: ["authorization_code", "client_credentials"] },
      ["grant-types/client-credentials-public"],
    ],
    [{ client_uri: "https://acme.dev" }, ["atproto/client-uri"]],
    [{ client_uri: "https://APP.acme.dev/" }, []],
    [{ logo_uri: "http://app.acme.dev/logo.png" }, ["atproto/uris-https"]],
    [{ redirect_uris: ["dev.acme.app:/callback"] }, ["atproto/redirect-web"]],
    [{ ...native, redirect_uris: ["dev.acme.app:/callback"] }, []],
    [{ ...native, redirect_uris: ["dev.acme.app://callback"] }, ["atproto/redirect-native-scheme"]],
    [{ ...native, redirect_uris: ["acme:/callback"] }, ["atproto/redirect-native-scheme"]],
    [{ ...native, redirect_uris: ["https://app.acme.dev/native"] }, []],
    [{ ...native, redirect_uris: ["https://acme.dev/native"] }, ["atproto/redirect-native-https"]],
    [{ ...native, redirect_uris: ["http://127.0.0.1/callback"] }, []],
    [{ ...native, redirect_uris: ["http://localhost/callback"] }, ["atproto/redirect-loopback"]],
    [{ redirect_uris: ["http://127.0.0.1:8080/callback"] }, ["atproto/redirect-loopback"]],
    [{ redirect_uris: ["http://app.acme.dev/callback"] }, ["redirect-uris/http-non-loopback"]],
  ])("%j gives %j", (changes, errors) => {
    expect(errorsOf(changes)).toEqual(errors);
  });

  it("is told once of each cause, with the server's name", () => {
    const { findings } = analyse(JSON.stringify({ ...FLAWLESS, dpop_bound_access_tokens: false }));
    const found = findings.filter(({ pointer }) => pointer === "/dpop_bound_access_tokens");
    expect(found.map(({ rule }) => rule)).toEqual(["atproto/dpop"]);
    expect(found[0]?.message).toContain("Refused by AT Protocol");
  });
});

describe("any other document", () => {
  const { scope: _scope, dpop_bound_access_tokens: _flag, ...plain } = FLAWLESS;
  const text = JSON.stringify({
    ...plain,
    client_uri: "https://acme.dev",
    redirect_uris: ["http://127.0.0.1/callback"],
  });

  it("hears nothing of the profile by default", () => {
    expect(analyse(text).findings.filter(({ rule }) => rule.startsWith("atproto/"))).toEqual([]);
  });

  it("hears of it when an atproto server is a target", () => {
    const atproto = serverById("atproto");
    if (!atproto) throw new Error("The profile of atproto is not there.");
    const { findings } = analyse(text, { servers: { mode: "targets", targets: [atproto] } });
    expect(findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(["atproto/scope", "atproto/dpop", "atproto/client-uri"]),
    );
  });
});

function problemsOf(changes: Readonly<Record<string, unknown>>, server = "atproto") {
  const text = JSON.stringify({ ...FLAWLESS, ...changes });
  const target = serverById(server);
  const { findings, document } = analyse(text, {
    servers: { mode: "targets", targets: target ? [target] : [] },
  });
  return findings.map((finding) => ({
    ...finding,
    place: text.slice(finding.offset, finding.end),
    fixes: (ruleById(finding.rule)?.fix?.(document, finding) ?? []).map(({ title }) => title),
  }));
}

describe("scopes of an atproto document", () => {
  it("have each fault at its place", () => {
    const scope =
      "atproto transition:generc repo:app.bsky.feed.post?action=creat rpc:chat.bsky.convo.listConvos?aud=did:web:api.bsky.chat";
    const found = problemsOf({ scope });
    expect(found.map(({ severity, rule, place }) => [severity, rule, place])).toEqual([
      ["warning", "atproto/scope-grammar", "transition:generc"],
      ["warning", "atproto/scope-grammar", "creat"],
      ["warning", "atproto/scope-grammar", "did:web:api.bsky.chat"],
    ]);
    expect(found.map(({ fixes }) => fixes)).toEqual([["Write transition:generic"], ["Write create"], []]);
    expect(found[0]?.message).toContain("Limited on AT Protocol OAuth provider.");
  });

  it("do not go with openid", () => {
    const [found, ...more] = problemsOf({ scope: "atproto openid" });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ rule: "atproto/openid", place: "openid", fixes: ["Delete openid"] });
    expect(found?.message).toContain("OpenID Connect does not go with atproto");
  });

  it("are not looked at in other documents", () => {
    const changes = { scope: "openid email", dpop_bound_access_tokens: undefined };
    expect(problemsOf(changes, "fastmcp").filter(({ rule }) => rule.startsWith("atproto/"))).toEqual([]);
  });
});

describe("a loopback redirect of a web client", () => {
  it("takes one step, whichever way", () => {
    const redirects = ["https://app.acme.dev/callback", "http://localhost:4200/callback"];
    const [found, ...more] = problemsOf({ redirect_uris: redirects });
    expect(more).toEqual([]);
    expect(found?.rule).toBe("atproto/redirect-loopback");
    expect(found?.fixes).toEqual([
      "Delete it from the list",
      "Set application_type to native and use http://127.0.0.1:4200/callback",
    ]);
  });
});

describe("a loopback redirect beside one of another site", () => {
  it("can only be deleted, because a native client has no such redirects", () => {
    const redirects = ["https://links.acme.dev/callback", "http://127.0.0.1/callback"];
    const found = problemsOf({ redirect_uris: redirects });
    const loopback = found.find(({ rule }) => rule === "atproto/redirect-loopback");
    expect(loopback?.fixes).toEqual(["Delete it from the list"]);
  });
});

describe("the client http://localhost", () => {
  it.each([
    [
      { redirect_uris: ["http://localhost:3000/cb", "http://[::1]/cb"], scope: "atproto transition:generic" },
      "http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Fcb&redirect_uri=http%3A%2F%2F%5B%3A%3A1%5D%2Fcb&scope=atproto%20transition%3Ageneric",
    ],
    [{ redirect_uris: ["https://app.acme.dev/cb"] }, "http://localhost?scope=atproto%20transition%3Ageneric"],
  ])("is told its query: %j", (changes, clientId) => {
    const [found] = problemsOf({ ...changes, client_id: "http://localhost" });
    expect(found?.message).toContain(`use ${clientId}, or`);
    const { scope, redirect_uris: redirects } = parseAtprotoLoopbackClientId(clientId);
    expect(scope).toBe("atproto transition:generic");
    expect(redirects).toHaveLength(2);
  });
});
