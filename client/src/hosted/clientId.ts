const CLIENT_ID = /"client_id"\s*:\s*("(?:[^"\\\r\n]|\\.)*")/d;

/** Where a text has its client identifier URL. */
export interface FoundClientId {
  readonly value: string;
  /** UTF-16 offsets of the literal, quotes included. */
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the client identifier URL in a text, also when the rest of it is broken.
 *
 * @returns the first one; undefined where there is none, or where it has an escape that JSON does not know
 */
export function findClientId(text: string): FoundClientId | undefined {
  const found = CLIENT_ID.exec(text);
  const literal = found?.[1];
  const place = found?.indices?.[1];
  if (literal === undefined || place === undefined) return undefined;
  try {
    return { value: JSON.parse(literal) as string, start: place[0], end: place[1] };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
