// Written by `npm run generate` from the recorded runs in test/engines.
import type { Proof } from "./profile.js";

/** The recorded runs that profiles agree with, by the profile's id. */
export const PROOFS: ReadonlyMap<string, Proof> = new Map<string, Proof>([
  [
    "atproto",
    {
      engine: "npm:@atproto/oauth-provider",
      version: "0.22.9",
      cases: 1565,
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
      cases: 1551,
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
    "mcp-typescript-sdk",
    {
      engine: "npm:@modelcontextprotocol/client",
      version: "2.4.0",
      cases: 801,
      date: "2026-12-01",
    },
  ],
  [
    "oidc-provider",
    {
      engine: "npm:oidc-provider",
      version: "9.13.3",
      cases: 1541,
      date: "2026-12-01",
    },
  ],
]);
