import { altinityMcp } from "./altinityMcp/altinityMcp.js";
import { atproto } from "./atproto/atproto.js";
import { attesto } from "./attesto/attesto.js";
import { auth0 } from "./auth0/auth0.js";
import { authlete } from "./authlete/authlete.js";
import { awsSampleCimdCognito } from "./awsSampleCimdCognito/awsSampleCimdCognito.js";
import { backstage } from "./backstage/backstage.js";
import { betterAuth, betterAuthMcp } from "./betterAuth/betterAuth.js";
import { cimdReader } from "./cimdReader/cimdReader.js";
import { clerk } from "./clerk/clerk.js";
import { mcpPythonSdk } from "./clientLibraries/mcpPythonSdk.js";
import { mcpTypescriptSdk } from "./clientLibraries/mcpTypescriptSdk.js";
import { cloudflareWorkersOauthProvider } from "./cloudflareWorkersOauthProvider/cloudflareWorkersOauthProvider.js";
import { cognito } from "./cognito/cognito.js";
import { djangoOauthToolkit } from "./djangoOauthToolkit/djangoOauthToolkit.js";
import { entra } from "./entra/entra.js";
import { fastmcp } from "./fastmcp/fastmcp.js";
import { fastmcp3 } from "./fastmcp/fastmcp3.js";
import { fastmcpTs } from "./fastmcpTs/fastmcpTs.js";
import { giantswarmMcpOauth } from "./giantswarmMcpOauth/giantswarmMcpOauth.js";
import { graviteeAm } from "./graviteeAm/graviteeAm.js";
import { homeAssistant } from "./homeAssistant/homeAssistant.js";
import { janssen } from "./janssen/janssen.js";
import { keycloak } from "./keycloak/keycloak.js";
import { logto } from "./logto/logto.js";
import { mediawikiMcpServer } from "./mediawikiMcpServer/mediawikiMcpServer.js";
import { nhost } from "./nhost/nhost.js";
import { oidcProvider } from "./oidcProvider/oidcProvider.js";
import { oracleIam } from "./oracleIam/oracleIam.js";
import { pingfederate } from "./pingfederate/pingfederate.js";
import { pomerium } from "./pomerium/pomerium.js";
import { posthog } from "./posthog/posthog.js";
import type { ClientLibrary, ServerProfile } from "./profile.js";
import { qlikCloud } from "./qlikCloud/qlikCloud.js";
import { rauthy } from "./rauthy/rauthy.js";
import { springAuthorizationServer } from "./springAuthorizationServer/springAuthorizationServer.js";
import { tableauMcp } from "./tableauMcp/tableauMcp.js";
import { toolhive } from "./toolhive/toolhive.js";
import { vitemcp } from "./vitemcp/vitemcp.js";
import { workos } from "./workos/workos.js";
import { zeroid } from "./zeroid/zeroid.js";

/** Every authorization server whose behaviour is known, in the order they are listed to people. */
export const SERVERS: readonly ServerProfile[] = [
  fastmcp,
  fastmcp3,
  oidcProvider,
  cloudflareWorkersOauthProvider,
  betterAuth,
  betterAuthMcp,
  atproto,
  logto,
  keycloak,
  djangoOauthToolkit,
  tableauMcp,
  giantswarmMcpOauth,
  altinityMcp,
  posthog,
  auth0,
  cognito,
  awsSampleCimdCognito,
  clerk,
  backstage,
  vitemcp,
  fastmcpTs,
  mediawikiMcpServer,
  pomerium,
  toolhive,
  zeroid,
  graviteeAm,
  rauthy,
  nhost,
  springAuthorizationServer,
  attesto,
  homeAssistant,
  janssen,
  authlete,
  pingfederate,
  oracleIam,
  qlikCloud,
  workos,
  entra,
  cimdReader,
];

/** Libraries on the client's side that check the URL before they use it. */
export const CLIENT_LIBRARIES: readonly ClientLibrary[] = [mcpTypescriptSdk, mcpPythonSdk];

/** @returns the profile with this id, or undefined */
export function serverById(id: string): ServerProfile | undefined {
  return SERVERS.find((server) => server.id === id);
}
