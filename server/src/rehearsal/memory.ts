import { Newest } from "./newest.js";
import type { StepName } from "./rehearsal.js";

/** What an authorization request fixed for the token request that follows. */
export interface IssuedCode {
  readonly redirectUri: string;
  readonly codeChallenge: string;
  used: boolean;
}

/** What a run has seen, so that later requests can be judged by earlier ones. It ends with the run. */
export class Memory {
  /** The kinds of request that were made, in any sign-in. */
  readonly seen = new Set<StepName>();
  readonly codes = new Newest<string, IssuedCode>();
  /** Refresh tokens, and whether a newer one has replaced them. */
  readonly refreshTokens = new Newest<string, "current" | "replaced">();
  /** The `jti` of each assertion that was used. */
  readonly assertions = new Newest<string, true>();

  /** @param old the token that was used for the new one; null where it came with a code */
  rotate(old: string | null, next: string): void {
    if (old !== null) this.refreshTokens.set(old, "replaced");
    this.refreshTokens.set(next, "current");
  }
}
