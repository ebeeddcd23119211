import { exportJWK, generateKeyPair } from "jose";
import { describe, expect, it, vi } from "vitest";
import { assertion, PlainClient, withKey } from "./support/plainClient.js";
import { CLIENT_ID, DOCUMENT, rehearse } from "./support/rehearse.js";

describe("a right client", () => {
  it("signs in, and every request of it passes", async () => {
    const run = await rehearse();
    const client = new PlainClient(run);
    const { tokens } = await client.signIn();
    const answer = await client.mcp(tokens["access_token"]);
    expect(answer.status).toBe(200);
    expect(run.steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      "document passed",
      "unauthorized passed",
      "resource-metadata passed",
      "server-metadata passed",
      "authorization passed",
      "consent passed",
      "token passed",
      "mcp passed",
    ]);
    expect(run.steps.map(({ at }) => at)).toEqual(run.steps.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  it("is signed in once a token was issued and used, and that is said once", async () => {
    const run = await rehearse();
    const client = new PlainClient(run);
    const { tokens } = await client.signIn();
    expect(run.signIns()).toBe(0);
    await client.mcp(tokens["access_token"]);
    await client.mcp(tokens["access_token"]);
    await vi.waitFor(() => expect(run.signIns()).toBe(1));
  });

  it("signs in with a key of the document", async () => {
    const { publicKey, privateKey } = await generateKeyPair("ES256");
    const run = await rehearse(withKey(DOCUMENT, await exportJWK(publicKey)));
    const { tokens } = await new PlainClient(run).signIn({ token: await assertion(privateKey, run.origin) });
    expect(run.step("token")?.outcome).toBe("passed");
    expect(run.words("token")).toContain("The assertion is signed with a key of the document.");
    expect(tokens["access_token"]).toBeTruthy();
  });

  it("signs in where its keys are elsewhere, and nothing is fetched", async () => {
    const { privateKey } = await generateKeyPair("ES256");
    const run = await rehearse({
      ...DOCUMENT,
      token_endpoint_auth_method: "private_key_jwt",
      jwks_uri: "https://app.acme.dev/jwks.json",
    });
    const { tokens } = await new PlainClient(run).signIn({ token: await assertion(privateKey, run.origin) });
    expect(tokens["access_token"]).toBeTruthy();
    expect(run.words("token")).toContain("The rehearsal fetches nothing, so the signature is not checked.");
  });

  it("refreshes, and gets a new refresh token each time", async () => {
    const run = await rehearse();
    const client = new PlainClient(run);
    const { tokens } = await client.signIn();
    const refreshed = await client.refresh(tokens["refresh_token"] ?? "");
    expect(run.step("refresh")?.outcome).toBe("passed");
    expect(refreshed.tokens["refresh_token"]).not.toBe(tokens["refresh_token"]);
    const answer = await client.mcp(refreshed.tokens["access_token"]);
    expect(answer.status).toBe(200);
  });

  it("gets no refresh token where the document does not ask for one", async () => {
    const run = await rehearse({ ...DOCUMENT, grant_types: ["authorization_code"] });
    const { tokens } = await new PlainClient(run).signIn();
    expect(tokens["refresh_token"]).toBeUndefined();
    expect(run.words("token")).toContain("There is no refresh token");
  });

  it("needs no scope", async () => {
    const run = await rehearse();
    const { tokens } = await new PlainClient(run).signIn({ authorize: { scope: null } });
    expect(tokens["access_token"]).toBeTruthy();
    expect(run.words("authorization")).toContain("names no scope");
  });

  it("signs in with OpenID Connect's scopes and prompts", async () => {
    const run = await rehearse({ ...DOCUMENT, scope: "openid offline_access read" });
    const { tokens } = await new PlainClient(run).signIn({
      authorize: { scope: "openid offline_access read", prompt: "consent", nonce: "n" },
    });
    expect(tokens["id_token"]).toBeTruthy();
    expect(run.step("authorization")?.outcome).toBe("passed");
  });
});

describe("the document", () => {
  it("counts as it is typed at each request", async () => {
    const run = await rehearse();
    const client = new PlainClient(run);
    run.type(JSON.stringify({ ...DOCUMENT, redirect_uris: ["http://127.0.0.1/other"] }));
    await client.signIn();
    expect(run.step("authorization")?.outcome).toBe("failed");
    run.type(JSON.stringify(DOCUMENT));
    const { tokens } = await client.signIn();
    expect(tokens["access_token"]).toBeTruthy();
  });

  it("may have errors: the start says so, and each sign-in is refused for them", async () => {
    const run = await rehearse({ ...DOCUMENT, client_secret: "hunter2" });
    expect(run.step("document")?.outcome).toBe("warning");
    const { status } = await new PlainClient(run).signIn();
    expect(status).toBe(400);
    expect(run.step("authorization")).toMatchObject({
      outcome: "failed",
      sentence: expect.stringContaining("A server refuses the document: "),
    });
  });

  it("may be in the middle of a word", async () => {
    const run = await rehearse('{ "client_id": "https:');
    await new PlainClient(run).signIn();
    expect(run.step("authorization")?.sentence).toContain("The document cannot be read: ");
  });

  it("of atproto is not rehearsed", async () => {
    await expect(rehearse({ ...DOCUMENT, scope: "atproto" })).rejects.toMatchObject({
      code: "unsupported-document",
    });
  });

  it("may have a wildcard, which FastMCP reads", async () => {
    const run = await rehearse({ ...DOCUMENT, redirect_uris: ["http://localhost:*/callback"] });
    const { tokens } = await new PlainClient(run).signIn({
      authorize: { redirect_uri: "http://localhost:3118/callback" },
      token: { redirect_uri: "http://localhost:3118/callback" },
    });
    expect(tokens["access_token"]).toBeTruthy();
    expect(run.words("authorization")).toContain("as FastMCP reads a `*`");
  });

  it("may name a private-use URI scheme", async () => {
    const redirectUri = "com.acme.app:/callback";
    const run = await rehearse({ ...DOCUMENT, redirect_uris: [redirectUri] });
    const { tokens } = await new PlainClient(run).signIn({
      authorize: { redirect_uri: redirectUri },
      token: { redirect_uri: redirectUri },
    });
    expect(tokens["access_token"]).toBeTruthy();
  });
});

describe("a chosen server", () => {
  it("gives no refresh token where it would not", async () => {
    const run = await rehearse({ ...DOCUMENT, grant_types: ["authorization_code"] }, { server: "fastmcp" });
    const { tokens } = await new PlainClient(run).signIn();
    expect(tokens["access_token"]).toBeTruthy();
    expect(tokens["refresh_token"]).toBeUndefined();
    expect(run.words("token")).toContain(
      "FastMCP gives this client no refresh token: “Unsupported grant type (supported grant types are ['authorization_code'])”",
    );
  });

  it("gives no token where it would not, in its words", async () => {
    const { publicKey, privateKey } = await generateKeyPair("ES256");
    const run = await rehearse(withKey(DOCUMENT, await exportJWK(publicKey)), { server: "fastmcp-3" });
    const { status, tokens } = await new PlainClient(run).signIn({
      token: await assertion(privateKey, run.origin),
    });
    expect(status).toBe(401);
    expect(tokens["error_description"]).toContain("RS256 and RSA keys only");
    expect(run.step("token")?.sentence).toContain("FastMCP 3 gives this client no token: “");
  });

  it("refuses the document in its words, on the page too", async () => {
    const run = await rehearse({ ...DOCUMENT, redirect_uris: undefined }, { server: "fastmcp" });
    const answer = await new PlainClient(run).authorize();
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("FastMCP refuses the document");
  });

  it("has to be known", async () => {
    await expect(rehearse(DOCUMENT, { server: "acme" })).rejects.toMatchObject({ code: "unknown-server" });
  });
});

describe("consent", () => {
  it("is asked for on a page with links that work once", async () => {
    const run = await rehearse(DOCUMENT, { consent: "ask" });
    const client = new PlainClient(run);
    await client.discover();
    const page = await client.authorize();
    const html = await page.text();
    expect(html).toContain("Acme");
    expect(html).not.toContain("<script");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.headers.get("set-cookie")).toBeNull();
    const [, allow = ""] = /href="(\/consent\/[^"]+\/allow)"/.exec(html) ?? [];
    const allowed = await fetch(run.origin + allow, { redirect: "manual" });
    const code = new URL(allowed.headers.get("location") ?? "").searchParams.get("code") ?? "";
    expect((await client.token({ code })).tokens["access_token"]).toBeTruthy();
    expect(run.step("consent")?.outcome).toBe("passed");
    expect((await fetch(run.origin + allow, { redirect: "manual" })).status).toBe(404);
  });

  it("may be refused, and the client is told", async () => {
    const run = await rehearse(DOCUMENT, { consent: "ask" });
    const client = new PlainClient(run);
    const html = await (await client.authorize({ state: "mine" })).text();
    const [, deny = ""] = /href="(\/consent\/[^"]+\/deny)"/.exec(html) ?? [];
    const denied = await fetch(run.origin + deny, { redirect: "manual" });
    const back = new URL(denied.headers.get("location") ?? "");
    expect(back.origin + back.pathname).toBe(client.redirectUri);
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      error: "access_denied",
      state: "mine",
      iss: run.origin,
    });
  });

  it("shows no markup of the document", async () => {
    const run = await rehearse(
      { ...DOCUMENT, client_name: "<img src=x onerror=alert(1)>" },
      { consent: "ask" },
    );
    const html = await (await new PlainClient(run).authorize()).text();
    expect(html).not.toContain("<img");
    expect(html).toContain("&#60;img");
  });

  it("is refused without asking where that was chosen", async () => {
    const run = await rehearse(DOCUMENT, { consent: "deny" });
    const { redirect } = await new PlainClient(run).signIn();
    expect(redirect?.searchParams.get("error")).toBe("access_denied");
  });

  it("is refused where the client wants to hear it: in the fragment or in a form", async () => {
    const run = await rehearse(DOCUMENT, { consent: "deny" });
    const client = new PlainClient(run);
    const location = (await client.authorize({ response_mode: "fragment" })).headers.get("location");
    expect(new URL(location ?? "").hash).toMatch(/^#error=access_denied&/);
    const form = await (await client.authorize({ response_mode: "form_post" })).text();
    expect(form).toContain(`action="${client.redirectUri}"`);
    expect(form).toContain('name="error" value="access_denied"');
  });

  it("is not asked for where the answer is an error in a form", async () => {
    const run = await rehearse(DOCUMENT, { consent: "ask" });
    await new PlainClient(run).authorize({ response_mode: "form_post", request: "x" });
    expect(run.step("authorization")).toMatchObject({
      outcome: "failed",
      sentence: expect.stringContaining("request_not_supported"),
    });
  });
});

describe("the process", () => {
  it("is told nothing by the libraries", async () => {
    const spies = (["log", "info", "warn", "error"] as const).map((name) => vi.spyOn(console, name));
    const run = await rehearse();
    const client = new PlainClient(run);
    const { tokens } = await client.signIn({ authorize: { client_id: CLIENT_ID } });
    await client.mcp(tokens["access_token"]);
    await client.refresh(tokens["refresh_token"] ?? "");
    expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([]);
  });
});
