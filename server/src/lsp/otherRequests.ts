import type { CreateFetcher } from "../hosted/network.js";
import { answerCompatibilityRequests } from "./compatibilityRequests.js";
import type { Connection } from "./connection.js";
import { answerConsentRequests } from "./consentRequests.js";
import { answerCreateRequests } from "./createRequests.js";
import { answerDocumentRequests } from "./documentRequests.js";
import { answerEditingRequests } from "./editingRequests.js";
import { answerHostedRequests } from "./hostedRequests.js";
import { answerKeyRequests, type WritePrivateKey } from "./keyRequests.js";
import { answerLogoRequests } from "./logoRequests.js";
import { answerRehearsalRequests, type LoadRehearsal } from "./rehearsalRequests.js";
import { answerRuleRequests } from "./ruleRequests.js";
import type { Session } from "./session.js";

/** What Node and a web worker do each in their own way. */
export interface Platform {
  readonly createFetcher: CreateFetcher;
  /** Absent where there is no file system: the editor writes the file. */
  readonly writePrivateKey?: WritePrivateKey;
  /** Absent where nothing can listen for a client. */
  readonly loadRehearsal?: LoadRehearsal;
}

/**
 * Answers every request but those that bring the diagnostics. Loaded when the first of them
 * comes.
 *
 * @param platform absent where there is neither a network nor a file system, as in tests
 */
export function answerOtherRequests(
  connection: Connection,
  session: Session,
  platform: Platform | undefined,
): void {
  answerEditingRequests(connection, session);
  answerDocumentRequests(connection, session);
  answerRuleRequests(connection);
  answerConsentRequests(connection, session);
  answerCompatibilityRequests(connection, session);
  answerCreateRequests(connection, session);
  if (!platform) return;
  const { createFetcher, writePrivateKey, loadRehearsal } = platform;
  answerHostedRequests(connection, session, createFetcher);
  answerKeyRequests(connection, session, writePrivateKey);
  answerLogoRequests(connection, session, createFetcher);
  if (loadRehearsal) answerRehearsalRequests(connection, session, loadRehearsal);
}
