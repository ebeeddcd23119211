import type { ExampleValue } from "../metadata/field.js";
import { formatJson } from "./formatJson.js";
import { applicationTypeOf, portableRedirectUris } from "./portable.js";

/** The `client_id` of a document whose address is not known yet; FastMCP writes the same. */
export const PLACEHOLDER_CLIENT_ID = "https://YOUR-DOMAIN.com/path/to/client.json";

/** What a new document should say. An option that is absent, empty or an empty list gives no member. */
export interface CreateDocumentOptions {
  /** `client_name`. */
  readonly name: string;
  readonly redirectUris: readonly string[];
  /** The client identifier URL; without one the document gets {@link PLACEHOLDER_CLIENT_ID}. */
  readonly clientId?: string | undefined;
  readonly clientUri?: string | undefined;
  readonly logoUri?: string | undefined;
  /** Scopes with a space between two of them. */
  readonly scope?: string | undefined;
  readonly applicationType?: "native" | "web" | undefined;
  /** Default `none`; the methods with a shared secret cannot be used (CIMD draft-03 §4.1). */
  readonly authMethod?: "none" | "private_key_jwt" | undefined;
  /** `token_endpoint_auth_methods_supported` (CIMD draft-03 §6). */
  readonly authMethodsSupported?: readonly string[] | undefined;
  /** `token_endpoint_auth_signing_alg`, such as `ES256`. */
  readonly signingAlgorithm?: string | undefined;
  readonly jwksUri?: string | undefined;
  /** Default `["authorization_code"]`. */
  readonly grantTypes?: readonly string[] | undefined;
  /** Adds `refresh_token` to the grant types. */
  readonly refresh?: boolean | undefined;
  readonly contacts?: readonly string[] | undefined;
  readonly tosUri?: string | undefined;
  readonly policyUri?: string | undefined;
  /** `dpop_bound_access_tokens`, which atproto requires. */
  readonly dpopBoundAccessTokens?: boolean | undefined;
  /**
   * Says what most servers need to hear: `application_type`, the port-less loopback pair for any port, and
   * `refresh_token`. The list of authentication methods is left out: Keycloak refuses a document that has it.
   */
  readonly portable?: boolean | undefined;
  /** Two spaces of indentation; default true. False gives one line. */
  readonly pretty?: boolean | undefined;
  /** Everything outside printable ASCII as `\uXXXX`, as FastMCP writes it; default false. */
  readonly ascii?: boolean | undefined;
}

/**
 * Writes a new client metadata document. Nothing is checked: whoever calls it decides with `checkDocument` whether
 * the result is fit to be used.
 *
 * With the options that `fastmcp auth cimd create` has, and `ascii`, the text is the one FastMCP 4.0.0b3 writes, byte
 * for byte; members that FastMCP does not know never change the order of those it does.
 *
 * @returns the document as JSON, with one line end behind it
 */
export function createDocument(options: CreateDocumentOptions): string {
  const document = Object.fromEntries(
    Object.entries(membersOf(options)).filter(
      (member): member is [string, ExampleValue] => member[1] !== undefined,
    ),
  );
  return `${formatJson(document, { pretty: options.pretty ?? true, ascii: options.ascii ?? false })}\n`;
}

/** The members in the order of the document; undefined ones are left out. */
function membersOf(options: CreateDocumentOptions): Record<string, ExampleValue | undefined> {
  const portable = options.portable ?? false;
  const redirectUris = portable ? portableRedirectUris(options.redirectUris) : options.redirectUris;
  const authMethod = options.authMethod ?? "none";
  return {
    client_id: text(options.clientId) ?? PLACEHOLDER_CLIENT_ID,
    client_name: options.name,
    redirect_uris: redirectUris,
    application_type: options.applicationType ?? (portable ? applicationTypeOf(redirectUris) : undefined),
    token_endpoint_auth_method: authMethod,
    token_endpoint_auth_methods_supported: options.authMethodsSupported,
    token_endpoint_auth_signing_alg: text(options.signingAlgorithm),
    grant_types: grantTypes(options.grantTypes, options.refresh ?? portable),
    response_types: ["code"],
    client_uri: text(options.clientUri),
    logo_uri: text(options.logoUri),
    scope: text(options.scope),
    contacts: options.contacts?.length ? options.contacts : undefined,
    tos_uri: text(options.tosUri),
    policy_uri: text(options.policyUri),
    jwks_uri: text(options.jwksUri),
    dpop_bound_access_tokens: options.dpopBoundAccessTokens,
  };
}

function text(option: string | undefined): string | undefined {
  return option === "" ? undefined : option;
}

function grantTypes(given: readonly string[] | undefined, refresh: boolean): readonly string[] {
  const grants = given?.length ? given : ["authorization_code"];
  return refresh && !grants.includes("refresh_token") ? [...grants, "refresh_token"] : grants;
}
