import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from "node:http";
import { Socket } from "node:net";
import Provider, { type AdapterPayload, errors, interactionPolicy } from "oidc-provider";
import { ASSERTION_ALGORITHMS } from "../metadata/algorithms.js";
import type { Answer, Exchange } from "./exchange.js";
import { memoryAdapter } from "./memoryAdapter.js";
import { Newest } from "./newest.js";

/** The client as the document and the judgement on its request make it. */
export interface AdmittedClient {
  readonly clientId: string;
  /** The one that was judged and allowed; nothing else is compared. */
  readonly redirectUri: string;
  /** Whether it proves itself with an assertion of one of these keys; undefined for a public client. */
  readonly keys?: { readonly keys: object[] } | undefined;
  /** The only algorithm it signs with, where the document names one. */
  readonly signingAlgorithm?: (typeof ASSERTION_ALGORITHMS)[number] | undefined;
  readonly grantsRefresh: boolean;
}

/** What is known of a token that a client shows. */
export interface TokenFacts {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly audience: readonly string[];
  readonly expiresAt: number;
}

/** The person who agrees. Nobody signs in, since nothing depends on who it is. */
const ACCOUNT = "rehearsal";
/** The person who does not. */
const REFUSING_ACCOUNT = "refusal";
const SESSION_SECONDS = 3600;
/** In seconds. A code waits for the person; an access token ends while they still look, so that its refresh is seen. */
const TTL = {
  AuthorizationCode: 3600,
  AccessToken: 300,
  IdToken: 300,
  RefreshToken: 86_400,
  Grant: 86_400,
  Session: SESSION_SECONDS,
};
/** Where a client asks for no scope: oidc-provider grants nothing to a request without one. */
const DEFAULT_SCOPE = "mcp";

/**
 * The authorization server: oidc-provider, asked in process. It sees only requests that were judged before, and a client that
 * was admitted; its own reading of client metadata documents and its pages are off.
 */
export class AuthorizationServer {
  readonly #origin: string;
  readonly #provider: Provider;
  readonly #answerOf: ReturnType<Provider["callback"]>;
  readonly #clients = new Newest<string, AdmittedClient>();

  /**
   * @param origin also the issuer
   * @param resource the MCP server's address, meant where a client names none
   */
  constructor(origin: string, resource: string) {
    this.#origin = origin;
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const key = { ...privateKey.export({ format: "jwk" }), alg: "ES256", use: "sig", kid: randomUUID() };
    this.#provider = new Provider(origin, {
      adapter: memoryAdapter((id) => this.#metadataOf(id)),
      jwks: { keys: [key] },
      cookies: { keys: [randomBytes(32)], names: { session: SESSION_COOKIE } },
      routes: {
        authorization: "/authorize",
        token: "/token",
        jwks: "/jwks",
        revocation: "/revoke",
        userinfo: "/userinfo",
      },
      clientAuthMethods: ["none", "private_key_jwt"],
      enabledJWA: {
        clientAuthSigningAlgValues: [...ASSERTION_ALGORITHMS],
        idTokenSigningAlgValues: ["ES256"],
      },
      // Its defaults are told on standard output, which is the language server's connection.
      ttl: TTL,
      pkce: { required: () => true },
      interactions: { policy: [new interactionPolicy.Prompt({ name: "consent", requestable: false })] },
      findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
      loadExistingGrant: async ({ oidc }) => {
        if (oidc.session?.accountId === REFUSING_ACCOUNT)
          throw new errors.AccessDenied("The resource owner denied the request.");
        const grant = new this.#provider.Grant({ clientId: oidc.client?.clientId ?? "", accountId: ACCOUNT });
        const scope = [...oidc.requestParamScopes].join(" ");
        grant.addOIDCScope(scope);
        for (const asked of Object.keys(oidc.resourceServers ?? {})) grant.addResourceScope(asked, scope);
        await grant.save();
        return grant;
      },
      issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
      rotateRefreshToken: true,
      renderError: (ctx, out) => {
        ctx.type = "json";
        ctx.body = JSON.stringify(out);
      },
      features: {
        devInteractions: { enabled: false },
        dPoP: { enabled: false },
        pushedAuthorizationRequests: { enabled: false },
        revocation: { enabled: true },
        rpInitiatedLogout: { enabled: false },
        resourceIndicators: {
          enabled: true,
          defaultResource: (_ctx, _client, oneOf) =>
            oneOf && !oneOf.includes(resource) ? (oneOf[0] ?? resource) : resource,
          useGrantedResource: () => true,
          // A resource has whatever scope is asked for, now or when the code was.
          getResourceServerInfo: ({ oidc: { params, entities } }, asked) => ({
            scope: [params?.["scope"], entities.AuthorizationCode?.scope, entities.RefreshToken?.scope]
              .filter(Boolean)
              .join(" "),
            audience: asked,
            accessTokenFormat: "opaque",
          }),
        },
      },
    });
    // What a redirect URI may look like was decided before. The types do not name the class that its documentation changes.
    const { Schema } = this.#provider.Client as unknown as { Schema: { prototype: object } };
    Object.assign(Schema.prototype, { redirectUris() {} });
    this.#answerOf = this.#provider.callback();
  }

  /** Lets a client through that the document and the request allow. */
  admit(client: AdmittedClient): void {
    this.#clients.set(client.clientId, client);
  }

  #metadataOf(id: string): AdapterPayload | undefined {
    const client = this.#clients.get(id);
    if (!client) return undefined;
    const { redirectUri, keys, signingAlgorithm, grantsRefresh } = client;
    return {
      client_id: id,
      redirect_uris: [redirectUri],
      response_types: ["code"],
      grant_types: ["authorization_code", ...(grantsRefresh ? ["refresh_token"] : [])],
      id_token_signed_response_alg: "ES256",
      token_endpoint_auth_method: keys ? "private_key_jwt" : "none",
      ...(keys ? { jwks: keys } : {}),
      ...(keys && signingAlgorithm ? { token_endpoint_auth_signing_alg: signingAlgorithm } : {}),
    };
  }

  /**
   * Answers an authorization request that was judged.
   *
   * @param parameters of the request
   * @param decision of the person
   */
  async authorize(parameters: URLSearchParams, decision: "allow" | "deny"): Promise<Answer> {
    const asked = new URLSearchParams(parameters);
    asked.set("scope", asked.get("scope") || DEFAULT_SCOPE);
    // The person has been asked.
    asked.delete("prompt");
    const session = new this.#provider.Session();
    session.loginAccount({
      accountId: decision === "allow" ? ACCOUNT : REFUSING_ACCOUNT,
      loginTs: seconds(),
    });
    const id = await session.save(SESSION_SECONDS);
    return this.ask({
      method: "GET",
      url: new URL(`/authorize?${asked}`, this.#origin),
      headers: { host: new URL(this.#origin).host, cookie: this.#signed(id) },
      body: Buffer.alloc(0),
    });
  }

  /** The session as a browser would send it, signed as oidc-provider signs its cookies. */
  #signed(id: string): string {
    const request = new IncomingMessage(new Socket());
    const response = new ServerResponse(request);
    this.#provider.createContext(request, response).cookies.set(SESSION_COOKIE, id, { signed: true });
    const cookies = response.getHeader("set-cookie") as string[];
    return cookies.map((cookie) => cookie.split(";")[0]).join("; ");
  }

  /** Hands a request to oidc-provider. */
  ask({ method, url, headers, body }: Exchange): Promise<Answer> {
    const request = new IncomingMessage(new Socket());
    // Who may ask was decided before.
    const { origin: _origin, "transfer-encoding": _encoding, ...rest } = headers;
    Object.assign(request, { method, url: url.pathname + url.search, headers: rest, httpVersion: "1.1" });
    request.push(body.length > 0 ? body : null);
    if (body.length > 0) request.push(null);
    const response = new ServerResponse(request);
    return new Promise((resolve, reject) => {
      response.end = (chunk?: unknown) => {
        resolve({
          status: response.statusCode,
          headers: answeredHeaders(response),
          body: Buffer.isBuffer(chunk) || typeof chunk === "string" ? chunk : "",
        });
        return response;
      };
      this.#answerOf(request, response).catch(reject);
    });
  }

  /** @returns undefined for a token that was not issued in this run, is revoked or has expired */
  async tokenFacts(value: string): Promise<TokenFacts | undefined> {
    const token = await this.#provider.AccessToken.find(value);
    if (!token || token.isExpired) return undefined;
    return {
      clientId: token.clientId ?? "",
      scopes: token.scope?.split(" ") ?? [],
      audience: [token.aud ?? []].flat(),
      expiresAt: token.exp ?? 0,
    };
  }
}

const SESSION_COOKIE = "rehearsal";

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** Without cookies, since the rehearsal leaves nothing in a browser, and without CORS headers, which are for all answers. */
function answeredHeaders(response: ServerResponse): OutgoingHttpHeaders {
  const kept = Object.entries(response.getHeaders()).filter(
    ([name]) =>
      !name.startsWith("access-control-") && !["set-cookie", "vary", "content-length"].includes(name),
  );
  return Object.fromEntries(kept);
}
