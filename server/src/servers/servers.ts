import { atproto } from "./atproto/atproto.js";
import { betterAuth, betterAuthMcp } from "./betterAuth/betterAuth.js";
import { mcpPythonSdk } from "./clientLibraries/mcpPythonSdk.js";
import { mcpTypescriptSdk } from "./clientLibraries/mcpTypescriptSdk.js";
import { cloudflareWorkersOauthProvider } from "./cloudflareWorkersOauthProvider/cloudflareWorkersOauthProvider.js";
import { fastmcp } from "./fastmcp/fastmcp.js";
import { fastmcp3 } from "./fastmcp/fastmcp3.js";
import { oidcProvider } from "./oidcProvider/oidcProvider.js";
import type { ClientLibrary, ServerProfile } from "./profile.js";

/** Every authorization server whose behaviour is known, in the order they are listed to people. */
export const SERVERS: readonly ServerProfile[] = [
  fastmcp,
  fastmcp3,
  oidcProvider,
  cloudflareWorkersOauthProvider,
  betterAuth,
  betterAuthMcp,
  atproto,
];

/** Libraries on the client's side that check the URL before they use it. */
export const CLIENT_LIBRARIES: readonly ClientLibrary[] = [mcpTypescriptSdk, mcpPythonSdk];

/** @returns the profile with this id, or undefined */
export function serverById(id: string): ServerProfile | undefined {
  return SERVERS.find((server) => server.id === id);
}
