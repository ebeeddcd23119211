import { languageServersBelow } from "../languageServerProcesses.js";

export * from "./editor.js";

/** @returns the process ids of the language servers that this extension host has started */
export function languageServerProcesses(): number[] {
  return languageServersBelow(process.pid);
}
