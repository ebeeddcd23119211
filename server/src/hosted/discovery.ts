// Longer than other files: one class, because each step of a discovery rests on what those before it found.

import { clip, describeValue } from "../document/valueText.js";
import { enumerate } from "../localisation/enumerate.js";
import { say } from "../localisation/say.js";
import { classifyHost, isLoopback } from "./addresses.js";
import { discoverOnADesktop, isHidden } from "./browserView.js";
import { resourceMetadataParameter, resourceMetadataUrls, serverMetadataUrls } from "./discoveryUrls.js";
import { describeFault } from "./faults.js";
import { type Fetcher, type FetchTrail, header } from "./fetcher.js";
import { limitsFor } from "./limits.js";
import { type ClientBehaviour, clientBehaviours } from "./mcpClients.js";
import { type StepExtra, type StepOf, type StepState, stepOf } from "./report.js";
import {
  advertisesDocuments,
  advertisesS256,
  compareDocument,
  methodsOf,
  type ResourceFacts,
  type ServerMetadata,
  strings,
} from "./serverMetadata.js";

/** What is looked at, in the order an MCP client does. Those from `metadata` on come once for each authorization server. */
const TITLES = {
  probe: () => say`MCP server`,
  resource: () => say`Protected resource metadata`,
  metadata: () => say`Authorization server metadata`,
  issuer: () => say`Issuer`,
  support: () => say`Client metadata documents`,
  pkce: () => say`PKCE`,
  method: () => say`Client authentication`,
  document: () => say`Your document`,
  clients: () => say`Clients`,
  fallback: () => say`What a client does`,
} as const;
export type DiscoveryStepId = keyof typeof TITLES;
export type DiscoveryStep = StepOf<DiscoveryStepId>;

/** Whether an MCP server's authorization servers take client metadata documents, as far as they say. */
export interface DiscoveryReport {
  /** As it was given. */
  readonly url: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly steps: readonly DiscoveryStep[];
  /** Issuers in the order the MCP server names them. */
  readonly authorizationServers: readonly DiscoveredServer[];
  /** True when at least one of them advertises support. It may still refuse a given document. */
  readonly supported: boolean;
  /** True when at least one of them is usable. */
  readonly usable: boolean;
}

/** What an authorization server says of itself. */
export interface DiscoveredServer {
  readonly issuer: string;
  readonly supported: boolean;
  /**
   * True when it advertises support, S256 and a token endpoint authentication method of the given document, without one
   * `none`, so that a client can use the document.
   */
  readonly usable: boolean;
  /** What known MCP clients do there; absent where its metadata was not read or must not be used. */
  readonly clients?: readonly ClientBehaviour[];
}

/** What a discovery needs besides the URL; the network is the caller's. */
export interface DiscoveryOptions {
  readonly fetcher: Fetcher;
  /** For each request; held between 1 and 60. */
  readonly timeoutSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * A person typed the URL: where it is this machine by its text, its port may be asked by any name of this machine, over
   * plain http too. Every other URL goes through the full guard.
   */
  readonly allowTypedLoopback?: boolean | undefined;
  /** The text of a client metadata document, to see whether it would fit. */
  readonly document?: string | undefined;
  /** Called with each step as soon as it is known. */
  readonly onStep?: ((step: DiscoveryStep) => void) | undefined;
}

/** What the report holds of an issuer. */
const MOST_CHARACTERS = 2048;

/** Issuers beyond these are named and not asked. */
const MOST_ISSUERS = 3;

/** The request an MCP client starts with (MCP 2025-11-25, lifecycle). */
const INITIALIZE = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "cimd", version: "1" },
  },
});

/** Does what `discoverSupport` promises. */
export async function runDiscovery(url: string, options: DiscoveryOptions): Promise<DiscoveryReport> {
  return new Discovery(url, options).run();
}

class Discovery {
  readonly #url: string;
  readonly #options: DiscoveryOptions;
  readonly #started = new Date();
  readonly #steps: DiscoveryStep[] = [];
  readonly #servers: DiscoveredServer[] = [];
  /** Whether a browser kept an answer to itself. */
  #hidden = false;

  constructor(url: string, options: DiscoveryOptions) {
    this.#url = url;
    this.#options = options;
  }

  async run(): Promise<DiscoveryReport> {
    const probe = await this.#fetch(this.#url, INITIALIZE);
    if (this.#probeStep(probe)) await this.#follow(probe);
    return {
      url: this.#url,
      startedAt: this.#started.toISOString(),
      durationMs: Date.now() - this.#started.getTime(),
      steps: this.#steps,
      authorizationServers: this.#servers,
      supported: this.#servers.some(({ supported }) => supported),
      usable: this.#servers.some(({ usable }) => usable),
    };
  }

  /** @param post a JSON text to send; only the headers of the answer are read then */
  async #fetch(url: string, post?: string): Promise<FetchTrail> {
    const { fetcher, timeoutSeconds, signal, allowTypedLoopback = false } = this.#options;
    const trail = await fetcher({
      url,
      accept: post === undefined ? "application/json" : "application/json, text/event-stream",
      limits: limitsFor(timeoutSeconds),
      signal,
      typedLoopback: allowTypedLoopback && isSameService(url, this.#url),
      ...(post === undefined ? {} : { post, headersOnly: true }),
    });
    this.#hidden ||= isHidden(trail);
    return trail;
  }

  #add(id: DiscoveryStepId, state: StepState, sentence: string, extra: StepExtra = {}): void {
    const step = stepOf(id, TITLES[id](), state, sentence, extra);
    this.#steps.push(step);
    this.#options.onStep?.(step);
  }

  /** @returns whether there is reason to ask on: something answered, or a browser does not say */
  #probeStep(trail: FetchTrail): boolean {
    const durationMs = total(trail);
    if (trail.fault) {
      const { sentence, fix } = describeFault(trail.fault, trail);
      const hidden = isHidden(trail);
      if (hidden) this.#add("probe", "skipped", sentence, { fix: discoverOnADesktop(), durationMs });
      else this.#add("probe", "failed", sentence, { fix, durationMs });
      return hidden;
    }
    const status = trail.response?.status ?? 0;
    if (status === 401) {
      this.#add("probe", "passed", say`The MCP server answers 401 to a client without a token.`, {
        durationMs,
      });
    } else if (status >= 200 && status < 300) {
      this.#add(
        "probe",
        "warning",
        say`The MCP server answers ${status} without a token, so it may need no authorization.`,
        { durationMs },
      );
    } else {
      this.#add(
        "probe",
        "warning",
        say`The MCP server answers ${status} instead of 401, so clients may not see that they have to sign in.`,
        {
          fix: say`Check the URL; it must be the MCP endpoint itself.`,
          durationMs,
        },
      );
    }
    return true;
  }

  async #follow(probe: FetchTrail): Promise<void> {
    const resource = await this.#findResourceMetadata(probe);
    if (resource === "hidden") {
      this.#fallbackStep();
      return;
    }
    const named = resource ? (strings(resource, "authorization_servers") ?? []) : [];
    const facts: ResourceFacts = {
      resource: typeof resource?.["resource"] === "string" ? resource["resource"] : this.#url,
      scopes: resource && strings(resource, "scopes_supported"),
    };
    const origin = new URL(this.#url).origin;
    // The 2025-03-26 revision of MCP knew no resource metadata: there the MCP server's origin is the issuer.
    const issuers = resource ? named.slice(0, MOST_ISSUERS) : [origin];
    if (resource && named.length === 0) {
      this.#add("metadata", "failed", say`The protected resource metadata names no authorization server.`, {
        fix: say`Add "authorization_servers" with the issuer URL; MCP requires at least one.`,
      });
    }
    for (const issuer of issuers) await this.#examineIssuer(issuer, facts);
    if (named.length > MOST_ISSUERS) {
      this.#add(
        "metadata",
        "skipped",
        say`${named.length - MOST_ISSUERS} more authorization servers were not asked.`,
      );
    }
    this.#fallbackStep();
  }

  async #findResourceMetadata(probe: FetchTrail): Promise<ServerMetadata | "hidden" | undefined> {
    const named = probe.response && resourceMetadataParameter(header(probe.response, "www-authenticate"));
    const candidates = [...(named === undefined ? [] : [named]), ...resourceMetadataUrls(new URL(this.#url))];
    const tried: string[] = [];
    let durationMs = 0;
    let hidden = false;
    for (const url of candidates) {
      const trail = await this.#fetch(url);
      durationMs += total(trail);
      hidden ||= isHidden(trail);
      const found = readJsonObject(trail);
      if (typeof found === "string") {
        tried.push(`${clip(url)}: ${found}`);
        continue;
      }
      this.#resourceStep(found, url, { details: tried, durationMs });
      return found;
    }
    if (hidden) {
      this.#add(
        "resource",
        "skipped",
        say`A browser does not show whether the MCP server publishes protected resource metadata, which names its authorization servers.`,
        { fix: discoverOnADesktop(), details: tried, durationMs },
      );
      return "hidden";
    }
    this.#add(
      "resource",
      "warning",
      say`The MCP server publishes no protected resource metadata, so clients use its origin as the authorization server, as the MCP specification of March 2025 says.`,
      {
        fix: say`Publish /.well-known/oauth-protected-resource and name it in WWW-Authenticate (RFC 9728).`,
        details: tried,
        durationMs,
      },
    );
    return undefined;
  }

  /** RFC 9728 §3.3: `resource` must be the identifier the client used. */
  #resourceStep(found: ServerMetadata, url: string, extra: StepExtra): void {
    const { resource } = found;
    const same = (value: string) => value.replace(/\/$/, "") === this.#url.replace(/\/$/, "");
    if (typeof resource !== "string") {
      this.#add("resource", "warning", say`${clip(url)} names no "resource", which RFC 9728 requires.`, {
        ...extra,
        fix: say`Add "resource": ${describeValue(this.#url)}.`,
      });
    } else if (same(resource)) {
      this.#add("resource", "passed", say`Found at ${clip(url)}.`, extra);
    } else if (this.#url.startsWith(resource)) {
      this.#add(
        "resource",
        "passed",
        say`Found at ${clip(url)}, for everything under ${clip(resource)}.`,
        extra,
      );
    } else {
      this.#add(
        "resource",
        "warning",
        say`${clip(url)} is about ${clip(resource)}, not about this URL, so strict clients ignore it.`,
        {
          ...extra,
          fix: say`Use the resource's own URL in clients, or correct the metadata.`,
        },
      );
    }
  }

  async #examineIssuer(issuer: string, resource: ResourceFacts): Promise<void> {
    const issuerUrl = URL.parse(issuer);
    if (!issuerUrl || !/^https?:$/.test(issuerUrl.protocol)) {
      this.#add("metadata", "failed", say`The authorization server "${clip(issuer)}" is not an https URL.`);
      this.#addServer(issuer);
      return;
    }
    const tried: string[] = [];
    let durationMs = 0;
    let hidden = false;
    for (const url of serverMetadataUrls(issuerUrl)) {
      const trail = await this.#fetch(url);
      durationMs += total(trail);
      hidden ||= isHidden(trail);
      const found = readJsonObject(trail);
      if (typeof found !== "string") {
        this.#add("metadata", "passed", say`Found at ${clip(url)}.`, {
          details: tried,
          durationMs,
        });
        this.#judge(issuer, found, resource);
        return;
      }
      tried.push(`${clip(url)}: ${found}`);
      if ((trail.response?.status ?? 0) >= 500) break;
    }
    if (hidden) {
      this.#add(
        "metadata",
        "skipped",
        say`A browser does not show whether ${clip(issuer)} publishes metadata.`,
        {
          fix: discoverOnADesktop(),
          details: tried,
          durationMs,
        },
      );
      return;
    }
    this.#addServer(issuer);
    this.#add("metadata", "failed", say`${clip(issuer)} publishes no authorization server metadata.`, {
      fix: say`Publish /.well-known/oauth-authorization-server (RFC 8414).`,
      details: tried,
      durationMs,
    });
  }

  #judge(issuer: string, metadata: ServerMetadata, resource: ResourceFacts): void {
    const sameIssuer = metadata["issuer"] === issuer;
    if (sameIssuer)
      this.#add("issuer", "passed", say`The metadata is about ${clip(issuer)}, character by character.`);
    else {
      this.#add(
        "issuer",
        "failed",
        say`The metadata says issuer ${describeValue(metadata["issuer"])} and was found for ${clip(issuer)}, so clients must not use it (RFC 8414 §3.3).`,
        {
          fix: say`Make both the same string; a slash at the end is the usual difference.`,
        },
      );
    }
    const supported = sameIssuer && this.#supportStep(issuer, metadata);
    const hasS256 = this.#pkceStep(metadata);
    const fits = this.#documentStep(metadata, resource) ?? this.#methodStep(metadata);
    const clients = sameIssuer ? clientBehaviours(metadata) : undefined;
    if (clients) this.#clientsStep(clients);
    this.#addServer(issuer, {
      supported,
      usable: supported && hasS256 && fits,
      ...(clients ? { clients } : {}),
    });
  }

  #addServer(issuer: string, found: Partial<DiscoveredServer> = {}): void {
    this.#servers.push({
      supported: false,
      usable: false,
      ...found,
      issuer: clip(issuer, MOST_CHARACTERS),
    });
  }

  #supportStep(issuer: string, metadata: ServerMetadata): boolean {
    const value = metadata["client_id_metadata_document_supported"];
    if (advertisesDocuments(metadata)) {
      this.#add(
        "support",
        "passed",
        say`${clip(issuer)} advertises client_id_metadata_document_supported; it may still limit which hosts it accepts documents from.`,
      );
      return true;
    }
    if (value === undefined || value === false) {
      this.#add(
        "support",
        "failed",
        say`${clip(issuer)} does not advertise client_id_metadata_document_supported.`,
        {
          fix: say`Turn on client metadata documents at the authorization server, if it has them.`,
        },
      );
    } else {
      this.#add(
        "support",
        "failed",
        say`${clip(issuer)} says client_id_metadata_document_supported: ${describeValue(value)}, and clients look for the boolean true.`,
        {
          fix: say`Write true without quotes.`,
        },
      );
    }
    return false;
  }

  /** MCP clients MUST refuse an authorization server that does not advertise S256. */
  #pkceStep(metadata: ServerMetadata): boolean {
    if (advertisesS256(metadata)) {
      this.#add("pkce", "passed", say`The server advertises S256.`);
      return true;
    }
    const methods = strings(metadata, "code_challenge_methods_supported");
    this.#add(
      "pkce",
      "failed",
      methods
        ? say`The server advertises ${clip(methods.join(", ")) || say`no method`}, so MCP clients must refuse it.`
        : say`The server does not advertise code_challenge_methods_supported, so MCP clients must refuse it.`,
      {
        fix: say`Advertise "code_challenge_methods_supported": ["S256"].`,
      },
    );
    return false;
  }

  /** @returns whether a public client can use a document there */
  #methodStep(metadata: ServerMetadata): boolean {
    if (methodsOf(metadata).includes("none")) {
      this.#add("method", "passed", say`The server takes public clients: it lists "none".`);
      return true;
    }
    const listed = strings(metadata, "token_endpoint_auth_methods_supported");
    this.#add(
      "method",
      "failed",
      listed
        ? say`The server lists ${clip(listed.join(", ")) || say`no method`} and not "none", so public clients cannot use a client metadata document.`
        : say`The server does not advertise token_endpoint_auth_methods_supported, which by default means client_secret_basic, so public clients cannot use a client metadata document.`,
      { fix: say`Add "none" to "token_endpoint_auth_methods_supported".` },
    );
    return false;
  }

  /** @returns whether clients can use the given document there; undefined without a document */
  #documentStep(metadata: ServerMetadata, resource: ResourceFacts): boolean | undefined {
    const { document } = this.#options;
    if (document === undefined) return undefined;
    const { blocks, notes } = compareDocument(document, metadata, resource);
    const [block] = blocks;
    const details = [...blocks, ...notes];
    if (block !== undefined) {
      this.#add("document", "failed", say`Clients cannot use your document with this server.`, { details });
    } else if (notes.length === 0) {
      this.#add("document", "passed", say`Nothing in your document contradicts what the server advertises.`);
    } else {
      this.#add(
        "document",
        "warning",
        notes.length === 1
          ? say`Your document and what the server advertises differ in one point.`
          : say`Your document and what the server advertises differ in ${notes.length} points.`,
        { fix: say`Look at each below; some servers support more than they say.`, details },
      );
    }
    return block === undefined;
  }

  /** Which clients use a document there, and which quietly do something else. */
  #clientsStep(clients: readonly ClientBehaviour[]): void {
    const using = clients.filter(({ outcome }) => outcome === "document");
    const byReason = Map.groupBy(clients, ({ outcome, reason }) => `${outcome} ${reason}`);
    const details = [
      ...(using.length > 0 && using.length < clients.length ? [say`Use it: ${namesOf(using)}.`] : []),
      ...[...byReason.values()].map(whyNot).filter((sentence) => sentence !== undefined),
    ];
    const sentence =
      using.length === clients.length
        ? say`All ${clients.length} clients whose choice is known use a client metadata document there, unless they were registered before: ${namesOf(clients)}.`
        : say`Of ${clients.length} clients whose choice is known, ${using.length} use a client metadata document there.`;
    const published = clients.filter(({ givenByUser }) => !givenByUser);
    const state =
      using.length === 0
        ? "failed"
        : published.every(({ outcome }) => outcome === "document")
          ? "passed"
          : "warning";
    this.#add("clients", state, sentence, { details });
  }

  /** What is said of clients where no metadata could be read. */
  #fallbackStep(): void {
    if (this.#servers.some(({ clients }) => clients)) return;
    if (this.#hidden) {
      this.#add(
        "fallback",
        "skipped",
        say`What an MCP client would do was not found out: the browser showed too little.`,
        { fix: discoverOnADesktop() },
      );
    } else {
      this.#add(
        "fallback",
        "warning",
        say`An MCP client has to be registered by hand, or ask the person for a client ID.`,
      );
    }
  }
}

/** Whether two URLs lead to one port of this machine by their text, or have one origin. */
function isSameService(one: string, other: string): boolean {
  const [a, b] = [URL.parse(one), URL.parse(other)];
  if (!a || !b) return false;
  if (a.origin === b.origin) return true;
  const isHere = (url: URL) => isLoopback(classifyHost(url.hostname));
  return a.protocol === b.protocol && a.port === b.port && isHere(a) && isHere(b);
}

function namesOf(clients: readonly ClientBehaviour[]): string {
  return enumerate(
    clients.map(({ name }) => name),
    clients.length,
  );
}

/** What some clients do that do not use a document, and why. */
function whyNot(clients: readonly ClientBehaviour[]): string | undefined {
  const [first] = clients;
  const names = namesOf(clients);
  switch (`${first?.outcome} ${first?.reason}` as const) {
    case "registers no-flag":
      return say`Register dynamically instead, without saying so, because client_id_metadata_document_supported is not true: ${names}.`;
    case "registers no-method":
      return say`Register dynamically instead, without saying so, because token_endpoint_auth_methods_supported lacks "none": ${names}.`;
    case "fails no-flag":
      return say`Do not get in, because client_id_metadata_document_supported is not true and there is no registration_endpoint: ${names}.`;
    case "fails no-method":
      return say`Do not get in, because token_endpoint_auth_methods_supported lacks "none" and there is no registration_endpoint: ${names}.`;
    case "fails no-pkce":
      return say`Do not get in, because code_challenge_methods_supported lacks S256: ${names}.`;
    case "fails first-method":
      return say`Do not get a token, because they take the first of token_endpoint_auth_methods_supported and that is not "none": ${names}.`;
    case "unknown no-pkce":
      return say`It is not known whether they go on where code_challenge_methods_supported lacks S256: ${names}.`;
    default:
      return undefined;
  }
}

function total({ durations }: FetchTrail): number {
  return Object.values(durations).reduce((sum, ms) => sum + ms, 0);
}

/** The JSON object an exchange brought, or a sentence why there is none. */
function readJsonObject(trail: FetchTrail): ServerMetadata | string {
  if (trail.fault) return describeFault(trail.fault, trail).sentence;
  const { response, body } = trail;
  const location = response && header(response, "location");
  if (response?.status !== 200)
    return location === undefined
      ? say`answers ${response?.status}.`
      : say`answers ${response?.status}, a redirect to ${clip(location)}, which is not followed.`;
  if (!body || body.cappedBy) return say`the answer is too large.`;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body.bytes));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as ServerMetadata;
    return say`the answer is not a JSON object.`;
  } catch (error) {
    if (error instanceof SyntaxError) return say`the answer is not JSON.`;
    throw error;
  }
}
