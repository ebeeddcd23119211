import type { Connection } from "vscode-languageserver";
import { analyse } from "../check/analyse.js";
import { createDocument } from "../create/createDocument.js";
import { optionsFromAnswers } from "../create/wizardAnswers.js";
import { SERVERS } from "../servers/servers.js";
import type { Session } from "./languageServer.js";
import {
  CREATE_DOCUMENT,
  CreateDocumentParams,
  type CreateDocumentResult,
  LIST_SERVERS,
  type ListServersResult,
} from "./protocol.js";

/** No document of its own yet: the settings of the window count. */
const NEW_DOCUMENT = "untitled:new.cimd.json";

/**
 * Answers `cimd/createDocument`: writes a document and says what the rules, and the target servers if there are any,
 * say about it. The wizard asks with every key, so that its answers are judged as documents are. And `cimd/listServers`.
 */
export function answerCreateRequests(connection: Connection, { guard, settingsFor }: Session): void {
  connection.onRequest(CREATE_DOCUMENT, (params: unknown, token) =>
    guard("Creating the document", token, async (): Promise<CreateDocumentResult> => {
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
    guard("Listing the authorization servers", token, async (): Promise<ListServersResult> => {
      const { targets } = await settingsFor(NEW_DOCUMENT);
      return SERVERS.map((server) => ({
        id: server.id,
        name: server.name,
        version: server.version,
        target: targets.includes(server),
      }));
    }),
  );
}
