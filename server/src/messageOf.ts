import { describeValue } from "./document/valueText.js";

/** @returns the message of whatever was thrown */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : describeValue(error, { quotes: false });
}

/** @returns the same for a log: with the places in the code, where they are known */
export function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
}
