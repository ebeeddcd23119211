import type { CheckOptions, CheckResult } from "../api/checkDocument.js";
import type { CachePolicy } from "../servers/profile.js";

/** What a hosted check needs of an authorization server's profile. */
export interface KnownServer {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly cache: CachePolicy | undefined;
}

/**
 * The rules and the servers, handed in: so the hosted checks can be a file of their own in the bundles without a second
 * copy of every rule and profile.
 */
export interface Knowledge {
  checkDocument(text: string, options: CheckOptions): CheckResult;
  /** The servers that count, all of them known. */
  readonly servers: readonly KnownServer[];
}
