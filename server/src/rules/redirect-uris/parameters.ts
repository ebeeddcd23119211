/** Parameters of the authorization response (RFC 6749 §4.1.2, RFC 9207 §2, OpenID Connect Session Management §3). */
export const RESPONSE_PARAMETERS: ReadonlySet<string> = new Set([
  "code",
  "state",
  "iss",
  "error",
  "error_description",
  "error_uri",
  "session_state",
  "response",
]);

/** The parameters of a query with their places in it. */
function* parametersOf(
  query: string,
): Generator<{ name: string; value: string; start: number; end: number }> {
  let start = 0;
  for (const part of query.split("&")) {
    const equals = part.indexOf("=");
    yield {
      name: equals < 0 ? part : part.slice(0, equals),
      value: equals < 0 ? "" : part.slice(equals + 1),
      start,
      end: start + part.length,
    };
    start += part.length + 1;
  }
}

/** The first parameter whose name is one of the authorization response. */
export function findReserved(text: string) {
  for (const parameter of parametersOf(text)) if (RESPONSE_PARAMETERS.has(parameter.name)) return parameter;
  return undefined;
}

/** The first parameter whose value is an address. */
export function findAddress(text: string) {
  if (!/%3a|:|%2f%2f|\/\//i.test(text)) return undefined;
  for (const parameter of parametersOf(text)) {
    if (/^(?:https?(?::|%3a)|(?:\/|%2f){2})/i.test(parameter.value)) return parameter;
  }
  return undefined;
}
