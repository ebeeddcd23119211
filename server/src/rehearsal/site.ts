import { randomUUID } from "node:crypto";
import { spaceSeparated } from "../document/requestMembers.js";
import { clip } from "../document/valueText.js";
import { say } from "../localisation/say.js";
import { ASSERTION_ALGORITHMS } from "../metadata/algorithms.js";
import type { ServerProfile } from "../servers/profile.js";
import { AuthorizationServer } from "./authorizationServer.js";
import { consentPage, errorPage } from "./consentPage.js";
import { type Answer, bearerToken, type Exchange, formOf, jsonAnswer, membersOf } from "./exchange.js";
import { type Finding, failed, type Judgement, judgement, note, passed, warning } from "./findings.js";
import { judgeAuthorization } from "./judge/authorization.js";
import {
  discoveryBefore,
  judgeResourceMetadata,
  judgeServerMetadata,
  judgeUnauthorized,
} from "./judge/discovery.js";
import { decideRefresh } from "./judge/document.js";
import { judgeAccessToken, judgeMcpCall } from "./judge/mcp.js";
import { judgeRegistration } from "./judge/registration.js";
import { judgeToken } from "./judge/token.js";
import { RehearsedMcpServer } from "./mcpServer.js";
import { Memory } from "./memory.js";
import { RESOURCE_METADATA, resourceMetadata, SERVER_METADATA, serverMetadata } from "./metadata.js";
import { Newest } from "./newest.js";
import { RehearsedDocument } from "./rehearsedDocument.js";

export interface SiteOptions {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** The MCP server's address. */
  readonly resource: string;
  text(): string;
  /** Undefined for the specifications. */
  readonly server: ServerProfile | undefined;
  readonly consent: "ask" | "allow" | "deny";
  /** Of the pages, a BCP 47 tag. */
  readonly language: string;
}

/** What a request gets, and the steps that it is; none for what no client asks for. */
export interface Reply {
  readonly answer: Answer;
  readonly steps: readonly Judgement[];
  /** True for an MCP call with a token that was issued here. */
  readonly signedIn?: boolean;
}

/** An authorization request whose answer waits for the person. */
interface Pending {
  readonly answer: Answer;
  readonly parameters: URLSearchParams;
}

/** Everything that is served: the MCP server, its authorization server, the metadata of both and the consent page. */
export class Site {
  readonly #options: SiteOptions;
  readonly #authorizationServer: AuthorizationServer;
  readonly #mcpServer = new RehearsedMcpServer();
  readonly #memory = new Memory();
  readonly #pending = new Newest<string, Pending>();

  constructor(options: SiteOptions) {
    this.#options = options;
    this.#authorizationServer = new AuthorizationServer(options.origin, options.resource);
  }

  close(): Promise<void> {
    return this.#mcpServer.close();
  }

  /** Answers a request that came from this machine. */
  async reply(exchange: Exchange): Promise<Reply> {
    const reply = await this.#route(exchange);
    for (const { name } of reply.steps) this.#memory.seen.add(name);
    return reply;
  }

  async #route(exchange: Exchange): Promise<Reply> {
    const { method, url } = exchange;
    const { origin, resource } = this.#options;
    const path = url.pathname;
    if (path === "/mcp") return this.#mcp(exchange);
    if (method === "GET") {
      if (path === `${RESOURCE_METADATA}/mcp` || path === RESOURCE_METADATA)
        return {
          answer: jsonAnswer(200, resourceMetadata(origin, resource, this.#document())),
          steps: [judgeResourceMetadata(this.#memory)],
        };
      if (SERVER_METADATA.some((known) => known === path))
        return {
          answer: jsonAnswer(200, serverMetadata(origin, this.#document())),
          steps: [judgeServerMetadata(this.#memory)],
        };
      if (path === "/authorize") return this.#authorize(url.searchParams);
      if (path.startsWith("/consent/")) return this.#decide(path);
      if (path === "/favicon.ico") return { answer: { status: 404, headers: {}, body: "" }, steps: [] };
    }
    if (method === "POST") {
      if (path === "/authorize") return this.#authorize(formOf(exchange));
      if (path === "/token") return this.#token(exchange);
      if (path === "/register") return this.#register(exchange);
    }
    if (["/jwks", "/userinfo", "/revoke"].includes(path))
      return { answer: await this.#authorizationServer.ask(exchange), steps: [otherStep(exchange)] };
    return {
      answer: jsonAnswer(404, { error: "not_found" }),
      steps: [
        judgement(
          "other",
          [],
          note(
            say`The client asked for ${method} ${clip(path)}, which is not there. Clients that search for metadata do that.`,
          ),
        ),
      ],
    };
  }

  #document(): RehearsedDocument {
    return new RehearsedDocument(this.#options.text());
  }

  async #mcp(exchange: Exchange): Promise<Reply> {
    const { origin, resource } = this.#options;
    const token = bearerToken(exchange) ?? exchange.url.searchParams.get("access_token") ?? undefined;
    const challenge = `Bearer resource_metadata="${origin}${RESOURCE_METADATA}/mcp"`;
    if (token === undefined)
      return {
        answer: jsonAnswer(401, { error: "unauthorized" }, { "www-authenticate": challenge }),
        steps: [judgeUnauthorized()],
      };
    const facts = await this.#authorizationServer.tokenFacts(token);
    const wrong = judgeAccessToken(exchange, facts, resource);
    if (wrong || !facts)
      return {
        answer: jsonAnswer(
          401,
          { error: "invalid_token", error_description: wrong?.sentence },
          { "www-authenticate": `${challenge}, error="invalid_token"` },
        ),
        steps: [judgement("mcp", wrong ? [wrong] : [], note(""))],
      };
    const answer = await this.#mcpServer.answer(exchange, token, facts);
    return { answer, steps: [judgeMcpCall(exchange, answer.status)], signedIn: answer.status < 300 };
  }

  async #authorize(parameters: URLSearchParams): Promise<Reply> {
    const { server, resource, consent } = this.#options;
    const text = this.#options.text();
    const rehearsed = new RehearsedDocument(text);
    const { findings, refusal } = judgeAuthorization(parameters, rehearsed, server, resource);
    const told = [...findings, ...discoveryBefore(this.#memory)];
    const step = (more: readonly Finding[]) =>
      judgement("authorization", [...told, ...more], passed(say`The authorization request is right.`));
    if (refusal) return { answer: refusedAnswer(refusal, told, this.#options.language), steps: [step([])] };
    this.#admit(rehearsed, parameters);
    const answer = await this.#authorizationServer.authorize(parameters, "allow");
    const fault = faultOf(answer);
    if (fault) {
      const explained = told.some(({ outcome }) => outcome === "failed");
      return { answer, steps: [step([explained ? note(fault) : failed(fault)])] };
    }
    this.#remember(answer, parameters);
    if (consent === "deny")
      return { answer: await this.#deny(parameters), steps: [step([]), judgement("consent", [], DENIED())] };
    if (consent === "allow")
      return {
        answer,
        steps: [step([]), judgement("consent", [], passed(say`Access was allowed without asking.`))],
      };
    const id = randomUUID();
    this.#pending.set(id, { answer, parameters });
    const page = consentPage({
      text,
      server: server?.id,
      redirectUri: parameters.get("redirect_uri") ?? "",
      scopes: parameters.get("scope") ?? "",
      allow: `/consent/${id}/allow`,
      deny: `/consent/${id}/deny`,
      language: this.#options.language,
    });
    return { answer: page, steps: [step([note(say`The consent page is shown and waits for a decision.`)])] };
  }

  /** Makes the client known to oidc-provider as this request and the document have it. */
  #admit(rehearsed: RehearsedDocument, parameters: URLSearchParams): void {
    const usesKeys = rehearsed.method === "private_key_jwt" && rehearsed.document.has("jwks");
    this.#authorizationServer.admit({
      clientId: rehearsed.clientId ?? "",
      redirectUri: parameters.get("redirect_uri") ?? "",
      keys: usesKeys ? { keys: rehearsed.keys } : undefined,
      signingAlgorithm: ASSERTION_ALGORITHMS.find((known) => known === rehearsed.signingAlgorithm),
      grantsRefresh: decideRefresh(rehearsed, this.#options.server).granted,
    });
  }

  /** The token request is judged by what the code was given for. */
  #remember(answer: Answer, parameters: URLSearchParams): void {
    const code = returned(answer).get("code");
    if (code === null) return;
    this.#memory.codes.set(code, {
      redirectUri: parameters.get("redirect_uri") ?? "",
      codeChallenge: parameters.get("code_challenge") ?? "",
      used: false,
    });
  }

  /** A click on one of the two links of the consent page; each page is good for one. */
  async #decide(path: string): Promise<Reply> {
    const [, , id = "", decision] = path.split("/");
    const pending = this.#pending.get(id);
    if (!pending || (decision !== "allow" && decision !== "deny")) {
      const sentence = say`This consent page was answered before, or is from another run. Start the sign-in in the client again.`;
      return {
        answer: errorPage(404, [sentence], this.#options.language),
        steps: [judgement("consent", [], warning(sentence))],
      };
    }
    this.#pending.delete(id);
    const { answer, parameters } = pending;
    return decision === "deny"
      ? { answer: await this.#deny(parameters), steps: [judgement("consent", [], DENIED())] }
      : {
          answer,
          steps: [
            judgement(
              "consent",
              [],
              passed(say`Access was allowed, and the browser goes back to the client.`),
            ),
          ],
        };
  }

  #deny(parameters: URLSearchParams): Promise<Answer> {
    return this.#authorizationServer.authorize(parameters, "deny");
  }

  async #token(exchange: Exchange): Promise<Reply> {
    const { server, origin, resource } = this.#options;
    const rehearsed = this.#document();
    const form = formOf(exchange);
    const name = form.get("grant_type") === "refresh_token" ? "refresh" : "token";
    const context = { rehearsed, server, memory: this.#memory, issuer: origin, resource };
    const { findings, refusal } = await judgeToken(exchange, context);
    const answer = refusal
      ? jsonAnswer(401, { error: "invalid_client", error_description: refusal })
      : await this.#authorizationServer.ask(
          rehearsed.document.has("jwks") ? exchange : withoutAssertion(exchange, form),
        );
    const fault = faultOf(answer);
    if (fault) {
      const explained = findings.some(({ outcome }) => outcome === "failed");
      return {
        answer,
        steps: [judgement(name, [...findings, explained ? note(fault) : failed(fault)], note(""))],
      };
    }
    const { scope, refresh_token: refreshToken } = membersOf(answer);
    if (typeof refreshToken === "string") this.#memory.rotate(form.get("refresh_token"), refreshToken);
    const about = name === "token" ? [decideRefresh(rehearsed, server).finding] : [];
    const scopes = spaceSeparated(typeof scope === "string" ? scope : "").join(" ");
    const fine =
      name === "token"
        ? passed(say`The token request is right: an access token was issued for the scopes ${clip(scopes)}.`)
        : passed(say`The refresh is right: a new access token was issued, and a new refresh token with it.`);
    return { answer, steps: [judgement(name, [...findings, ...about], fine)] };
  }

  #register(exchange: Exchange): Reply {
    const step = judgeRegistration(exchange, this.#document(), this.#memory);
    return {
      answer: jsonAnswer(403, {
        error: "access_denied",
        error_description:
          "This authorization server rehearses a client metadata document and registers nobody.",
      }),
      steps: [step],
    };
  }
}

/** A request of a client whose keys are not in the document: the assertion was judged as far as it can be. */
function withoutAssertion(exchange: Exchange, form: URLSearchParams): Exchange {
  if (!form.has("client_assertion")) return exchange;
  const parameters = new URLSearchParams(form);
  parameters.delete("client_assertion");
  parameters.delete("client_assertion_type");
  const body = Buffer.from(parameters.toString());
  return { ...exchange, body, headers: { ...exchange.headers, "content-length": String(body.length) } };
}

const DENIED = () => note(say`Access was denied, and the client is told so: \`access_denied\`.`);

function otherStep({ method, url }: Exchange): Judgement {
  return judgement("other", [], note(say`The client asked for ${method} ${clip(url.pathname)}.`));
}

/** A request that may not be answered at its redirect URI, since nobody knows whose that is. */
function refusedAnswer(
  { error, description }: { readonly error: string; readonly description: string },
  findings: readonly Finding[],
  language: string,
): Answer {
  const sentences = findings.filter(({ outcome }) => outcome === "failed").map(({ sentence }) => sentence);
  return errorPage(
    400,
    [`${error}: ${description}`, ...sentences.filter((one) => one !== description)],
    language,
  );
}

/** The parameters that the client gets at its redirect URI: in the query, the fragment, or a form that the browser sends. */
function returned({ headers, body }: Answer): URLSearchParams {
  const url = typeof headers["location"] === "string" ? URL.parse(headers["location"]) : null;
  if (url) return new URLSearchParams([url.search.slice(1), url.hash.slice(1)].filter(Boolean).join("&"));
  const inputs = String(body).matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
  return new URLSearchParams(
    [...inputs].map(([, name = "", value = ""]): [string, string] => [name, plainText(value)]),
  );
}

const ESCAPES = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&#39;", "'"],
]);

/** What oidc-provider has escaped in a page. */
function plainText(html: string): string {
  return html.replace(/&[a-z0-9#]+;/g, (escaped) => ESCAPES.get(escaped) ?? escaped);
}

/** What oidc-provider has against a request, in a sentence. */
function faultOf(answer: Answer): string | undefined {
  const members = membersOf(answer);
  const back = returned(answer);
  const error = back.get("error") ?? members["error"];
  if (typeof error !== "string") return undefined;
  const description = back.get("error_description") ?? members["error_description"];
  return typeof description === "string"
    ? say`The answer is ${error}: ${description}.`
    : say`The answer is ${error}.`;
}
