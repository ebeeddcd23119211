import { altinityMcp } from "./altinity-mcp.js";
import { archestra } from "./archestra.js";
import { atproto } from "./atproto/atproto.js";
import { attesto } from "./attesto.js";
import { auth0 } from "./auth0.js";
import { authhero } from "./authhero.js";
import { authlete } from "./authlete.js";
import { awsSampleCimdCognito } from "./aws-sample-cimd-cognito.js";
import { backstage } from "./backstage.js";
import { betterAuth, betterAuthMcp } from "./better-auth/better-auth.js";
import { cimdReader } from "./cimd-reader.js";
import { clerk } from "./clerk.js";
import { mcpPythonSdk } from "./client-libraries/mcp-python-sdk.js";
import { mcpTypescriptSdk } from "./client-libraries/mcp-typescript-sdk.js";
import { cloudflareWorkersOauthProvider } from "./cloudflare-workers-oauth-provider/cloudflare-workers-oauth-provider.js";
import { cognito } from "./cognito.js";
import { communitySolidServer } from "./community-solid-server/community-solid-server.js";
import { directus } from "./directus.js";
import { djangoAllauth } from "./django-allauth/django-allauth.js";
import { djangoOauthToolkit } from "./django-oauth-toolkit/django-oauth-toolkit.js";
import { entra } from "./entra.js";
import { fastmcp } from "./fastmcp/fastmcp.js";
import { fastmcp3 } from "./fastmcp/fastmcp-3.js";
import { fastmcpTs } from "./fastmcp-ts.js";
import { giantswarmMcpOauth } from "./giantswarm-mcp-oauth.js";
import { gram } from "./gram.js";
import { graviteeAm } from "./gravitee-am.js";
import { homeAssistant } from "./home-assistant.js";
import { janssen } from "./janssen.js";
import { keycloak } from "./keycloak/keycloak.js";
import { logto } from "./logto/logto.js";
import { mcpNest } from "./mcp-nest.js";
import { mcpOauthServer } from "./mcp-oauth-server.js";
import { mediawikiMcpServer } from "./mediawiki-mcp-server.js";
import { nanoidp } from "./nanoidp.js";
import { nhost } from "./nhost.js";
import { oidcProvider } from "./oidc-provider/oidc-provider.js";
import { oracleIam } from "./oracle-iam.js";
import { pingfederate } from "./pingfederate.js";
import { pomerium } from "./pomerium.js";
import { posthog } from "./posthog.js";
import type { ClientLibrary, ServerProfile } from "./profile.js";
import { qlikCloud } from "./qlik-cloud.js";
import { rauthy } from "./rauthy.js";
import { servicenow } from "./servicenow.js";
import { springAuthorizationServer } from "./spring-authorization-server/spring-authorization-server.js";
import { tableauMcp } from "./tableau-mcp/tableau-mcp.js";
import { toolhive } from "./toolhive.js";
import { vitemcp } from "./vitemcp.js";
import { workos } from "./workos.js";
import { zeroid } from "./zeroid.js";

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
  djangoAllauth,
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
  mcpOauthServer,
  mcpNest,
  authhero,
  directus,
  communitySolidServer,
  pomerium,
  toolhive,
  zeroid,
  gram,
  archestra,
  graviteeAm,
  rauthy,
  nhost,
  springAuthorizationServer,
  attesto,
  homeAssistant,
  nanoidp,
  janssen,
  authlete,
  pingfederate,
  oracleIam,
  qlikCloud,
  servicenow,
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
