import { exportJWK, generateKeyPair } from "jose";
import { describe, expect, it } from "vitest";
import type { StepName } from "../../server/src/rehearsal/rehearsal.js";
import { assertion, PlainClient, type SignIn, withKey } from "./support/plainClient.js";
import { CLIENT_ID, DOCUMENT, type Run, rehearse } from "./support/rehearse.js";

interface Wrong {
  readonly name: string;
  readonly signIn: SignIn;
  readonly step: StepName;
  readonly outcome?: "failed" | "warning";
  readonly sentence: string | RegExp;
}

const publicClients: Wrong[] = [
  {
    name: "sends the identifier of a registration",
    signIn: { authorize: { client_id: "s6BhdRkqt3" } },
    step: "authorization",
    sentence:
      "The client_id is s6BhdRkqt3, which is not a URL: the client uses an identifier from a registration.",
  },
  {
    name: "sends the URL of another document",
    signIn: { authorize: { client_id: "https://app.acme.dev/client.json/" } },
    step: "authorization",
    sentence: /is not the document's, .* they differ in path\./,
  },
  {
    name: "sends no client_id",
    signIn: { authorize: { client_id: null } },
    step: "authorization",
    sentence: `The request has no client_id. Send the URL of the document, ${CLIENT_ID}.`,
  },
  {
    name: "uses a redirect URI that is not listed",
    signIn: { authorize: { redirect_uri: "http://127.0.0.1:4711/oauth/callback" } },
    step: "authorization",
    sentence: "No entry of redirect_uris matches the redirect URI http://127.0.0.1:4711/oauth/callback.",
  },
  {
    name: "sends no redirect URI",
    signIn: { authorize: { redirect_uri: null } },
    step: "authorization",
    sentence: "The request has no redirect_uri.",
  },
  {
    name: "asks for a token directly",
    signIn: { authorize: { response_type: "token" } },
    step: "authorization",
    sentence: "The response_type is token. Send `code`",
  },
  {
    name: "sends no state",
    signIn: { authorize: { state: null } },
    step: "authorization",
    outcome: "warning",
    sentence: "The request has no state.",
  },
  {
    name: "does not use PKCE",
    signIn: { authorize: { code_challenge: null, code_challenge_method: null } },
    step: "authorization",
    sentence: "The request has no code_challenge.",
  },
  {
    name: "uses PKCE without S256",
    signIn: { authorize: { code_challenge_method: "plain" } },
    step: "authorization",
    sentence: "The code_challenge_method is plain. Send `S256`.",
  },
  {
    name: "pads the code challenge",
    signIn: { authorize: { code_challenge: `${"a".repeat(43)}=` } },
    step: "authorization",
    sentence: "The code_challenge has 44 characters or others than base64url.",
  },
  {
    name: "asks without a resource",
    signIn: { authorize: { resource: null } },
    step: "authorization",
    sentence: "The request has no resource.",
  },
  {
    name: "asks for scopes that the document does not have",
    signIn: { authorize: { scope: "read delete" } },
    step: "authorization",
    outcome: "warning",
    sentence: "The scopes delete are requested but not in the document's scope.",
  },
  {
    name: "asks for no page at the first sign-in",
    signIn: { authorize: { prompt: "none" } },
    step: "authorization",
    outcome: "warning",
    sentence: "The request has prompt=none",
  },
  {
    name: "guesses the authorization server",
    signIn: { discovery: "server-only" },
    step: "server-metadata",
    outcome: "warning",
    sentence: "it guesses that both have one origin",
  },
  {
    name: "reads no metadata",
    signIn: { discovery: "none" },
    step: "authorization",
    outcome: "warning",
    sentence: "The client asked for authorization without reading the authorization server's metadata",
  },
  {
    name: "forgets the code verifier",
    signIn: { token: { code_verifier: null } },
    step: "token",
    sentence: "The token request has no code_verifier.",
  },
  {
    name: "sends the verifier of another sign-in",
    signIn: { token: { code_verifier: "x".repeat(43) } },
    step: "token",
    sentence: "The code_verifier does not fit the code_challenge",
  },
  {
    name: "does not repeat the redirect URI",
    signIn: { token: { redirect_uri: null } },
    step: "token",
    outcome: "warning",
    sentence: "The token request does not repeat the redirect_uri.",
  },
  {
    name: "repeats another redirect URI",
    signIn: { token: { redirect_uri: "http://127.0.0.1:4712/callback" } },
    step: "token",
    sentence: "The redirect_uri is http://127.0.0.1:4712/callback, and that of the authorization request was",
  },
  {
    name: "sends no resource for its token",
    signIn: { token: { resource: null } },
    step: "token",
    sentence: "The request has no resource.",
  },
  {
    name: "makes up a code",
    signIn: { token: { code: "made-up" } },
    step: "token",
    sentence: "The code was not issued in this run.",
  },
  {
    name: "sends a secret",
    signIn: { token: { client_secret: "hunter2" } },
    step: "token",
    sentence: "The client authenticates with client_secret_post, and the document says none",
  },
  {
    name: "sends a secret in the header",
    signIn: { tokenHeaders: { authorization: `Basic ${btoa("a:b")}` } },
    step: "token",
    sentence: "The client authenticates with client_secret_basic, and the document says none",
  },
  {
    name: "sends its token request as JSON",
    signIn: { tokenHeaders: { "content-type": "application/json" } },
    step: "token",
    sentence: "The token request is application/json.",
  },
];

function expectStep(run: Run, { step, outcome = "failed", sentence }: Wrong): void {
  expect(run.step(step)?.outcome).toBe(outcome);
  expect(run.step(step)?.sentence).toMatch(sentence);
  // One thing is wrong, and one thing is said.
  const wrong = run.steps.filter((one) => one.outcome === "failed" || one.outcome === "warning");
  expect(wrong.map(({ name }) => name)).toEqual([step]);
}

describe("a client that is wrong in one thing is told so at the right step: it", () => {
  it.each(publicClients)("$name", async (wrong) => {
    const run = await rehearse();
    await new PlainClient(run).signIn(wrong.signIn);
    expectStep(run, wrong);
  });

  it("names the nearest redirect URI and the part that differs", async () => {
    const run = await rehearse();
    await new PlainClient(run).signIn({
      authorize: { redirect_uri: "http://127.0.0.1:4711/oauth/callback" },
    });
    expect(run.words("authorization")).toContain("The nearest entry is http://127.0.0.1/callback.");
    expect(run.words("authorization")).toContain(
      "The path differs: /oauth/callback is sent, and /callback is listed.",
    );
  });

  it("is never sent to a redirect URI that was refused", async () => {
    const run = await rehearse();
    const answer = await new PlainClient(run).authorize({ redirect_uri: "https://evil.example.net/" });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("location")).toBeNull();
  });

  it("uses a code twice", async () => {
    const run = await rehearse();
    const client = new PlainClient(run);
    const { redirect } = await client.signIn();
    const again = await client.token({ code: redirect?.searchParams.get("code") ?? "" });
    expect(again.status).toBe(400);
    expect(run.step("token")?.sentence).toContain("The code was used before.");
  });

  it("uses a refresh token that was replaced", async () => {
    const run = await rehearse();
    const client = new PlainClient(run);
    const { tokens } = await client.signIn();
    await client.refresh(tokens["refresh_token"] ?? "");
    const again = await client.refresh(tokens["refresh_token"] ?? "");
    expect(again.status).toBe(400);
    expect(run.step("refresh")?.sentence).toContain("The refresh token was replaced");
  });

  it("asks for a token of another audience", async () => {
    const run = await rehearse();
    const client = new PlainClient(run);
    const resource = "https://other.acme.dev/mcp";
    const { tokens } = await client.signIn({ authorize: { resource }, token: { resource } });
    expect(run.step("authorization")?.sentence).toContain(`The resource is ${resource}.`);
    const answer = await client.mcp(tokens["access_token"]);
    expect(answer.status).toBe(401);
    expect(run.step("mcp")?.sentence).toContain(`The token is for ${resource}, not for this MCP server.`);
  });

  it("makes up a token", async () => {
    const run = await rehearse();
    const answer = await new PlainClient(run).mcp("made-up");
    expect(answer.status).toBe(401);
    expect(run.step("mcp")?.sentence).toContain("The token was not issued in this run");
  });

  it("puts its token into the address", async () => {
    const run = await rehearse();
    const client = new PlainClient(run);
    const { tokens } = await client.signIn();
    const answer = await client.mcp(undefined, `?access_token=${tokens["access_token"]}`);
    expect(answer.status).toBe(401);
    expect(run.step("mcp")?.sentence).toContain("The token is in the address");
  });
});

describe("a client that registers instead", () => {
  const register = (run: Run) =>
    fetch(`${run.origin}/register`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ client_name: "Other", redirect_uris: ["http://localhost/cb"] }),
    });

  it("is told that it was not given the URL, where it has read the metadata", async () => {
    const run = await rehearse();
    await new PlainClient(run).discover();
    expect((await register(run)).status).toBe(403);
    expect(run.step("registration")?.outcome).toBe("failed");
    expect(run.words("registration")).toContain(`the client has not been given the URL ${CLIENT_ID}`);
    expect(run.words("registration")).toContain('It registers as "Other"');
  });

  it("is told to read the metadata", async () => {
    const run = await rehearse();
    await register(run);
    expect(run.words("registration")).toContain("It has not read the authorization server's metadata");
  });

  it("is told that its library takes no such URL", async () => {
    const run = await rehearse({ ...DOCUMENT, client_id: "http://localhost:3000/client.json" });
    await new PlainClient(run).discover();
    await register(run);
    expect(run.words("registration")).toContain("clientMetadataUrl must be a valid HTTPS URL");
  });
});

describe("an assertion that is wrong in one thing:", () => {
  const cases: readonly [
    name: string,
    sentence: string,
    claims: (now: number, issuer: string) => Parameters<typeof assertion>[2],
    header?: Parameters<typeof assertion>[3],
  ][] = [
    ["aud", 'The assertion\'s aud is "https://other.acme.dev".', () => ({ aud: "https://other.acme.dev" })],
    ["iss", 'The assertion\'s iss is "me".', () => ({ iss: "me" })],
    ["sub", 'The assertion\'s sub is "me".', () => ({ sub: "me" })],
    ["exp", "The assertion expired 10", (now) => ({ exp: now - 100 })],
    ["jti", "The assertion has no jti.", () => ({ jti: "" })],
    [
      "kid",
      "The assertion's kid is two, and the document has no such key, only one.",
      () => ({}),
      { kid: "two" },
    ],
    ["typ", 'The assertion\'s typ is "at+jwt".', () => ({}), { typ: "at+jwt" }],
  ];

  it.each(cases)("%s", async (_name, sentence, claims, header) => {
    const { publicKey, privateKey } = await generateKeyPair("ES256");
    const run = await rehearse(withKey(DOCUMENT, await exportJWK(publicKey)));
    const now = Math.floor(Date.now() / 1000);
    await new PlainClient(run).signIn({
      token: await assertion(privateKey, run.origin, claims(now, run.origin), header),
    });
    expect(run.step("token")?.outcome).toBe("failed");
    expect(run.step("token")?.sentence).toContain(sentence);
  });

  it.each([
    ['{"alg":["ES256"]}', 'The assertion is signed with ["ES256"], and the document'],
    ['{"alg":"ES256","kid":{"a":1}}', 'The assertion\'s kid is {"a":1}, and the document has no such key'],
    ['{"alg":"ES256","kid":"one","typ":7}', "The assertion's typ is 7."],
  ])("a type, in the header %s", async (header, sentence) => {
    const { publicKey } = await generateKeyPair("ES256");
    const run = await rehearse(withKey(DOCUMENT, await exportJWK(publicKey)));
    await new PlainClient(run).signIn({
      token: {
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: `${Buffer.from(header).toString("base64url")}.e30.eA`,
      },
    });
    expect(run.words("token")).toContain(sentence);
    expect(run.step("other")).toBeUndefined();
  });

  it("the algorithm", async () => {
    const { publicKey } = await generateKeyPair("ES256");
    const other = await generateKeyPair("RS256");
    const run = await rehearse(withKey(DOCUMENT, await exportJWK(publicKey)));
    await new PlainClient(run).signIn({
      token: await assertion(other.privateKey, run.origin, {}, { alg: "RS256" }),
    });
    expect(run.step("token")?.sentence).toContain(
      'signed with "RS256", and the document\'s token_endpoint_auth_signing_alg is ES256',
    );
  });

  it("the key", async () => {
    const { publicKey } = await generateKeyPair("ES256");
    const other = await generateKeyPair("ES256");
    const run = await rehearse(withKey(DOCUMENT, await exportJWK(publicKey)));
    const { status } = await new PlainClient(run).signIn({
      token: await assertion(other.privateKey, run.origin),
    });
    expect(status).toBe(401);
    expect(run.step("token")?.sentence).toContain("The assertion is not signed with a key of the document");
  });

  it("it is sent twice", async () => {
    const { publicKey, privateKey } = await generateKeyPair("ES256");
    const run = await rehearse(withKey(DOCUMENT, await exportJWK(publicKey)));
    const token = await assertion(privateKey, run.origin);
    await new PlainClient(run).signIn({ token });
    const { status } = await new PlainClient(run).signIn({ token });
    expect(status).toBe(401);
    expect(run.step("token")?.sentence).toContain("The assertion was used before");
  });

  it("it is missing", async () => {
    const { publicKey } = await generateKeyPair("ES256");
    const run = await rehearse(withKey(DOCUMENT, await exportJWK(publicKey)));
    await new PlainClient(run).signIn();
    expect(run.step("token")?.sentence).toContain(
      "The client authenticates with none, and the document says private_key_jwt",
    );
  });
});
