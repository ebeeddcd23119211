import { JoseKey, OAuthProvider } from "@atproto/oauth-provider/provider";
import {
  isLocalHostname,
  oauthAuthorizationRequestParametersSchema,
  oauthClientIdDiscoverableSchema,
} from "@atproto/oauth-types";
import { checkUnicastPolicy, safeFetchWrap, unicastLookup } from "@atproto-labs/fetch-node";
import { answerLines, authorizationRequest } from "./node.mjs";

let document;
let fetched = false;

// zod 3 parses the members of an object at once; of two that throw, the second error belongs to nobody.
process.on("unhandledRejection", (reason) => {
  if (!(reason instanceof TypeError && /oauth-types/.test(reason.stack ?? ""))) throw reason;
});

/** The first request gets the document, the second its key set; the guards on connections come first, as in undici. */
async function answer(request) {
  const url = new URL(request.url);
  const blocked = checkUnicastPolicy(url);
  if (blocked !== undefined) throw new Error(blocked);
  // Node.js looks no address up.
  if (!url.hostname.startsWith("[") && isLocalHostname(url.hostname)) await lookUp(url.hostname);
  const body = fetched ? '{"keys":[]}' : document;
  fetched = true;
  return new Response(body, {
    headers: { "content-type": "application/json", "content-length": String(body.length) },
  });
}

/** The guard on look-ups, asked only about names that it refuses before it looks anything up. */
function lookUp(hostname) {
  return new Promise((resolve, reject) => {
    unicastLookup(hostname, {}, (error) => (error ? reject(error) : resolve()));
  });
}

/** Has every method that a store is asked for at start, knows no clients, and forgets authorization requests. */
const STORE = new Proxy(
  {},
  {
    get(_target, name) {
      if (name === "findClient") return undefined;
      return name === "createRequest" ? () => undefined : () => Promise.reject(new Error(String(name)));
    },
  },
);

const FORGETFUL = { get: () => undefined, set: () => undefined, del: () => undefined };

const provider = new OAuthProvider({
  issuer: "https://as.atproto.dev",
  keyset: [await JoseKey.generate(["ES256"], "k")],
  store: STORE,
  safeFetch: safeFetchWrap({ fetch: (input, init) => answer(new Request(input, init)) }),
  clientJwksCache: FORGETFUL,
  clientMetadataCache: FORGETFUL,
});

/** The innermost words of an error, the first where there are several. */
function words(error, url) {
  const { issues, cause, message } = error;
  const [issue] = issues ?? [];
  if (issue) {
    const place = issue.path.length > 0 ? ` of "${issue.path.join(".")}"` : "";
    return `Validation${place} failed with error: ${issue.message}`;
  }
  if (message === `Invalid client ID "${url}"`)
    return oauthClientIdDiscoverableSchema.safeParse(url).error?.issues[0]?.message ?? message;
  return cause instanceof Error ? words(cause, url) : message;
}

await answerLines(async ({ url, body, redirectUri }) => {
  document = body;
  fetched = false;
  let client;
  try {
    client = await provider.clientManager.getClient(url);
  } catch (error) {
    return ["refuses", words(error, url)];
  }
  if (!fetched) return ["refuses", "a client of the provider's own making"];
  if (redirectUri === undefined) return ["accepts"];
  try {
    const parameters = oauthAuthorizationRequestParametersSchema.parse({
      ...authorizationRequest(client.id, redirectUri),
      scope: "atproto",
    });
    await provider.requestManager.createAuthorizationRequest(client, { method: "none" }, parameters, null);
    return ["allowed"];
  } catch (error) {
    return ["refused", error.issues?.[0]?.message ?? error.message];
  }
});
