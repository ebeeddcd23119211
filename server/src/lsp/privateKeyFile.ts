import { writeFile } from "node:fs/promises";
import type { WritePrivateKey } from "./keyRequests.js";

/** Only the person who asked for the key may read it. */
const OWNER_ONLY = 0o600;

/** Writes a private key to a new file. */
export const writePrivateKey: WritePrivateKey = (file, text) =>
  writeFile(file, text, { mode: OWNER_ONLY, flag: "wx" });
