import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDocument } from "../../server/src/api/checkDocument.js";
import { createDocument } from "../../server/src/create/createDocument.js";
import { suggestRedirectUris } from "../../server/src/create/redirectSuggestions.js";
import {
  AUTHENTICATIONS,
  CLIENT_KINDS,
  type ClientKind,
  optionsFromAnswers,
  type WizardAnswers,
} from "../../server/src/create/wizardAnswers.js";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { serversOfGroup } from "../../server/src/servers/groups.js";
import { SERVERS } from "../../server/src/servers/servers.js";

const ANSWERS: WizardAnswers = {
  kind: "native",
  name: "Acme Notes",
  clientId: "https://app.acme.dev/oauth/client.cimd.json",
  redirectUris: ["http://127.0.0.1/callback", "http://localhost/callback"],
  refresh: true,
  scope: "",
  clientUri: "",
  logoUri: "",
  authentication: "none",
};

const WEB: WizardAnswers = { ...ANSWERS, kind: "web", redirectUris: ["https://app.acme.dev/callback"] };

const IDS = SERVERS.map(({ id }) => id);
/** Servers that ask nothing of their own of a public client. */
const ORDINARY = [
  "fastmcp",
  "fastmcp-3",
  "oidc-provider",
  "cloudflare-workers-oauth-provider",
  "better-auth",
  "better-auth-mcp",
];

const documentOf = (answers: WizardAnswers) => createDocument(optionsFromAnswers(answers));
const parsed = (answers: Partial<WizardAnswers>) => JSON.parse(documentOf({ ...ANSWERS, ...answers }));

/** What the wizard shows before it creates a document: everything but hints. */
function toReview(text: string, servers: readonly string[]) {
  const { problems, verdicts } = checkDocument(text, {
    servers: servers.length > 0 ? [...servers] : "none",
  });
  return { problems: problems.filter(({ severity }) => severity !== "hint"), verdicts };
}

/** The suggestions that are checked when the wizard asks: none that the rules or a target refuse. */
function pickedRedirectUris(answers: WizardAnswers, servers: readonly string[]): string[] {
  const isFree = (uri: string) =>
    !toReview(documentOf({ ...answers, redirectUris: [uri] }), servers).problems.some(
      ({ pointer, severity }) => pointer === "/redirect_uris/0" && severity === "error",
    );
  return suggestRedirectUris(answers.kind, answers.clientId)
    .filter(({ uri, picked }) => picked && isFree(uri))
    .map(({ uri }) => uri);
}

const host = fc.constantFrom("app.acme.dev", "acme.dev", "notes.acme.co.uk", "acme.github.io");
const answers = fc
  .record({
    kind: fc.constantFrom(...CLIENT_KINDS),
    name: fc.constantFrom("Acme Notes", "Zoë’s Notes", "ノート", "A"),
    host,
    path: fc.constantFrom("/client.cimd.json", "/oauth/client.cimd.json", "/a/b/client.json"),
    refresh: fc.boolean(),
    scope: fc.constantFrom("", "notes:read", " notes:read  notes:write ", "openid offline_access"),
    withHome: fc.boolean(),
    withLogo: fc.boolean(),
    authentication: fc.constantFrom(...AUTHENTICATIONS),
  })
  .map(({ host: name, path, withHome, withLogo, ...rest }): WizardAnswers => {
    const origin = `https://${name}`;
    return {
      ...rest,
      clientId: origin + path,
      redirectUris: [],
      clientUri: withHome ? `${origin}/` : "",
      logoUri: withLogo ? `${origin}/logo.png` : "",
    };
  });

describe("what the wizard's answers give", () => {
  it("is refused by no target if nothing is left to review", () => {
    let clean = 0;
    fc.assert(
      fc.property(answers, fc.subarray(IDS, { maxLength: 2 }), (given, servers) => {
        const redirectUris = pickedRedirectUris(given, servers);
        fc.pre(redirectUris.length > 0);
        const { problems, verdicts } = toReview(documentOf({ ...given, redirectUris }), servers);
        if (problems.length > 0) return;
        clean++;
        expect(verdicts.filter(({ verdict }) => verdict === "refuses")).toEqual([]);
        for (const { signIn } of verdicts)
          expect(signIn.map(({ outcome }) => outcome)).not.toContain("never");
      }),
      { numRuns: 300 },
    );
    expect(clean).toBeGreaterThan(30);
  });

  it("leaves nothing to review for public clients of any kind and servers without constraints of their own", () => {
    // Better Auth refuses scopes that it was not told of; the wizard says so at that question.
    const ordinary = answers.map((given) => ({ ...given, scope: "", authentication: "none" as const }));
    fc.assert(
      fc.property(ordinary, fc.subarray(ORDINARY), (given, servers) => {
        const asked = given.kind === "atproto" ? [] : servers;
        const redirectUris = pickedRedirectUris(given, asked);
        expect(redirectUris).not.toEqual([]);
        const { problems } = toReview(documentOf({ ...given, redirectUris }), asked);
        // Whoever declines refresh tokens is told what that means.
        const told = problems.filter(({ rule }) => given.refresh || rule !== "grant-types/no-refresh");
        expect(told).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it.each(AUTHENTICATIONS)("leaves nothing to review for an atproto client with %s", (authentication) => {
    const given: WizardAnswers = { ...ANSWERS, kind: "atproto", authentication, scope: "transition:generic" };
    const redirectUris = pickedRedirectUris(given, ["atproto"]);
    expect(redirectUris).toEqual(["https://app.acme.dev/callback"]);
    const { problems, verdicts } = toReview(documentOf({ ...given, redirectUris }), ["atproto"]);
    expect(problems).toEqual([]);
    expect(verdicts).toMatchObject([{ verdict: "accepts", signIn: [{ outcome: "works" }] }]);
  });

  it("leaves nothing to review for a FastMCP 3 client that signs with RS256, but for ES256", () => {
    const signing = (authentication: WizardAnswers["authentication"]) =>
      toReview(documentOf({ ...WEB, authentication }), ["fastmcp-3"]).problems.map(({ rule }) => rule);
    expect(signing("RS256")).toEqual([]);
    expect(signing("ES256")).toContain("auth-signing-alg/fastmcp-rs256");
  });
});

describe("what a person who keeps the suggestions gets", () => {
  const suggested = (kind: ClientKind): WizardAnswers => ({
    ...ANSWERS,
    kind,
    redirectUris: suggestRedirectUris(kind, ANSWERS.clientId)
      .filter(({ picked }) => picked)
      .map(({ uri }) => uri),
  });
  /** Servers of the default group whose operator has to allow redirect URIs of this kind first. */
  const OPERATOR_ALLOWS: Record<ClientKind, readonly string[]> = {
    native: ["fastmcp-ts"],
    web: ["backstage", "fastmcp-ts"],
    both: ["backstage", "fastmcp-ts"],
    atproto: [],
  };

  it.each(CLIENT_KINDS)("%s: no problem", (kind) => {
    const text = documentOf(suggested(kind));
    expect(checkDocument(text).problems).toEqual([]);
    expect(checkDocument(text, { servers: "none" }).problems).toEqual([]);
  });

  it.each(CLIENT_KINDS)("%s: no problem with any single target that can be met", (kind) => {
    const text = documentOf(suggested(kind));
    for (const { id } of serversOfGroup("default", new ClientMetadataDocument(text))) {
      const rules = checkDocument(text, { servers: [id] }).problems.map(({ rule }) => rule);
      expect([id, ...rules]).toEqual(
        OPERATOR_ALLOWS[kind].includes(id) ? [id, "redirect-uris/operator-allowlist"] : [id],
      );
    }
  });

  it.each([
    [["http://localhost:*/callback"]],
    [["http://127.0.0.1/callback"]],
    [["https://app.acme.dev/callback"]],
    [["http://localhost:*/callback", "https://app.acme.dev/callback"]],
  ])("cimd create --portable for %j: no problem", (redirectUris) => {
    const { name, clientId } = ANSWERS;
    expect(checkDocument(createDocument({ portable: true, name, clientId, redirectUris })).problems).toEqual(
      [],
    );
  });
});

describe("single answers", () => {
  it("writes both names of the machine itself, and no empty members", () => {
    expect(parsed({})).toEqual({
      client_id: ANSWERS.clientId,
      client_name: "Acme Notes",
      redirect_uris: ["http://127.0.0.1/callback", "http://localhost/callback"],
      application_type: "native",
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
    });
  });

  it("keeps FastMCP's port wildcard where the person chose it", () => {
    expect(parsed({ redirectUris: ["http://localhost:*/callback"] })).toMatchObject({
      redirect_uris: ["http://localhost:*/callback"],
    });
  });

  it("names the keys beside the document and the algorithm for private_key_jwt", () => {
    expect(parsed({ authentication: "RS256" })).toMatchObject({
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "RS256",
      jwks_uri: "https://app.acme.dev/oauth/jwks.json",
    });
  });

  it("adds what atproto asks for, and the scope once", () => {
    const document = parsed({
      kind: "atproto",
      redirectUris: ["dev.acme.app:/callback"],
      scope: "transition:generic atproto",
    });
    expect(document).toMatchObject({
      application_type: "native",
      dpop_bound_access_tokens: true,
      scope: "atproto transition:generic",
    });
    expect(document).not.toHaveProperty("token_endpoint_auth_methods_supported");
  });

  it("leaves refresh_token out when users need not stay signed in", () => {
    expect(parsed({ refresh: false })).toMatchObject({ grant_types: ["authorization_code"] });
  });
});

describe("suggested redirect URIs", () => {
  it("offers the loopback pair first, and the wildcard unchecked, for a desktop client", () => {
    expect(suggestRedirectUris("native", "").map(({ uri, picked }) => [uri, picked])).toEqual([
      ["http://127.0.0.1/callback", true],
      ["http://localhost/callback", true],
      ["http://localhost:*/callback", false],
    ]);
  });

  it("follows the host of the client identifier URL, and knows none without one", () => {
    expect(suggestRedirectUris("web", "https://app.acme.dev:8443/c.json").map(({ uri }) => uri)).toEqual([
      "https://app.acme.dev:8443/callback",
    ]);
    expect(suggestRedirectUris("web", "nonsense")).toEqual([]);
    expect(suggestRedirectUris("web", "http://app.acme.dev/c.json")).toEqual([]);
    expect(suggestRedirectUris("atproto", "https://app.acme.dev/c.json").map(({ uri }) => uri)).toEqual([
      "https://app.acme.dev/callback",
      "dev.acme.app:/callback",
    ]);
  });
});
