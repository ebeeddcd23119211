import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { print } from "../cli/printable.js";
import { isBelow, readText } from "../cli/readFile.js";
import { code } from "../languageFeatures/markdown.js";
import { messageOf } from "../messageOf.js";
import { ToolError } from "./answer.js";

/** Under this name the client sends its roots along when it repeats a call that needs them. */
const ROOTS = "roots";

/**
 * The folders below which the client lets this server read: those it was started with, else the client's roots.
 *
 * @param given absolute folders of the command line
 * @returns the question for the roots where the call has not brought them yet
 * @throws {ToolError} where the client shares none
 */
export function grantedFolders(
  server: McpServer,
  { mcpReq }: ServerContext,
  given: readonly string[],
): readonly string[] | InputRequiredResult {
  if (given.length > 0) return given;
  const response = inputResponse(mcpReq.inputResponses, ROOTS);
  if (response.kind === "roots") return response.roots.flatMap(({ uri }) => folderOf(uri));
  // Since 2026-07-28 every request says what the client can do; before, `initialize` did.
  const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {};
  const capabilities =
    (envelope[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined) ??
    server.server.getClientCapabilities();
  if (capabilities?.roots === undefined)
    throw new ToolError(
      print`This client shares no folder (roots), so no file is read. Give the document as text, or start the server as "cimd mcp --root FOLDER".`,
    );
  return inputRequired({ inputRequests: { [ROOTS]: inputRequired.listRoots() } });
}

/** A root as a folder of this machine; none where it is something else. */
function folderOf(uri: unknown): string[] {
  if (typeof uri !== "string") return [];
  try {
    return [fileURLToPath(uri)];
  } catch {
    // Roots may have any scheme; only those of files can be read.
    return [];
  }
}

/**
 * Reads a file that is below one of the folders, links followed.
 *
 * @param given absolute, or relative to one of the folders
 * @throws {ToolError} where it is not, or cannot be read
 */
export function readBelow(folders: readonly string[], given: string): string {
  const places = folders
    .filter((folder) => existsSync(folder))
    .map((folder) => ({ folder, real: realpathSync(folder), file: path.resolve(folder, given) }))
    .filter(({ folder, real, file }) => isBelow(folder, file) || isBelow(real, file));
  const [place] = [...places.filter(({ file }) => existsSync(file)), ...places];
  if (place === undefined) throw outside(given, folders);
  const file = realPath(place.file, given);
  if (!isBelow(place.real, file)) throw outside(given, folders);
  const read = readText(file, given, place.real);
  if ("failure" in read)
    throw new ToolError(print`${code(read.failure)} Name another file, or give the document as text.`);
  return read.text;
}

function realPath(file: string, given: string): string {
  try {
    return realpathSync(file);
  } catch (error) {
    // The message would tell where a link leads.
    const { code: reason = messageOf(error) } = error as NodeJS.ErrnoException;
    throw new ToolError(
      print`${code(given)} cannot be read: ${code(reason)}. Name a file that exists, or give the document as text.`,
    );
  }
}

function outside(given: string, folders: readonly string[]): ToolError {
  const names = folders.map((folder) => code(folder)).join(", ");
  return new ToolError(
    print`${code(given)} is not below a folder that this client shares (${names || "it shares none"}), so it is not read. Name a file below one of them, or give the document as text.`,
  );
}
