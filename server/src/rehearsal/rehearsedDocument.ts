import { analyse } from "../check/analyse.js";
import { audiencesOf } from "../document/audiences.js";
import { breakage } from "../document/breakage.js";
import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { jsonValue } from "../document/jsonValue.js";
import { documentScopes } from "../document/requestMembers.js";
import type { Finding } from "../rules/problem.js";

/** The document as a rehearsal needs it: read at one moment, as if it were served at its `client_id`. */
export class RehearsedDocument {
  readonly document: ClientMetadataDocument;
  #errors: readonly Finding[] | undefined;

  constructor(text: string) {
    this.document = new ClientMetadataDocument(text);
  }

  /** What the specifications have against it. */
  get errors(): readonly Finding[] {
    this.#errors ??= analyse(this.document.text, { servers: { mode: "none" } }).findings.filter(
      ({ severity }) => severity === "error",
    );
    return this.#errors;
  }

  get clientId(): string | undefined {
    return this.document.string("client_id")?.value;
  }

  /** Why nothing can be read from it, in a sentence. */
  get broken(): string | undefined {
    return breakage(this.document)?.message;
  }

  /** Its sign-in needs pushed requests, DPoP and a person's data server: nothing that a rehearsal has. */
  get isForAtproto(): boolean {
    return audiencesOf(this.document).includes("atproto");
  }

  /**
   * How the client proves itself at the token endpoint. RFC 7591 §2 has a secret as the default, which a client metadata
   * document cannot have, so that a document without the member is that of a public client.
   *
   * @see OAuth Client ID Metadata Document §4.1
   */
  get method(): string {
    return this.document.string("token_endpoint_auth_method")?.value ?? "none";
  }

  get signingAlgorithm(): string | undefined {
    return this.document.string("token_endpoint_auth_signing_alg")?.value;
  }

  /** The keys in the document itself. */
  get keys(): object[] {
    const jwks = this.document.value("jwks");
    // A clone has the prototype that libraries expect of an object.
    const value = jwks ? structuredClone(jsonValue(jwks)) : undefined;
    const keys = typeof value === "object" && value !== null && "keys" in value ? value["keys"] : [];
    return Array.isArray(keys)
      ? keys.filter((key): key is { [name: string]: never } => typeof key === "object" && key !== null)
      : [];
  }

  get scopes(): string[] {
    return [...(documentScopes(this.document) ?? [])];
  }

  get asksForRefresh(): boolean {
    return this.document.strings("grant_types").some(({ node }) => node.value === "refresh_token");
  }
}
