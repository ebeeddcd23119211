import * as z from "zod/mini";
import { CODE_LIBRARIES } from "../create/codeLibraries.js";
import { CONFIGURED_HOSTS } from "../create/hosts.js";
import { KEY_PLACES, SIGNING_ALGORITHMS } from "../create/signingAlgorithms.js";
import { AUTHENTICATIONS, CLIENT_KINDS } from "../create/wizardAnswers.js";
import { ConsentChoices, ConsentView } from "../views/consent/consentView.js";

/**
 * What the extension and the language server say to each other beyond LSP. Shapes are zod's, so that both sides check
 * what they get.
 */

export { CHANGE_SETTING, SettingChange } from "../languageFeatures/settingChange.js";
export type { InitializationOptions } from "./initializationOptions.js";

/** `cimd/explainRule`: a rule's page as Markdown. */
export const EXPLAIN_RULE = "cimd/explainRule";
export const ExplainRuleParams = z.object({ rule: z.string() });
export const ExplainRuleResult = z.object({ markdown: z.string() });

/** `cimd/listRules`: every rule's id and title. */
export const LIST_RULES = "cimd/listRules";
export const RuleTitles = z.array(z.object({ id: z.string(), title: z.string() }));
export type RuleTitles = z.infer<typeof RuleTitles>;

/** `cimd/createDocument`: the wizard's answers (`create/wizardAnswers.ts`) in, the document's text out. */
export const CREATE_DOCUMENT = "cimd/createDocument";
export const CreateDocumentParams = z.object({
  kind: z.enum(CLIENT_KINDS),
  name: z.string(),
  clientId: z.string(),
  redirectUris: z.array(z.string()),
  refresh: z.boolean(),
  scope: z.string(),
  clientUri: z.string(),
  logoUri: z.string(),
  authentication: z.enum(AUTHENTICATIONS),
  /** Ids of the target servers; absent: those of the settings. */
  servers: z.optional(z.array(z.string())),
});
export type CreateDocumentParams = z.infer<typeof CreateDocumentParams>;
export const CreateDocumentResult = z.object({
  text: z.string(),
  /** What the rules say about that text. */
  problems: z.array(
    z.object({
      rule: z.string(),
      severity: z.enum(["error", "warning", "information", "hint"]),
      message: z.string(),
      pointer: z.string(),
    }),
  ),
});
export type CreateDocumentResult = z.infer<typeof CreateDocumentResult>;

/** `cimd/listServers`: the known authorization servers, and whether each is a target in the settings. */
export const LIST_SERVERS = "cimd/listServers";
export const ListServersResult = z.array(
  z.object({ id: z.string(), name: z.string(), version: z.string(), target: z.boolean() }),
);
export type ListServersResult = z.infer<typeof ListServersResult>;

/** The editor's proxy settings; where they are absent, there is no proxy. */
export const EditorProxy = z.object({
  url: z.string(),
  noProxy: z.optional(z.array(z.string())),
  strictSSL: z.optional(z.boolean()),
});
export type EditorProxy = z.infer<typeof EditorProxy>;

/** `cimd/validateHosted`: fetches a URL as a server would and reports; cancellable. */
export const VALIDATE_HOSTED = "cimd/validateHosted";
/** Checks of what a document names; each asks further hosts. */
const Extra = z.enum(["logo", "jwks", "links"]);
export const ValidateHostedParams = z.object({
  url: z.string(),
  /** Whose settings count; absent: the window's. */
  uri: z.optional(z.string()),
  /** The editor's text of the same document, to compare with what is served. */
  localText: z.optional(z.string()),
  /** What to check as well, and the hosts that the person agreed to ask for it. */
  extras: z.optional(z.object({ ids: z.array(Extra), hosts: z.array(z.string()) })),
  /** What `cimd/hostedStep` notifications carry, so that the client knows its own. */
  token: z.optional(z.string()),
  proxy: z.optional(EditorProxy),
});
export type ValidateHostedParams = z.infer<typeof ValidateHostedParams>;

/** `cimd/hostedStep`: one step of a running validation or discovery is finished. */
export const HOSTED_STEP = "cimd/hostedStep";
const HostedStep = z.object({
  id: z.string(),
  /** A heading of one to three words. */
  title: z.string(),
  state: z.enum(["passed", "failed", "warning", "skipped"]),
  sentence: z.string(),
  fix: z.optional(z.string()),
  details: z.optional(z.array(z.string())),
  durationMs: z.number(),
});
export const HostedStepParams = z.object({ token: z.string(), step: HostedStep });
export type HostedStepParams = z.infer<typeof HostedStepParams>;

/** What the client shows of a `HostedReport` (`hosted/report.ts`). */
export const HostedReportShape = z.object({
  url: z.string(),
  startedAt: z.string(),
  durationMs: z.number(),
  steps: z.array(HostedStep),
  document: z.optional(
    z.object({
      text: z.string(),
      /** Whether `text` is only the beginning. */
      isTextCut: z.optional(z.literal(true)),
      bytes: z.number(),
    }),
  ),
  ok: z.boolean(),
  /** The verdict in a sentence or two. */
  summary: z.string(),
  /** What could be checked as well, with the hosts that would be asked; what was checked already is not in it. */
  extras: z.array(z.object({ id: Extra, hosts: z.array(z.string()) })),
  /** The whole report for pasting; text from the network is escaped in it. */
  markdown: z.string(),
});
export type HostedReportShape = z.infer<typeof HostedReportShape>;

/** `cimd/discover`: asks whether an MCP server's authorization servers take client metadata documents; cancellable. */
export const DISCOVER = "cimd/discover";
export const DiscoverParams = z.object({
  /** The MCP server, as a person typed it. */
  url: z.string(),
  /** Whose settings count; absent: the window's. */
  uri: z.optional(z.string()),
  /** The text of a client metadata document, to see whether it would fit. */
  document: z.optional(z.string()),
  /** What `cimd/hostedStep` notifications carry. */
  token: z.optional(z.string()),
  proxy: z.optional(EditorProxy),
});
export type DiscoverParams = z.infer<typeof DiscoverParams>;

/** What the client shows of a `DiscoveryReport` (`hosted/discovery.ts`). */
export const DiscoveryReportShape = z.object({
  url: z.string(),
  startedAt: z.string(),
  durationMs: z.number(),
  steps: z.array(HostedStep),
  authorizationServers: z.array(
    z.object({ issuer: z.string(), supported: z.boolean(), usable: z.boolean() }),
  ),
  supported: z.boolean(),
  usable: z.boolean(),
  /** The whole report for pasting; text from the network is escaped in it. */
  markdown: z.string(),
});
export type DiscoveryReportShape = z.infer<typeof DiscoveryReportShape>;

/** `cimd/consentView`: what a consent screen shows for a text; the answer is a `ConsentView`. */
export const CONSENT_VIEW = "cimd/consentView";
export const ConsentViewParams = z.object({
  /** Whose settings count. */
  uri: z.string(),
  /** The text as the editor has it now, so that no answer depends on when edits arrive. */
  text: z.string(),
  choices: ConsentChoices,
});
export type ConsentViewParams = z.infer<typeof ConsentViewParams>;
export { ConsentView };

/** `cimd/fetchLogo`: fetches the image at a `logo_uri`, guarded, and inlines it; cancellable. */
export const FETCH_LOGO = "cimd/fetchLogo";
export const FetchLogoParams = z.object({
  /** Whose settings count. */
  uri: z.string(),
  url: z.string(),
  proxy: z.optional(EditorProxy),
});
export type FetchLogoParams = z.infer<typeof FetchLogoParams>;
export const FetchLogoResult = z.discriminatedUnion("state", [
  z.object({ state: z.literal("shown"), src: z.string(), description: z.string() }),
  z.object({ state: z.literal("refused"), reason: z.string() }),
]);
export type FetchLogoResult = z.infer<typeof FetchLogoResult>;

/** `cimd/clientCode`: code that uses a document with a library. */
export const CLIENT_CODE = "cimd/clientCode";
export const ClientCodeParams = z.object({
  /** The document as the editor has it. */
  text: z.string(),
  library: z.enum(CODE_LIBRARIES),
  /** The entry to come back to; absent: the one that fits the library best. */
  redirectUri: z.optional(z.string()),
});
export type ClientCodeParams = z.infer<typeof ClientCodeParams>;
export const ClientCodeResult = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("written"),
    language: z.string(),
    code: z.string(),
    /** The entries that the person can choose from; fewer than two where there is no choice. */
    entries: z.array(z.string()),
  }),
  /** The document lacks something that every client code needs. */
  z.object({ state: z.literal("incomplete"), reason: z.string() }),
]);
export type ClientCodeResult = z.infer<typeof ClientCodeResult>;

/** The public members of a JSON Web Key for signatures (RFC 7518 §6, RFC 8037 §2); others are left out. */
export const PublicJwk = z.object({
  kty: z.string(),
  kid: z.string(),
  use: z.literal("sig"),
  alg: z.enum(SIGNING_ALGORITHMS),
  crv: z.optional(z.string()),
  x: z.optional(z.string()),
  y: z.optional(z.string()),
  n: z.optional(z.string()),
  e: z.optional(z.string()),
});

/** `cimd/addSigningKey`: a new key pair; the private key goes into a file, the public one into texts. */
export const ADD_SIGNING_KEY = "cimd/addSigningKey";
export const AddSigningKeyParams = z.object({
  /** The document as the editor has it. */
  text: z.string(),
  algorithm: z.enum(SIGNING_ALGORITHMS),
  /** Where the public key goes if the document does not say. */
  place: z.enum(KEY_PLACES),
  /** The text of the `jwks.json` beside the document; empty: none. */
  keySet: z.string(),
  /** Path of the file that the person chose for the private key; it must not exist. */
  privateKeyFile: z.optional(z.string()),
  /** In a browser, which has no files to write to, instead: the public key of a pair that the editor made. */
  publicKey: z.optional(PublicJwk),
});
export type AddSigningKeyParams = z.infer<typeof AddSigningKeyParams>;
export const AddSigningKeyResult = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("added"),
    kid: z.string(),
    /** The document's new text. */
    document: z.string(),
    /** The new text of the key set that `jwks_uri` names; absent: the key is in the document. */
    keySet: z.optional(z.string()),
  }),
  /** Nothing was written. */
  z.object({ state: z.literal("refused"), reason: z.string() }),
]);
export type AddSigningKeyResult = z.infer<typeof AddSigningKeyResult>;

/** `cimd/hostingConfiguration`: what makes a host serve a document as it should. */
export const HOSTING_CONFIGURATION = "cimd/hostingConfiguration";
export const HostingConfigurationParams = z.object({
  /** The document as the editor has it. */
  text: z.string(),
  host: z.enum(CONFIGURED_HOSTS),
  /** The file that the host reads now; empty: none. */
  existing: z.string(),
  /** The document's file, relative to its workspace folder; empty: none. */
  file: z.string(),
  /** Where GitHub Pages publishes the folder's repository; absent: not known. */
  pagesBase: z.optional(z.string()),
});
export type HostingConfigurationParams = z.infer<typeof HostingConfigurationParams>;
export const HostingConfigurationResult = z.discriminatedUnion("state", [
  z.object({ state: z.literal("written"), content: z.string() }),
  z.object({ state: z.literal("refused"), reason: z.string() }),
]);
export type HostingConfigurationResult = z.infer<typeof HostingConfigurationResult>;
