import type { ClientMetadataDocument } from "../../../document/clientMetadataDocument.js";
import { say } from "../../../localisation/say.js";
import type { Block, ConsentView } from "../consentView.js";
import type { ConsentRequest } from "../request.js";

/** What one authorization server shows before a person agrees. */
export interface Screen {
  readonly style: ConsentView["screen"]["style"];
  /** From top to bottom. */
  readonly blocks: Block[];
  /** Members of the document that people may expect to see and that this screen leaves out. */
  readonly leavesOut: readonly string[];
  /** One sentence: a page that was read, or only what it shows. */
  readonly basis: string;
  /** What a person sees instead when the server refuses the document, where that is known. */
  readonly insteadWhenRefused?: string;
}

/** Draws a screen for a document and a request; pure. */
export type DrawScreen = (document: ClientMetadataDocument, request: ConsentRequest) => Screen;

/** Members whose values an author may expect on a consent screen. */
export const SHOWABLE = [
  "client_name",
  "logo_uri",
  "client_uri",
  "tos_uri",
  "policy_uri",
  "contacts",
] as const;

/** Stands for the MCP server while the person has not given it a name. */
export function unnamedMcpServer(): string {
  return say`your MCP server`;
}
