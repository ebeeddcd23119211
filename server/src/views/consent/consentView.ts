import * as z from "zod/mini";

/**
 * What the consent preview shows, as data. The language server builds it (`buildConsentView`), the editor's client
 * passes it on, and the page draws it. Every text of the document arrives as an `Inline` with `untrusted: true`, so
 * that drawing can isolate it; nothing here is HTML.
 *
 * The zod shapes are the contract on both sides of the webview: what does not fit them is not drawn.
 */

/** A piece of running text. */
export const Inline = z.object({
  text: z.string(),
  style: z.optional(z.enum(["strong", "code", "character"])),
  /** True for text that the document's author chose: it is isolated, and never counts as ours. */
  untrusted: z.optional(z.boolean()),
});
export type Inline = z.infer<typeof Inline>;

const inlines = z.array(Inline);
const row = z.object({ label: z.string(), value: inlines });

/** One part of a consent screen, from top to bottom. */
export const Block = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("heading"), text: z.string() }),
  z.object({ kind: z.literal("paragraph"), content: inlines }),
  /** A box that stands out: the verified domain, where credentials go, a warning. */
  z.object({
    kind: z.literal("box"),
    tone: z.enum(["verified", "destination", "warning", "notice"]),
    label: z.optional(z.string()),
    content: inlines,
  }),
  z.object({ kind: z.literal("rows"), rows: z.array(row) }),
  z.object({ kind: z.literal("details"), summary: z.string(), rows: z.array(row) }),
  z.object({
    kind: z.literal("list"),
    label: z.optional(z.string()),
    items: z.array(inlines),
    /** The person may clear single entries. */
    clearable: z.optional(z.boolean()),
  }),
  /** The document's logo; drawn as a placeholder with the name of the host that serves it. */
  z.object({ kind: z.literal("logo"), host: z.string() }),
  /** The decision; the buttons of a preview do nothing. */
  z.object({ kind: z.literal("decision"), allow: z.string(), deny: z.string() }),
  z.object({ kind: z.literal("help"), summary: z.string(), text: z.string() }),
]);
export type Block = z.infer<typeof Block>;

/** A place in the document: zero-based, UTF-16, end exclusive (LSP). */
const position = z.object({ line: z.int(), character: z.int() });
export const Place = z.object({ start: position, end: position });
export type Place = z.infer<typeof Place>;

const link = z.object({ label: z.string(), place: Place });

/** Something a careful person would check before they allow access. */
export const TrustFact = z.object({
  id: z.string(),
  tone: z.enum(["good", "neutral", "attention", "bad"]),
  title: z.string(),
  content: inlines,
});
export type TrustFact = z.infer<typeof TrustFact>;

export const FLOW_STEPS = ["present", "recognise", "fetch", "authorize"] as const;

/** One of the four steps from the client's request to the authorization, for this document and this server. */
export const FlowStep = z.object({
  id: z.enum(FLOW_STEPS),
  title: z.string(),
  state: z.enum(["passed", "attention", "failed", "unknown"]),
  content: inlines,
  /** The problems in the document that decide the state. */
  links: z.array(link),
  /** True where only the network can tell, and *Validate Hosted Document* would. */
  offerHostedCheck: z.boolean(),
});
export type FlowStep = z.infer<typeof FlowStep>;

const MAX_NAME = 200;
const MAX_SCOPES = 1000;

/** What the person chose; remembered for each file and restored after a reload. */
export const ConsentChoices = z.object({
  /** A server id, or `specification` for the neutral screen. */
  server: z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)),
  /** Index into `redirect_uris`. */
  redirectIndex: z.optional(z.int().check(z.minimum(0), z.maximum(100_000))),
  /** The port that stands for a wildcard, or that a port-less loopback redirect gets. */
  port: z.optional(z.int().check(z.minimum(1), z.maximum(65_535))),
  /** Scope tokens of the request, separated by spaces (RFC 6749 §3.3); absent: the document's own `scope`. */
  scopes: z.optional(z.string().check(z.maxLength(MAX_SCOPES), z.regex(/^[\x20-\x7e]*$/))),
  mcpServerName: z.optional(z.string().check(z.maxLength(MAX_NAME))),
});
export type ConsentChoices = z.infer<typeof ConsentChoices>;

/** The id of the neutral screen. */
export const SPECIFICATION_SCREEN = "specification";

export const ConsentView = z.object({
  /** Set while the text cannot be read as a document: why, and where. */
  broken: z.optional(z.object({ message: z.string(), place: Place })),
  screen: z.object({
    /** Which drawing style: `fastmcp` follows that page's look, the others share one. */
    style: z.enum(["fastmcp", "plain"]),
    server: z.object({ id: z.string(), name: z.string(), version: z.string() }),
    blocks: z.array(Block),
    /** Set when nobody gets to see this screen there: what happens instead. */
    unreached: z.optional(z.string()),
    /** Where the logo would come from, when the screen shows one and it is https; fetched only on request. */
    logoUri: z.optional(z.string()),
    /** Members the document has and this screen does not show. */
    notShown: z.array(z.string()),
    /** How far the screen is known: a copy of a page that was read, or only what it shows. */
    basis: z.string(),
    evidence: z.array(z.object({ what: z.string(), url: z.string() })),
  }),
  servers: z.array(z.object({ id: z.string(), name: z.string() })),
  redirects: z.array(z.object({ index: z.int(), uri: z.string(), kind: z.string(), takesPort: z.boolean() })),
  /** The choices as they were used; a choice the document does not offer is replaced by the first that it does. */
  choices: z.object({
    server: z.string(),
    redirectIndex: z.int(),
    port: z.int(),
    scopes: z.string(),
    mcpServerName: z.string(),
  }),
  facts: z.array(TrustFact),
  flow: z.array(FlowStep),
});
export type ConsentView = z.infer<typeof ConsentView>;
