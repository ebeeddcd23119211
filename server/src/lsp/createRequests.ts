import { analyse } from "../check/analyse.js";
import { clientCode } from "../create/clientCode.js";
import type { CodeLibrary } from "../create/codeLibraries.js";
import { createDocument } from "../create/createDocument.js";
import {
  hostingConfiguration,
  pagesConfiguration,
  pathsToConfigure,
} from "../create/hostingConfiguration.js";
import { optionsFromAnswers } from "../create/wizardAnswers.js";
import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { say } from "../localisation/say.js";
import { SERVERS } from "../servers/servers.js";
import type { Connection } from "./connection.js";
import {
  CLIENT_CODE,
  ClientCodeParams,
  type ClientCodeResult,
  CREATE_DOCUMENT,
  CreateDocumentParams,
  type CreateDocumentResult,
  HOSTING_CONFIGURATION,
  HostingConfigurationParams,
  type HostingConfigurationResult,
  LIST_SERVERS,
  type ListServersResult,
} from "./protocol.js";
import type { Session } from "./session.js";

/** No document of its own yet: the settings of the window count. */
const NEW_DOCUMENT = "untitled:new.cimd.json";

/**
 * Answers `cimd/createDocument`: writes a document and says what the rules, and the target servers if there are any,
 * say about it. The wizard asks with every key, so that its answers are judged as documents are. Also answers
 * `cimd/listServers`, `cimd/clientCode` and `cimd/hostingConfiguration`.
 */
export function answerCreateRequests(connection: Connection, { guard, settingsFor }: Session): void {
  connection.onRequest(CREATE_DOCUMENT, (params: unknown, token) =>
    guard(say`Creating the document`, token, async (): Promise<CreateDocumentResult> => {
      const { servers, ...answers } = CreateDocumentParams.parse(params);
      const { rules, targets: configured } = await settingsFor(NEW_DOCUMENT);
      const targets = servers ? SERVERS.filter(({ id }) => servers.includes(id)) : configured;
      const text = createDocument(optionsFromAnswers(answers));
      const { findings } = analyse(text, {
        servers: targets.length > 0 ? { mode: "targets", targets } : { mode: "none" },
        rules,
      });
      return {
        text,
        problems: findings.map(({ rule, severity, message, pointer }) => ({
          rule,
          severity,
          message,
          pointer,
        })),
      };
    }),
  );

  connection.onRequest(LIST_SERVERS, (_params: unknown, token) =>
    guard(say`Listing the authorization servers`, token, async (): Promise<ListServersResult> => {
      const { targets } = await settingsFor(NEW_DOCUMENT);
      return SERVERS.map((server) => ({
        id: server.id,
        name: server.name,
        version: server.version,
        target: targets.includes(server),
      }));
    }),
  );

  connection.onRequest<ClientCodeResult>(CLIENT_CODE, (params: unknown, token) =>
    guard(say`Writing client code`, token, () => codeFor(ClientCodeParams.parse(params))),
  );

  connection.onRequest<HostingConfigurationResult>(HOSTING_CONFIGURATION, (params: unknown, token) =>
    guard(say`Writing the hosting configuration`, token, () =>
      configurationFor(HostingConfigurationParams.parse(params)),
    ),
  );
}

function codeFor({ text, library, redirectUri }: ClientCodeParams): ClientCodeResult {
  const document = new ClientMetadataDocument(text);
  const clientId = document.string("client_id")?.value ?? "";
  const entries = document.redirects.map(({ uri }) => uri.raw);
  const chosen = redirectUri ?? entries.find((entry) => SUITS[library].test(entry)) ?? entries[0];
  if (clientId === "" || chosen === undefined) {
    const missing = clientId === "" ? "client_id" : "redirect_uris";
    return {
      state: "incomplete",
      reason: say`Client code needs the document's ${missing}. Fill it in, then run the command again.`,
    };
  }
  const isConfidential = document.string("token_endpoint_auth_method")?.value === "private_key_jwt";
  const written = clientCode(library, {
    clientId,
    name: document.string("client_name")?.value ?? "",
    scope: document.string("scope")?.value ?? "",
    redirectUri: chosen,
    signingAlgorithm: isConfidential
      ? (document.string("token_endpoint_auth_signing_alg")?.value ?? "ES256")
      : undefined,
  });
  // FastMCP's helper makes its redirect URI itself.
  return { state: "written", ...written, entries: library === "fastmcp" ? [chosen] : entries };
}

function configurationFor({
  text,
  host,
  existing,
  file,
  pagesBase,
}: HostingConfigurationParams): HostingConfigurationResult {
  const document = new ClientMetadataDocument(text);
  const clientId = document.string("client_id")?.value ?? "";
  const jwksUri = document.string("jwks_uri")?.value ?? "";
  try {
    const content =
      host === "github-pages"
        ? pagesConfiguration(clientId, jwksUri, pagesBase, file)
        : hostingConfiguration(host, pathsToConfigure(clientId, jwksUri), existing, file);
    return { state: "written", content };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "HostingConfigurationError") throw error;
    return { state: "refused", reason: error.message };
  }
}

/** Entries that a library can come back to without more code; FastMCP only knows this path and prefers this name. */
const SUITS: Readonly<Record<CodeLibrary, RegExp>> = {
  fastmcp: /^http:\/\/localhost(?::[\d*]+)?\/callback$/,
  "mcp-python-sdk": /^http:/,
  "mcp-typescript-sdk": /^http:/,
  "mcp-typescript-sdk-1": /^http:/,
  atproto: /^https:/,
};
