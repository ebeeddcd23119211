/** Libraries that `clientCode` writes for; `mcp-typescript-sdk` is the current major version. */
export const CODE_LIBRARIES = [
  "fastmcp",
  "mcp-python-sdk",
  "mcp-typescript-sdk",
  "mcp-typescript-sdk-1",
  "atproto",
] as const;
export type CodeLibrary = (typeof CODE_LIBRARIES)[number];
