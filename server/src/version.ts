import manifest from "../package.json" with { type: "json" };

/** The version of the language server, the command line and the npm API. */
export const VERSION: string = manifest.version;
