/** Sent in `initializationOptions`. */
export interface InitializationOptions {
  /** Commands of the client that lenses and code actions may name. */
  readonly clientCommands?: readonly string[] | undefined;
  /** The editor's language where it is not English: translations by the English text (`localisation/messages.ts`). */
  readonly messages?: Readonly<Record<string, string>> | undefined;
}

/** @returns undefined for anything of another shape; members that mean nothing here are left alone */
export function readInitializationOptions(given: unknown): InitializationOptions | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  const { clientCommands, messages }: { clientCommands?: unknown; messages?: unknown } = given;
  const isText = (value: unknown): boolean => typeof value === "string";
  if (clientCommands !== undefined && !(Array.isArray(clientCommands) && clientCommands.every(isText))) {
    return undefined;
  }
  if (messages !== undefined) {
    if (typeof messages !== "object" || messages === null || !Object.values(messages).every(isText)) {
      return undefined;
    }
  }
  return given;
}
