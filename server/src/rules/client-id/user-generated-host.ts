import { say } from "../../localisation/say.js";
import { cimd } from "../../specifications/sources.js";
import { hostRange } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

/** Suffixes under which people who do not know each other get names, and whether the name is short-lived. */
const SHARED: readonly { readonly suffix: string; readonly tunnel: boolean }[] = [
  ...[
    "github.io",
    "gitlab.io",
    "vercel.app",
    "netlify.app",
    "pages.dev",
    "workers.dev",
    "web.app",
    "firebaseapp.com",
    "onrender.com",
    "fly.dev",
    "herokuapp.com",
    "azurewebsites.net",
    "azurestaticapps.net",
    "cloudfront.net",
    "amazonaws.com",
    "surge.sh",
    "glitch.me",
    "replit.app",
    "repl.co",
    "deno.dev",
    "up.railway.app",
    "lovable.app",
  ].map((suffix) => ({ suffix, tunnel: false })),
  ...[
    "ngrok.io",
    "ngrok.app",
    "ngrok-free.app",
    "ngrok-free.dev",
    "ngrok.dev",
    "trycloudflare.com",
    "loca.lt",
    "lhr.life",
    "serveo.net",
    "devtunnels.ms",
    "tunnelmole.net",
    "localhost.run",
  ].map((suffix) => ({ suffix, tunnel: true })),
];

export const userGeneratedHost = clientIdRule({
  id: "client-id/user-generated-host",
  severity: "hint",
  title: "client_id is on a domain of your own",
  why: "Whoever controls the URL is the client. A name under a shared host can be given to somebody else once you let it go.",
  sources: [cimd("9.3")],
  bad: [
    '"client_id": "https://«acme.github.io»/client", "redirect_uris": ["https://acme.github.io/callback"]',
    '"client_id": "https://«a1b2.ngrok-free.app»/client", "redirect_uris": ["https://a1b2.ngrok-free.app/callback"]',
  ],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  test({ parts }) {
    const host = parts.host?.toLowerCase() ?? "";
    const shared = SHARED.find(({ suffix }) => host.endsWith(`.${suffix}`));
    if (!shared) return undefined;
    return shared.tunnel
      ? {
          ...hostRange(parts),
          severity: "warning",
          message: say`A tunnel's name changes or goes to somebody else, and with it the client's identity (CIMD draft-03 §9.3). Use it for tests only.`,
        }
      : {
          ...hostRange(parts),
          message: say`The client's identity is only as lasting as this name under ${shared.suffix} (CIMD draft-03 §9.3). A domain of your own stays yours.`,
        };
  },
});
