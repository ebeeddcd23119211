import { describe, expect, it } from "vitest";
import { type DiscoverOptions, discoverSupport } from "../../server/src/api/discoverSupport.js";
import {
  resourceMetadataParameter,
  resourceMetadataUrls,
  serverMetadataUrls,
} from "../../server/src/hosted/discoveryUrls.js";
import { discoveryToMarkdown } from "../../server/src/hosted/markdown.js";
import { MCP_CLIENTS } from "../../server/src/hosted/mcpClients.js";
import { type FakeAnswer, fakeFetcher } from "./fakeFetcher.js";
import { answer, goodDocument, TestServer } from "./testServer.js";

const MCP = "https://mcp.acme.dev/mcp";
const ISSUER = "https://auth.acme.dev";
const RESOURCE = "https://mcp.acme.dev/.well-known/oauth-protected-resource/mcp";
const METADATA = `${ISSUER}/.well-known/oauth-authorization-server`;

const unauthorized = (challenge = "Bearer"): FakeAnswer => ({
  status: 401,
  headers: { "www-authenticate": challenge },
});
const json = (value: unknown): FakeAnswer => ({ body: JSON.stringify(value) });
const resource = (more: Readonly<Record<string, unknown>> = {}) =>
  json({ resource: MCP, authorization_servers: [ISSUER], ...more });
const metadata = (more: Readonly<Record<string, unknown>> = {}) =>
  json({
    issuer: ISSUER,
    client_id_metadata_document_supported: true,
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    response_types_supported: ["code"],
    ...more,
  });

async function discover(
  answers: Readonly<Record<string, FakeAnswer>>,
  options: DiscoverOptions = {},
  url = MCP,
) {
  const { fetcher, requests } = fakeFetcher(answers);
  const report = await discoverSupport(url, { fetcher, allowPrivateNetwork: true, ...options });
  const sentence = (id: string) => report.steps.find((step) => step.id === id)?.sentence;
  const state = (id: string) => report.steps.find((step) => step.id === id)?.state;
  return { report, sentence, state, urls: requests.map((request) => request.url), requests };
}

describe("discovering support", () => {
  it("goes from the challenge to the advertised support", async () => {
    const named = "https://mcp.acme.dev/elsewhere/metadata";
    const { report, sentence, urls, requests } = await discover({
      [MCP]: unauthorized(`Bearer realm="mcp", resource_metadata="${named}", scope="notes"`),
      [named]: resource(),
      [METADATA]: metadata(),
    });
    expect(urls).toEqual([MCP, named, METADATA]);
    expect(requests[0]).toMatchObject({ headersOnly: true, post: expect.stringContaining('"initialize"') });
    expect(report).toMatchObject({
      supported: true,
      usable: true,
      authorizationServers: [{ issuer: ISSUER, supported: true, usable: true }],
    });
    expect(report.steps.every((step) => step.state === "passed")).toBe(true);
    expect(sentence("support")).toBe(
      "https://auth.acme.dev advertises client_id_metadata_document_supported; it may still limit which hosts it accepts documents from.",
    );
    expect(sentence("clients")).toMatch(
      /^All 12 clients whose choice is known use a client metadata document there, unless they were registered before: Claude, Claude Code, ChatGPT, .*, MCP C# SDK\.$/,
    );
  });

  it("lets only the typed origin off the full guard", async () => {
    const named = "http://127.0.0.1:9000/metadata";
    const local = "http://localhost:8000/mcp";
    const { requests } = await discover(
      {
        [local]: unauthorized(`Bearer resource_metadata="${named}"`),
        [named]: { fault: { stage: "url", code: "not-https", detail: "http" } },
      },
      {},
      local,
    );
    const typed = new Map(requests.map((request) => [request.url, request.typedLoopback]));
    expect(typed.get(local)).toBe(true);
    expect(typed.get(named)).toBe(false);
    expect(typed.get("http://localhost:8000/.well-known/oauth-protected-resource/mcp")).toBe(true);
  });

  it("does not let an issuer that was found be loopback", async () => {
    const { requests } = await discover({
      [MCP]: unauthorized(),
      [RESOURCE]: resource({ authorization_servers: ["http://127.0.0.1:9000"] }),
    });
    const found = requests.filter(({ url }) => url.startsWith("http://127.0.0.1"));
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ typedLoopback }) => typedLoopback === false)).toBe(true);
  });

  it("tries the well-known places in order", async () => {
    const { urls } = await discover({ [MCP]: unauthorized() });
    expect(urls).toEqual([
      MCP,
      RESOURCE,
      "https://mcp.acme.dev/.well-known/oauth-protected-resource",
      "https://mcp.acme.dev/.well-known/oauth-authorization-server",
      "https://mcp.acme.dev/.well-known/openid-configuration",
    ]);
  });

  it("takes the origin for the issuer when there is no resource metadata", async () => {
    const { report, state } = await discover({
      [MCP]: unauthorized(),
      "https://mcp.acme.dev/.well-known/oauth-authorization-server": metadata({
        issuer: "https://mcp.acme.dev",
      }),
    });
    expect(report.supported).toBe(true);
    expect(state("resource")).toBe("warning");
  });

  const FAULTS: readonly (readonly [
    name: string,
    answers: Readonly<Record<string, FakeAnswer>>,
    step: string,
    state: string,
    sentence: RegExp,
  ])[] = [
    [
      "no support",
      { [METADATA]: metadata({ client_id_metadata_document_supported: undefined }) },
      "support",
      "failed",
      /^https:\/\/auth\.acme\.dev does not advertise client_id_metadata_document_supported\.$/,
    ],
    [
      "support switched off",
      { [METADATA]: metadata({ client_id_metadata_document_supported: false }) },
      "support",
      "failed",
      /does not advertise/,
    ],
    [
      "a string instead of true",
      { [METADATA]: metadata({ client_id_metadata_document_supported: "true" }) },
      "support",
      "failed",
      /says client_id_metadata_document_supported: "true", and clients look for the boolean true\.$/,
    ],
    [
      "another issuer",
      { [METADATA]: metadata({ issuer: `${ISSUER}/` }) },
      "issuer",
      "failed",
      /^The metadata says issuer "https:\/\/auth\.acme\.dev\/" and was found for https:\/\/auth\.acme\.dev, so clients must not use it \(RFC 8414 §3\.3\)\.$/,
    ],
    [
      "no PKCE",
      { [METADATA]: metadata({ code_challenge_methods_supported: undefined }) },
      "pkce",
      "failed",
      /^The server does not advertise code_challenge_methods_supported, so MCP clients must refuse it\.$/,
    ],
    [
      "plain PKCE",
      { [METADATA]: metadata({ code_challenge_methods_supported: ["plain"] }) },
      "pkce",
      "failed",
      /^The server advertises plain, so MCP clients must refuse it\.$/,
    ],
    [
      "no metadata",
      { [METADATA]: { status: 404 } },
      "metadata",
      "failed",
      /^https:\/\/auth\.acme\.dev publishes no authorization server metadata\.$/,
    ],
    [
      "no authorization servers",
      { [RESOURCE]: resource({ authorization_servers: [] }) },
      "metadata",
      "failed",
      /^The protected resource metadata names no authorization server\.$/,
    ],
    [
      "an issuer that is no URL",
      { [RESOURCE]: resource({ authorization_servers: ["auth"] }) },
      "metadata",
      "failed",
      /^The authorization server "auth" is not an https URL\.$/,
    ],
    [
      "an issuer that is a file",
      { [RESOURCE]: resource({ authorization_servers: ["file:///etc/passwd"] }) },
      "metadata",
      "failed",
      /^The authorization server "file:\/\/\/etc\/passwd" is not an https URL\.$/,
    ],
    [
      "another resource",
      { [RESOURCE]: resource({ resource: "https://other.dev/mcp" }) },
      "resource",
      "warning",
      /is about https:\/\/other\.dev\/mcp, not about this URL, so strict clients ignore it\.$/,
    ],
    [
      "no resource",
      { [RESOURCE]: resource({ resource: undefined }) },
      "resource",
      "warning",
      /names no "resource", which RFC 9728 requires\.$/,
    ],
    [
      "a server without authorization",
      { [MCP]: {} },
      "probe",
      "warning",
      /^The MCP server answers 200 without a token, so it may need no authorization\.$/,
    ],
    [
      "a wrong URL",
      { [MCP]: { status: 404 } },
      "probe",
      "warning",
      /^The MCP server answers 404 instead of 401, so clients may not see that they have to sign in\.$/,
    ],
    [
      "a server that is not there",
      { [MCP]: { fault: { stage: "connection", code: "connection-refused" } } },
      "probe",
      "failed",
      /^mcp\.acme\.dev:443 refused the connection: nothing listens there\.$/,
    ],
  ];
  for (const [name, changed, step, state, sentence] of FAULTS) {
    it(`names ${name}`, async () => {
      const found = await discover({
        [MCP]: unauthorized(),
        [RESOURCE]: resource(),
        [METADATA]: metadata(),
        ...changed,
      });
      expect(found.sentence(step)).toMatch(sentence);
      expect(found.state(step)).toBe(state);
      expect(found.report.supported).toBe(state === "warning" || step === "pkce");
      expect(found.report.usable).toBe(state === "warning");
    });
  }

  it("says what is left where nothing advertises anything", async () => {
    const { sentence } = await discover({ [MCP]: unauthorized(), [RESOURCE]: resource() });
    expect(sentence("fallback")).toBe(
      "An MCP client has to be registered by hand, or ask the person for a client ID.",
    );
  });

  it("asks at most three issuers", async () => {
    const issuers = ["a", "b", "c", "d", "e"].map((name) => `https://${name}.acme.dev`);
    const { report } = await discover({
      [MCP]: unauthorized(),
      [RESOURCE]: resource({ authorization_servers: issuers }),
    });
    expect(report.authorizationServers).toHaveLength(3);
    expect(
      report.steps.some(({ sentence }) => sentence === "2 more authorization servers were not asked."),
    ).toBe(true);
  });

  it("works over plain http on this machine", async () => {
    await using server = await TestServer.plain((socket) => {
      socket.once("data", (chunk) => {
        const origin = `http://127.0.0.1:${server.port}`;
        const path = /^\w+ (\S+)/.exec(chunk.toString())?.[1];
        if (path === "/mcp")
          socket.end(answer({ status: "401 Unauthorized", headers: { "WWW-Authenticate": "Bearer" } }));
        else if (path === "/.well-known/oauth-authorization-server") {
          socket.end(
            answer({
              body: JSON.stringify({
                issuer: origin,
                client_id_metadata_document_supported: true,
                code_challenge_methods_supported: ["S256"],
              }),
            }),
          );
        } else socket.end(answer({ status: "404 Not Found" }));
      });
    });
    const report = await discoverSupport(`http://127.0.0.1:${server.port}/mcp`, {
      allowPrivateNetwork: true,
    });
    expect(report.supported).toBe(true);
  });

  it("refuses this machine and private networks unless they are allowed", async () => {
    for (const url of [
      "http://127.0.0.1:1/mcp",
      "https://localhost/mcp",
      "https://10.0.0.1/mcp",
      "https://router.local/mcp",
    ]) {
      const { steps, supported } = await discoverSupport(url);
      expect(supported).toBe(false);
      expect(steps.map(({ id, state }) => `${id} ${state}`)).toEqual(["probe failed"]);
      expect(steps[0]?.sentence).toMatch(/over https only|must not fetch|cannot fetch/);
    }
  });

  it("asks nothing with a loopback exception unless that is allowed", async () => {
    const { requests } = await discover({}, { allowPrivateNetwork: false }, "http://localhost:8000/mcp");
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.every(({ typedLoopback }) => typedLoopback === false)).toBe(true);
  });

  it("follows the typed origin's own metadata, wherever it was named", async () => {
    const local = "http://localhost:8000/mcp";
    const named = "http://localhost:8000/metadata";
    const { requests, report } = await discover(
      {
        [local]: unauthorized(`Bearer resource_metadata="${named}"`),
        [named]: json({
          resource: local,
          authorization_servers: ["http://localhost:8000", "http://localhost:9000"],
        }),
        "http://localhost:8000/.well-known/oauth-authorization-server": metadata({
          issuer: "http://localhost:8000",
        }),
      },
      {},
      local,
    );
    const typed = new Map(requests.map((request) => [request.url, request.typedLoopback]));
    expect(typed.get(named)).toBe(true);
    expect(typed.get("http://localhost:9000/.well-known/oauth-authorization-server")).toBe(false);
    expect(report.authorizationServers).toMatchObject([
      { issuer: "http://localhost:8000", supported: true, usable: true },
      { issuer: "http://localhost:9000", supported: false, usable: false },
    ]);
  });

  it("follows metadata that names the typed port of this machine otherwise", async () => {
    const typed = "http://127.0.0.1:8000/mcp";
    const { requests, report } = await discover(
      {
        [typed]: unauthorized(),
        "http://127.0.0.1:8000/.well-known/oauth-protected-resource/mcp": json({
          resource: "http://localhost:8000/mcp",
          authorization_servers: ["http://localhost:8000/"],
        }),
        "http://localhost:8000/.well-known/oauth-authorization-server": metadata({
          issuer: "http://localhost:8000/",
        }),
      },
      {},
      typed,
    );
    expect(requests.map(({ typedLoopback }) => typedLoopback)).toEqual([true, true, true]);
    expect(report.usable).toBe(true);
  });

  it.each([
    ["https://localhost:8000", "another scheme"],
    ["http://localhost:8001", "another port"],
    ["http://router.local:8000", "another machine"],
  ])("does not follow %s, %s", async (issuer) => {
    const typed = "http://127.0.0.1:8000/mcp";
    const { requests } = await discover(
      {
        [typed]: unauthorized(),
        "http://127.0.0.1:8000/.well-known/oauth-protected-resource/mcp": json({
          resource: typed,
          authorization_servers: [issuer],
        }),
      },
      {},
      typed,
    );
    const found = requests.filter(({ url }) => url.startsWith(issuer));
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ typedLoopback }) => typedLoopback === false)).toBe(true);
  });

  it.each<[string, unknown]>([
    ["5,000 levels", JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`)],
    ["a toString that is no function", { toString: [] }],
    ["a million characters", "a".repeat(1e6)],
  ])("says briefly that an issuer is %s", async (_name, issuer) => {
    const { sentence } = await discover({
      [MCP]: unauthorized(),
      [RESOURCE]: resource(),
      [METADATA]: json({ issuer }),
    });
    expect(sentence("issuer")).toMatch(/^The metadata says issuer .{1,200} and was found for/);
  });
});

describe("which clients use a document", () => {
  const judge = async (advertised: Readonly<Record<string, unknown>>) => {
    const { report } = await discover({
      [MCP]: unauthorized(),
      [RESOURCE]: resource(),
      [METADATA]: metadata({ registration_endpoint: `${ISSUER}/register`, ...advertised }),
    });
    const clients = report.authorizationServers[0]?.clients ?? [];
    return {
      usable: report.usable,
      step: report.steps.find(({ id }) => id === "clients"),
      method: report.steps.find(({ id }) => id === "method"),
      outcome: (client: string) => clients.find((found) => found.client === client)?.outcome,
    };
  };
  const BY_FLAG = ["VS Code", "Zed", "Goose", "mcp-remote", "MCP TypeScript SDK", "MCP Python SDK"];

  it("without none: some register and do not say so", async () => {
    const { usable, step, method, outcome } = await judge({
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    });
    expect(usable).toBe(false);
    expect(method).toMatchObject({
      state: "failed",
      sentence:
        'The server lists client_secret_basic, client_secret_post and not "none", so public clients cannot use a client metadata document.',
      fix: 'Add "none" to "token_endpoint_auth_methods_supported".',
    });
    expect(step).toMatchObject({
      state: "warning",
      sentence: "Of 12 clients whose choice is known, 6 use a client metadata document there.",
      details: [
        `Use it: ${BY_FLAG.join(", ")}.`,
        'Register dynamically instead, without saying so, because token_endpoint_auth_methods_supported lacks "none": Claude, Claude Code, ChatGPT, Codex, opencode.',
        'Do not get a token, because they take the first of token_endpoint_auth_methods_supported and that is not "none": MCP C# SDK.',
      ],
    });
    expect(outcome("claude-code")).toBe("registers");
    expect(outcome("vscode")).toBe("document");
  });

  it("where no methods are listed, which means client_secret_basic", async () => {
    const { usable, method, outcome } = await judge({ token_endpoint_auth_methods_supported: undefined });
    expect(usable).toBe(false);
    expect(method?.sentence).toMatch(
      /^The server does not advertise token_endpoint_auth_methods_supported, which by default means client_secret_basic/,
    );
    expect([outcome("codex"), outcome("mcp-csharp-sdk")]).toEqual(["registers", "document"]);
  });

  it("with private_key_jwt alone: ChatGPT does", async () => {
    const { usable, outcome } = await judge({ token_endpoint_auth_methods_supported: ["private_key_jwt"] });
    expect(usable).toBe(false);
    expect([outcome("chatgpt"), outcome("claude")]).toEqual(["document", "registers"]);
  });

  it("with none behind another method: one takes the first", async () => {
    const { usable, step, outcome } = await judge({
      token_endpoint_auth_methods_supported: ["client_secret_basic", "none"],
    });
    expect(usable).toBe(true);
    expect(step?.state).toBe("passed");
    expect([outcome("claude"), outcome("mcp-csharp-sdk")]).toEqual(["document", "fails"]);
  });

  it("without S256: of some it is not known", async () => {
    const absent = await judge({ code_challenge_methods_supported: undefined });
    expect(absent.usable).toBe(false);
    expect(["zed", "mcp-typescript-sdk", "claude"].map(absent.outcome)).toEqual([
      "fails",
      "document",
      "unknown",
    ]);
    const plain = await judge({ code_challenge_methods_supported: ["plain"] });
    expect(["zed", "mcp-typescript-sdk", "claude"].map(plain.outcome)).toEqual(["fails", "fails", "unknown"]);
  });

  it("without the flag: all register, or do not get in", async () => {
    const off = { client_id_metadata_document_supported: false };
    const { step, usable } = await judge(off);
    expect(usable).toBe(false);
    expect(step).toMatchObject({
      state: "failed",
      details: [expect.stringMatching(/^Register dynamically/)],
    });
    const closed = await judge({ ...off, registration_endpoint: undefined });
    expect(closed.step?.details).toEqual([
      expect.stringMatching(/^Do not get in, .* no registration_endpoint/),
    ]);
  });

  it("names where each statement can be read", () => {
    for (const { evidence } of MCP_CLIENTS)
      for (const { what, url } of evidence) {
        expect(what).toMatch(/\w/);
        expect(url).toMatch(/^https:\/\//);
      }
    expect(new Set(MCP_CLIENTS.map(({ id }) => id)).size).toBe(MCP_CLIENTS.length);
  });
});

describe("whether a document fits", () => {
  const judge = async (
    members: Readonly<Record<string, unknown>>,
    advertised: Readonly<Record<string, unknown>> = {},
    protectedResource: Readonly<Record<string, unknown>> = {},
  ) => {
    const { report } = await discover(
      { [MCP]: unauthorized(), [RESOURCE]: resource(protectedResource), [METADATA]: metadata(advertised) },
      { document: goodDocument("https://app.acme.dev/client.json", members) },
    );
    return { usable: report.usable, step: report.steps.find(({ id }) => id === "document") };
  };

  it("is passed when nothing contradicts", async () => {
    expect(await judge({})).toMatchObject({ usable: true, step: { state: "passed" } });
  });

  it("takes the document's own method, and not none", async () => {
    const keys = { token_endpoint_auth_methods_supported: ["private_key_jwt"] };
    expect(await judge({ token_endpoint_auth_method: "private_key_jwt" }, keys)).toMatchObject({
      usable: true,
      step: { state: "passed" },
    });
    const plural = { token_endpoint_auth_method: undefined, ...keys };
    expect(await judge(plural, keys)).toMatchObject({ usable: true, step: { state: "passed" } });
  });

  it("says that the list is not read everywhere", async () => {
    const both = {
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
    };
    expect(await judge(both, { token_endpoint_auth_methods_supported: ["none"] })).toMatchObject({
      usable: true,
      step: {
        state: "warning",
        details: [
          `The server does not list "private_key_jwt", the document's token_endpoint_auth_method. Its token_endpoint_auth_methods_supported has "none", but not every server reads that list.`,
        ],
      },
    });
  });

  const BLOCKS: readonly (readonly [
    members: Readonly<Record<string, unknown>>,
    advertised: Readonly<Record<string, unknown>>,
    detail: string,
  ])[] = [
    [
      { token_endpoint_auth_method: "none" },
      { token_endpoint_auth_methods_supported: ["client_secret_post"] },
      "The server supports the token endpoint authentication methods client_secret_post, and the document wants none.",
    ],
    [
      {
        token_endpoint_auth_method: undefined,
        token_endpoint_auth_methods_supported: ["none", "tls_client_auth"],
      },
      { token_endpoint_auth_methods_supported: ["private_key_jwt"] },
      "The server supports the token endpoint authentication methods private_key_jwt, and the document wants none, tls_client_auth.",
    ],
    [
      {},
      { token_endpoint_auth_methods_supported: undefined },
      "The server does not say which token endpoint authentication methods it supports, which by default means client_secret_basic and not none.",
    ],
    [
      { client_id: "https://app.acme.dev/" },
      {},
      "client_id is not an https URL with a path, so MCP client libraries do not offer it.",
    ],
  ];
  for (const [members, advertised, detail] of BLOCKS) {
    it(detail, async () => {
      expect(await judge(members, advertised)).toMatchObject({
        usable: false,
        step: {
          state: "failed",
          sentence: "Clients cannot use your document with this server.",
          details: [detail],
        },
      });
    });
  }

  const NOTES: readonly (readonly [
    members: Readonly<Record<string, unknown>>,
    advertised: Readonly<Record<string, unknown>>,
    detail: string,
    protectedResource?: Readonly<Record<string, unknown>>,
  ])[] = [
    [
      { token_endpoint_auth_method: undefined },
      {},
      'The document does not name its token_endpoint_auth_method. That means "none", and some servers read client_secret_basic.',
    ],
    [
      { token_endpoint_auth_method: "private_key_jwt", token_endpoint_auth_signing_alg: "EdDSA" },
      { token_endpoint_auth_signing_alg_values_supported: ["RS256"] },
      "The server supports the signing algorithms RS256, and the document wants EdDSA.",
    ],
    [
      {},
      { grant_types_supported: undefined },
      "The document lists grant_types refresh_token; the server has no grant_types_supported, which by default means authorization_code, implicit.",
    ],
    [
      {},
      { grant_types_supported: ["authorization_code"] },
      "The document lists grant_types refresh_token; the server supports authorization_code.",
    ],
    [
      { grant_types: ["authorization_code"] },
      {},
      "The server issues refresh tokens, and the document's grant_types lack refresh_token: people sign in again whenever the access token ends.",
    ],
    [
      { response_types: ["code", "token"] },
      {},
      "The document lists response_types token; the server supports code.",
    ],
    [
      { scope: "notes:read admin" },
      { scopes_supported: ["notes:read"] },
      "The server does not advertise the scopes admin.",
    ],
    [
      { scope: "notes:read" },
      { scopes_supported: ["notes:read", "offline_access"] },
      "The server lists the scope offline_access, which refresh tokens may need, and the document's scope does not.",
    ],
    [
      { scope: "notes:read" },
      {},
      "Clients of the MCP server ask for the scopes notes:write, which the document's scope does not list, so that some servers refuse them. List them, or leave scope out.",
      { scopes_supported: ["notes:read", "notes:write"] },
    ],
    [
      {},
      { protected_resources: ["https://other.acme.dev/mcp"] },
      "Clients send resource=https://mcp.acme.dev/mcp, and the server lists only the protected resources https://other.acme.dev/mcp.",
    ],
    [
      {},
      { require_pushed_authorization_requests: true },
      "The server requires pushed authorization requests, which the client must be able to send.",
    ],
  ];
  for (const [members, advertised, detail, protectedResource] of NOTES) {
    it(detail, async () => {
      expect(await judge(members, advertised, protectedResource)).toMatchObject({
        usable: true,
        step: { state: "warning", details: [detail] },
      });
    });
  }
});

describe("where metadata is looked for", () => {
  it("follows RFC 9728", () => {
    expect(resourceMetadataUrls(new URL("https://a.dev"))).toEqual([
      "https://a.dev/.well-known/oauth-protected-resource",
    ]);
    expect(resourceMetadataUrls(new URL("https://a.dev:8443/x/mcp/?tenant=1"))).toEqual([
      "https://a.dev:8443/.well-known/oauth-protected-resource/x/mcp?tenant=1",
      "https://a.dev:8443/.well-known/oauth-protected-resource",
    ]);
  });

  it("follows RFC 8414 and OpenID Connect Discovery", () => {
    expect(serverMetadataUrls(new URL("https://a.dev/tenant"))).toEqual([
      "https://a.dev/.well-known/oauth-authorization-server/tenant",
      "https://a.dev/.well-known/openid-configuration/tenant",
      "https://a.dev/tenant/.well-known/openid-configuration",
    ]);
    expect(serverMetadataUrls(new URL("https://a.dev/"))).toHaveLength(2);
  });

  it("reads the challenge", () => {
    expect(resourceMetadataParameter('Bearer error="x", resource_metadata="https://a.dev/m?a=\\"b\\""')).toBe(
      'https://a.dev/m?a="b"',
    );
    expect(resourceMetadataParameter("Bearer resource_metadata=https://a.dev/m, scope=x")).toBe(
      "https://a.dev/m",
    );
    expect(resourceMetadataParameter('Bearer x_resource_metadata="https://a.dev"')).toBeUndefined();
    expect(resourceMetadataParameter(undefined)).toBeUndefined();
  });
});

it("as Markdown shows every step", async () => {
  const { report } = await discover({
    [MCP]: unauthorized(),
    [RESOURCE]: resource(),
    [METADATA]: metadata(),
  });
  const markdown = discoveryToMarkdown(report);
  for (const { title } of report.steps) expect(markdown).toContain(`| ${title} |`);
});
