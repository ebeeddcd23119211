/**
 * The npm API of `cimd-language-server`. Importing it has no side effects and touches no network.
 */

export {
  type CheckOptions,
  type CheckResult,
  checkDocument,
  UnknownServerError,
} from "./api/checkDocument.js";
export { type DiscoverOptions, discoverSupport } from "./api/discoverSupport.js";
export {
  type MatchRequestOptions,
  matchAuthorizationRequest,
  type RequestAnswer,
} from "./api/matchAuthorizationRequest.js";
export { matchPattern, matchRedirectUri, type RedirectAnswer } from "./api/matchRedirectUri.js";
export { type ServerSummary, servers } from "./api/servers.js";
export { type ValidateHostedOptions, validateHosted } from "./api/validateHosted.js";
export type { RuleSetting, RuleSettings } from "./check/severities.js";
export { type CreateDocumentOptions, createDocument } from "./create/createDocument.js";
export type { Audience } from "./document/audiences.js";
export type { Position, Range } from "./document/lineIndex.js";
export type { DiscoveredServer, DiscoveryReport, DiscoveryStep } from "./hosted/discovery.js";
export type { ClientBehaviour } from "./hosted/mcpClients.js";
export type {
  CacheFacts,
  HostedDocument,
  HostedReport,
  HostedVerdict,
  ServerLifetime,
  Step,
  StepId,
  StepState,
} from "./hosted/report.js";
export type { Problem, Severity } from "./rules/problem.js";
export type { RedirectMatch } from "./servers/evaluate.js";
export type { Reach, Reason, SignIn, Verdict } from "./servers/profile.js";
export type { RequestFinding, RequestPart } from "./views/requestFindings.js";
