/** A Content-Type header, taken apart (RFC 9110 §8.3.1). */
export interface MediaType {
  /** `application/json`, lower case. */
  readonly essence: string;
  /** The `charset` parameter, lower case, without quotes. */
  readonly charset: string | undefined;
}

/** @returns undefined when the header is absent or empty */
export function parseMediaType(header: string | undefined): MediaType | undefined {
  const [essence = "", ...parameters] = (header ?? "").split(";").map((part) => part.trim());
  if (essence === "") return undefined;
  const charset = parameters
    .map((parameter) => /^charset\s*=\s*(?!\s)"?([^"]*)"?$/i.exec(parameter)?.[1])
    .find((value) => value !== undefined);
  return { essence: essence.toLowerCase(), charset: charset?.toLowerCase() };
}

/** `application/<something>+json`: a JSON format of its own (RFC 6839 §3.1). */
export function isJsonSuffix({ essence }: MediaType): boolean {
  return essence.startsWith("application/") && essence.endsWith("+json");
}
