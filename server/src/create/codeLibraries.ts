/** Libraries that `clientCode` writes for. */
export const CODE_LIBRARIES = ["fastmcp", "mcp-python-sdk", "mcp-typescript-sdk", "atproto"] as const;
export type CodeLibrary = (typeof CODE_LIBRARIES)[number];
