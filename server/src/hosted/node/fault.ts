import { messageOf } from "../../messageOf.js";
import type { FetchFault, FetchFaultCode, FetchStage } from "../fetcher.js";

/** Ends an exchange. */
export class Fault extends Error {
  readonly fault: FetchFault;

  constructor(stage: FetchStage, code: FetchFaultCode, detail?: string) {
    super(code);
    this.fault = { stage, code, ...(detail === undefined ? {} : { detail }) };
  }
}

/** @returns `error.code` of Node's errors, else nothing */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** What ended an exchange; an error that no part of it expected is named by its own words. */
export function faultOf(error: unknown): FetchFault {
  if (error instanceof Fault) return error.fault;
  return { stage: "response", code: "exchange-failed", detail: messageOf(error) };
}

/** For the second error of something that has failed already: the first one was reported. */
export function ignoreLateError(): void {}
