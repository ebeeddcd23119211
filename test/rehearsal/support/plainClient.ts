import { createHash, randomBytes, randomUUID } from "node:crypto";
import { type CryptoKey, type JWK, type JWTPayload, SignJWT } from "jose";
import { CLIENT_ID, REDIRECT_URI, type Run } from "./rehearse.js";

/** Changes parameters of a request; null takes one away. */
export type Change = Readonly<Record<string, string | null>>;

export interface SignIn {
  /** What is different in the authorization request. */
  readonly authorize?: Change;
  /** What is different in the token request. */
  readonly token?: Change;
  readonly tokenHeaders?: Readonly<Record<string, string>>;
  /** Discovery as it should be, unless told. */
  readonly discovery?: "none" | "server-only";
}

export interface SignedIn {
  readonly tokens: Readonly<Record<string, string>>;
  readonly status: number;
  readonly redirect: URL | undefined;
}

/** A client in a few lines, so that it can be wrong in one thing at a time. */
export class PlainClient {
  readonly #run: Run;
  readonly redirectUri = REDIRECT_URI.replace("127.0.0.1", "127.0.0.1:4711");
  readonly verifier = randomBytes(32).toString("base64url");

  constructor(run: Run) {
    this.#run = run;
  }

  /** Everything up to the tokens. */
  async signIn({ authorize = {}, token = {}, tokenHeaders = {}, discovery }: SignIn = {}): Promise<SignedIn> {
    await this.discover(discovery);
    const answer = await this.authorize(authorize);
    const location = answer.headers.get("location");
    const redirect = location === null ? undefined : new URL(location);
    const code = redirect?.searchParams.get("code");
    if (!code) return { tokens: {}, status: answer.status, redirect };
    const { status, tokens } = await this.token({ code, ...token }, tokenHeaders);
    return { tokens, status, redirect };
  }

  async discover(how?: SignIn["discovery"]): Promise<void> {
    if (how === "none") return;
    if (how !== "server-only") {
      await this.mcp(undefined);
      await fetch(`${this.#run.origin}/.well-known/oauth-protected-resource/mcp`);
    }
    await fetch(`${this.#run.origin}/.well-known/oauth-authorization-server`);
  }

  authorize(change: Change = {}): Promise<Response> {
    const parameters = changed(
      {
        response_type: "code",
        client_id: CLIENT_ID,
        redirect_uri: this.redirectUri,
        state: randomUUID(),
        code_challenge: createHash("sha256").update(this.verifier).digest("base64url"),
        code_challenge_method: "S256",
        resource: this.#run.rehearsal.address,
        scope: "read",
      },
      change,
    );
    return fetch(`${this.#run.origin}/authorize?${parameters}`, { redirect: "manual" });
  }

  /** A token request for a code; with `refresh_token` in the change, one for a refresh. */
  async token(
    change: Change,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; tokens: Readonly<Record<string, string>> }> {
    const parameters = changed(
      {
        grant_type: "authorization_code",
        client_id: CLIENT_ID,
        code_verifier: this.verifier,
        redirect_uri: this.redirectUri,
        resource: this.#run.rehearsal.address,
      },
      change,
    );
    const answer = await fetch(`${this.#run.origin}/token`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      body: parameters.toString(),
    });
    return { status: answer.status, tokens: (await answer.json()) as Record<string, string> };
  }

  refresh(token: string, change: Change = {}): ReturnType<PlainClient["token"]> {
    return this.token({
      grant_type: "refresh_token",
      refresh_token: token,
      code_verifier: null,
      redirect_uri: null,
      ...change,
    });
  }

  mcp(token: string | undefined, query = ""): Promise<Response> {
    return fetch(this.#run.rehearsal.address + query, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({
        jsonrpc: "2.0",
        id: 1,
        method: "initialize",
        params: {
          protocolVersion: "2025-06-18",
          capabilities: {},
          clientInfo: { name: "plain", version: "1" },
        },
      }),
    });
  }
}

function changed(base: Readonly<Record<string, string>>, change: Change): URLSearchParams {
  const parameters = new URLSearchParams(base);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
  }
  return parameters;
}

/** What makes an assertion; a claim or a member of the header may be changed, or taken away with undefined. */
export async function assertion(
  key: CryptoKey,
  issuer: string,
  claims: JWTPayload = {},
  header: Readonly<Record<string, string | undefined>> = {},
): Promise<Change> {
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    iss: CLIENT_ID,
    sub: CLIENT_ID,
    aud: issuer,
    iat: now,
    exp: now + 60,
    jti: randomUUID(),
    ...claims,
  };
  const signed = new SignJWT(payload).setProtectedHeader({
    alg: "ES256",
    kid: "one",
    typ: "client-authentication+jwt",
    ...header,
  } as never);
  return {
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: await signed.sign(key),
  };
}

/** The document of a client with a key. */
export function withKey(document: object, key: JWK): object {
  return {
    ...document,
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    jwks: { keys: [{ ...key, kid: "one", use: "sig", alg: "ES256" }] },
  };
}
