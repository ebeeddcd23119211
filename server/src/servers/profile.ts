import type { Audience } from "../document/audiences.js";
import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";

/** Where in a sign-in a server does something. */
export type Stage = "fetch" | "document" | "authorize" | "token";

/**
 * How much a reason hurts: `blocks` stops the stage for the whole document or entry, `limits` takes something away
 * (a refresh, a scope), `note` is worth knowing.
 */
export type Effect = "blocks" | "limits" | "note";

export type Confidence = "read-source" | "docs" | "issue-thread";

/**
 * How many people meet a server: downloads a month of its package (`npm:fastmcp`), a hosted service and whether its vendor
 * documents client metadata documents as generally available (without calling them a beta, a preview or early access), or a
 * product that many people have installed, with what shows it. The date is the source's own where it tells one, else the day
 * it was read.
 */
export type Reach = { readonly source: string; readonly date: string } & (
  | { readonly kind: "downloads"; readonly package: string; readonly perMonth: number }
  | { readonly kind: "hosted"; readonly generallyAvailable: boolean }
  | { readonly kind: "installed"; readonly reason: string }
);

/** Where a statement about a server can be checked. */
export interface Evidence {
  /** What was read: `npm:oidc-provider@9.13.3 lib/helpers/client_schema.js`. */
  readonly what: string;
  /** A page that shows it. */
  readonly url: string;
}

/** What a constraint says about one place in the document. */
/**
 * Reports one violation.
 *
 * @param message the server's own words where they are known, else a sentence
 * @param pointer RFC 6901; absent for the document as a whole
 * @param rule the rule id that the reason belongs to, where it differs from the constraint's
 */
export type Report = (message: string, pointer?: string, rule?: string) => void;

/** One thing a server asks of a document. It holds unless `check` reports. */
export interface Constraint {
  /** Unique within the profile; names the constraint in tests. */
  readonly id: string;
  readonly stage: Stage;
  readonly effect: Effect;
  /** The rule this belongs to, so that the editor shows one problem for one cause. */
  readonly rule: string;
  check(document: ClientMetadataDocument, report: Report): void;
}

export interface MatchContext {
  readonly applicationType: string | undefined;
  /** The client identifier URL, where it is known. */
  readonly url?: string | undefined;
}

export type SignInOutcome = "works" | "limited" | "never" | "unknown";

/** What one redirect entry is good for on a server. */
export interface SignIn {
  /** The entry as written. */
  readonly entry: string;
  readonly outcome: SignInOutcome;
}

/** What an entry is good for, and why not for more. */
export interface EntryOutcome {
  readonly outcome: SignInOutcome;
  /** The server's own words where they are known, else a sentence. */
  readonly message?: string;
  /** The rule that the message belongs to; `redirect-uris/never-matches` where it has none. */
  readonly rule?: string;
}

/** How a server compares the redirect URI of a request with the document. */
export interface RedirectMatching {
  /** The entries the server reads, where these may be others than those of the last `redirect_uris`. */
  entries?(document: ClientMetadataDocument): readonly string[];
  /**
   * The server's raw matcher for one entry.
   *
   * @returns undefined where it is not known
   */
  matches(redirectUri: string, entry: string, context: MatchContext): boolean | undefined;
  /**
   * What the server makes of the request's redirect URI before it compares.
   *
   * @returns the normalised form; `{ refused }` with the reason when the request ends there
   */
  prepare?(redirectUri: string, context: MatchContext): string | { readonly refused: string };
  /** Whether the server lets a redirect URI through that no entry names; `prepare` is done. */
  unlisted?(redirectUri: string, context: MatchContext): boolean;
  /** The server's own words when no entry matches. */
  refusal?(redirectUri: string): string;
  /**
   * What an entry is good for once the document is loaded. Without it, an entry works when its own text matches it.
   */
  entryOutcome?(entry: string, context: MatchContext): EntryOutcome;
}

/** Lifetimes in seconds; undefined where the server has no such bound. */
export interface CachePolicy {
  readonly minimum?: number;
  /** Used when no header says otherwise. */
  readonly fallback?: number;
  readonly maximum?: number;
  /** Response headers and directives the server reads; the others it ignores. */
  readonly honours: readonly string[];
  /** What happens to the old copy when a later fetch fails. */
  readonly stale: "kept" | "refused" | "unknown";
}

/** What a person sees before they agree, as far as it is known. */
export interface ConsentFacts {
  readonly shows: readonly (
    | "client-name"
    | "client-id"
    | "client-id-host"
    | "redirect-uri"
    | "redirect-host"
    | "scopes"
    | "logo"
    | "client-uri"
    | "localhost-warning"
  )[];
  readonly note: string;
}

/** What is known of one authorization server: the newest read version, in its default configuration, with CIMD on. */
export interface ServerProfile {
  readonly id: string;
  readonly name: string;
  /** The version read. */
  readonly version: string;
  readonly kind: "authorization-server" | "authorization-server-library" | "mcp-server-framework";
  readonly confidence: Confidence;
  /** Whom it serves; a generic server is met by MCP clients. */
  readonly audience: readonly [Audience, ...Audience[]];
  /** Absent where no figure is known. */
  readonly reach?: Reach;
  readonly evidence: readonly [Evidence, ...Evidence[]];
  /** Stages of which everything the server asks is in `constraints`; `accepts` needs `document` and `fetch` here. */
  readonly readCompletely: readonly Stage[];
  readonly constraints: readonly Constraint[];
  readonly redirects: RedirectMatching | undefined;
  readonly cache: CachePolicy | undefined;
  readonly consent: ConsentFacts | undefined;
  /** Older releases that differ, the newest first. */
  readonly changes?: readonly OlderRelease[];
}

/** A recorded run of the server's own code that its profile agrees with. */
export interface Proof {
  /** Registry and name: `npm:oidc-provider`. */
  readonly engine: string;
  readonly version: string;
  /** How many documents and requests the server's code was asked about. */
  readonly cases: number;
  /** The day of the run, `2026-12-01`. */
  readonly date: string;
}

/** How releases before one version differ, for people who still run them. */
export interface OlderRelease {
  /** The first version that behaves as the profile says. */
  readonly before: string;
  /** All constraints of the older release, instead of the profile's. */
  readonly constraints: readonly Constraint[];
  /** Absent where redirect URIs are compared as now. */
  readonly redirects?: RedirectMatching;
  /** Where the difference can be seen. */
  readonly source: Evidence;
}

/** A library on the client's side: it checks the URL and never gives a verdict. */
export interface ClientLibrary {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly evidence: readonly [Evidence, ...Evidence[]];
  /** @returns the library's own error text, or undefined when it takes the URL */
  refusesUrl(clientIdUrl: string): string | undefined;
}

/** Why a server does what it does with a document; part of the public API. */
export interface Reason {
  readonly stage: Stage;
  readonly effect: Effect;
  readonly rule: string;
  readonly message: string;
  readonly pointer?: string;
}

/** Part of the public API. */
export interface Verdict {
  readonly server: string;
  readonly version: string;
  readonly verdict: "accepts" | "refuses" | "unknown";
  readonly reasons: readonly Reason[];
  readonly signIn: readonly SignIn[];
  /** How many reasons and entries are not listed; absent where all are. */
  readonly omitted?: { readonly reasons: number; readonly signIn: number };
}
