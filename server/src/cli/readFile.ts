import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
} from "node:fs";
import path from "node:path";
import { messageOf } from "../messageOf.js";

/** Files beyond this are not read: the largest document that any server reads has 1 MiB. */
export const MOST_BYTES = 16 * 1024 * 1024;

export type ReadText = { readonly text: string } | { readonly failure: string };

/**
 * Reads a regular file as UTF-8. Synchronous: there is nothing else to do meanwhile, and it takes a third of the time.
 *
 * @param file absolute
 * @param name as the person knows it
 * @param folder real path of the folder that was asked for; a link that leads out of it is not followed. Absent where the
 *   person named the file itself
 * @returns the text, or a sentence why there is none
 */
export function readText(file: string, name: string, folder?: string): ReadText {
  let opened: number | undefined;
  try {
    if (folder !== undefined && !isBelow(folder, realpathSync(file)))
      return {
        failure: `${name} is a link that leads out of the folder. To check it, name the file itself.`,
      };
    // A pipe or a terminal would wait for somebody to write.
    opened = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const facts = fstatSync(opened);
    if (facts.isDirectory()) return { failure: `${name} is a folder; name files or a glob.` };
    if (!facts.isFile()) return { failure: `${name} is no regular file.` };
    const bytes = facts.size > MOST_BYTES ? undefined : readBytes(opened);
    return bytes
      ? { text: decode(bytes) }
      : { failure: `${name} is larger than ${MOST_BYTES / 1024 / 1024} MiB, and is not read.` };
  } catch (error) {
    if (isDanglingLink(file)) return { failure: `${name} is a link to a file that is not there.` };
    if (isMissing(error)) return { failure: `${name} does not exist.` };
    return { failure: `${name} cannot be read: ${messageOf(error)}` };
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

function isDanglingLink(file: string): boolean {
  return !existsSync(file) && lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** @returns undefined where there is more than may be read: the size that the system names can be wrong */
function readBytes(opened: number): Uint8Array | undefined {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const piece = new Uint8Array(PIECE);
    const read = readSync(opened, piece);
    if (read === 0) return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
    length += read;
    if (length > MOST_BYTES) return undefined;
    pieces.push(piece.subarray(0, read));
  }
}

/** Most documents are read at once. */
const PIECE = 65_536;

/** Whether a file stands in a folder or below it. */
export function isBelow(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** Bytes, of a file or of standard input, to text; the byte order mark stays, because a rule speaks about it. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
