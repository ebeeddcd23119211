import Provider from "oidc-provider";
import { answerLines, authorizationRequest, get } from "./node.mjs";

const { isSpecialUseIP } = await import(
  new URL("./helpers/fetch_request.js", import.meta.resolve("oidc-provider")).href
);

for (const name of ["log", "info", "warn", "debug"]) console[name] = () => {};

/** What reaches this dispatcher of Node's fetch would have gone to the network. */
const NO_NETWORK = {
  dispatch() {
    throw new Error("reached the network");
  },
};

/** Why Node's fetch refuses a URL before it connects, by scheme and port. */
const refusals = new Map();

async function refusedByFetch({ protocol, port }) {
  const target = `${protocol}//host.invalid:${port || "443"}/`;
  if (!refusals.has(target)) {
    const error = await fetch(target, { dispatcher: NO_NETWORK }).catch((reason) => reason);
    const { message } = error.cause ?? error;
    refusals.set(target, message === "reached the network" ? undefined : message);
  }
  return refusals.get(target);
}

/** The address that a socket would name as its remote one; names are public. */
function remoteAddress(hostname) {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(hostname)) return hostname;
  if (!hostname.startsWith("[")) return undefined;
  const address = hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(address);
  if (!mapped) return address;
  const [high, low] = mapped.slice(1).map((group) => Number.parseInt(group, 16));
  return `::ffff:${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

async function connect(target) {
  const url = new URL(target);
  const address = remoteAddress(url.hostname);
  const reason =
    (await refusedByFetch(url)) ??
    (address !== undefined && isSpecialUseIP(address)
      ? "hostname resolves to a special-use IP address"
      : undefined);
  if (reason !== undefined) throw new TypeError("fetch failed", { cause: new Error(reason) });
}

function words(error) {
  const inner = error.cause?.cause;
  const detail = error.error_detail === "fetch failed" ? inner?.message : error.error_detail;
  return detail === undefined ? error.error_description : `${error.error_description} (${detail})`;
}

/** The sector identifier document lists everything that it should. */
function redirectUrisIn(body) {
  return JSON.parse(new TextDecoder().decode(body)).redirect_uris ?? [];
}

function providerFor(url, body) {
  return new Provider("https://as.example", {
    features: { clientIdMetadataDocument: { enabled: true, ack: "draft-02" } },
    fetch: async (target) => {
      await connect(target);
      if (target !== url) return Response.json(redirectUrisIn(body));
      return new Response(body, { headers: { "content-length": String(body.length) } });
    },
  });
}

async function load(provider, url) {
  try {
    const client = await provider.Client.find(url);
    return client ? { client } : { refusal: "client is invalid (client not found)" };
  } catch (error) {
    if (error.error_description === undefined) throw error;
    return { refusal: words(error) };
  }
}

/** Asks as a client does that knows its own document: for a response mode that it lists. */
async function authorize(provider, client, url, redirectUri) {
  const modes = client.responseModes ?? [];
  const mode = modes.length === 0 || modes.includes("query") ? {} : { response_mode: modes[0] };
  const query = new URLSearchParams({
    ...authorizationRequest(url, redirectUri),
    scope: "openid",
    ...mode,
  });
  let refusal;
  const remember = (_context, error) => {
    refusal = words(error) ?? error.message;
  };
  for (const event of ["authorization.error", "server_error"]) provider.on(event, remember);
  const { location = "" } = await get(provider.callback(), `/auth?${query}`);
  return new URL(location, "https://as.example").pathname.startsWith("/interaction/")
    ? ["allowed"]
    : ["refused", refusal];
}

await answerLines(async ({ url, body, redirectUri }) => {
  const provider = providerFor(url, body);
  const { client, refusal } = await load(provider, url);
  if (!client) return ["refuses", refusal];
  return redirectUri === undefined ? ["accepts"] : authorize(provider, client, url, redirectUri);
});
