// Written by `npm run generate` from the recorded runs in test/engines.
import type { Proof } from "./profile.js";

/** The recorded runs that profiles agree with, by the profile's id. */
export const PROOFS: ReadonlyMap<string, Proof> = new Map<string, Proof>([
  [
    "atproto",
    {
      engine: "npm:@atproto/oauth-provider",
      version: "0.22.9",
      cases: 1569,
      date: "2026-12-01",
    },
  ],
  [
    "authhero",
    {
      engine: "npm:authhero",
      version: "9.6.1",
      cases: 1500,
      date: "2026-12-01",
    },
  ],
  [
    "backstage",
    {
      engine: "npm:@backstage/plugin-auth-backend",
      version: "0.31.0",
      cases: 1500,
      date: "2026-12-01",
    },
  ],
  [
    "better-auth",
    {
      engine: "npm:@better-auth/oauth-provider",
      version: "1.7.5",
      cases: 1550,
      date: "2026-12-01",
    },
  ],
  [
    "better-auth-mcp",
    {
      engine: "npm:@better-auth/oauth-provider",
      version: "1.7.5",
      cases: 1552,
      date: "2026-12-01",
    },
  ],
  [
    "cloudflare-workers-oauth-provider",
    {
      engine: "npm:@cloudflare/workers-oauth-provider",
      version: "1.2.3",
      cases: 1501,
      date: "2026-12-01",
    },
  ],
  [
    "community-solid-server",
    {
      engine: "npm:@solid/community-server",
      version: "7.2.0",
      cases: 1500,
      date: "2026-12-01",
    },
  ],
  [
    "directus",
    {
      engine: "npm:@directus/api",
      version: "39.2.1",
      cases: 1500,
      date: "2026-12-01",
    },
  ],
  [
    "django-allauth",
    {
      engine: "pypi:django-allauth",
      version: "65.22.1",
      cases: 1500,
      date: "2026-12-01",
    },
  ],
  [
    "django-oauth-toolkit",
    {
      engine: "pypi:django-oauth-toolkit",
      version: "3.4.1",
      cases: 1502,
      date: "2026-12-01",
    },
  ],
  [
    "fastmcp",
    {
      engine: "pypi:fastmcp",
      version: "4.2.3",
      cases: 1500,
      date: "2026-12-01",
    },
  ],
  [
    "fastmcp-3",
    {
      engine: "pypi:fastmcp",
      version: "3.4.11",
      cases: 1500,
      date: "2026-12-01",
    },
  ],
  [
    "fastmcp-ts",
    {
      engine: "npm:fastmcp",
      version: "4.20.16",
      cases: 1500,
      date: "2026-12-01",
    },
  ],
  [
    "home-assistant",
    {
      engine: "pypi:homeassistant",
      version: "2026.11.0",
      cases: 1500,
      date: "2026-12-01",
    },
  ],
  [
    "keycloak",
    {
      engine: "maven:org.keycloak:keycloak-services",
      version: "26.7.3",
      cases: 1503,
      date: "2026-12-01",
    },
  ],
  [
    "mcp-oauth-server",
    {
      engine: "npm:mcp-oauth-server",
      version: "1.0.0",
      cases: 1500,
      date: "2026-12-01",
    },
  ],
  [
    "mcp-typescript-sdk",
    {
      engine: "npm:@modelcontextprotocol/client",
      version: "2.4.0",
      cases: 801,
      date: "2026-12-01",
    },
  ],
  [
    "nanoidp",
    {
      engine: "pypi:nanoidp",
      version: "3.4.0",
      cases: 1500,
      date: "2026-12-01",
    },
  ],
  [
    "oidc-provider",
    {
      engine: "npm:oidc-provider",
      version: "9.13.3",
      cases: 1539,
      date: "2026-12-01",
    },
  ],
  [
    "spring-authorization-server",
    {
      engine: "maven:org.springframework.security:spring-security-oauth2-authorization-server",
      version: "7.1.2",
      cases: 1500,
      date: "2026-12-01",
    },
  ],
  [
    "toolhive",
    {
      engine: "go:github.com/stacklok/toolhive",
      version: "v0.63.0",
      cases: 1500,
      date: "2026-12-01",
    },
  ],
]);
