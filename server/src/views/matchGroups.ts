/** What servers do with the redirect URI of a request, in the order in which it is told. */
export const MATCH_GROUPS = ["allowed", "listed-exactly", "refused", "document-refused", "unknown"] as const;
export type MatchGroup = (typeof MATCH_GROUPS)[number];
