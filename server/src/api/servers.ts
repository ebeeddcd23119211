import type { Audience } from "../document/audiences.js";
import type { Confidence, Proof, Reach, ServerProfile } from "../servers/profile.js";
import { PROOFS } from "../servers/proofs.js";
import { SERVERS } from "../servers/servers.js";

/** What the API and `cimd servers` tell of a server. */
export interface ServerSummary {
  readonly id: string;
  readonly name: string;
  /** The version whose behaviour was read. */
  readonly version: string;
  readonly kind: ServerProfile["kind"];
  /** Whom it serves. */
  readonly audience: readonly Audience[];
  /** How many people meet it; absent where no figure is known. */
  readonly reach?: Reach;
  readonly confidence: Confidence;
  /** What was read and where it can be seen. */
  readonly evidence: readonly string[];
  /** Where the server's own code was run and did what is said of it. */
  readonly proof?: Proof;
}

/** The known authorization servers. */
export const servers: readonly ServerSummary[] = SERVERS.map(
  ({ id, name, version, kind, audience, reach, confidence, evidence }) => {
    const proof = PROOFS.get(id);
    return {
      id,
      name,
      version,
      kind,
      audience,
      ...(reach ? { reach } : {}),
      confidence,
      evidence: evidence.map(({ what, url }) => `${what} (${url})`),
      ...(proof ? { proof } : {}),
    };
  },
);
