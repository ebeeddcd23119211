import { createInterface } from "node:readline";
import Provider from "oidc-provider";

const { isSpecialUseIP } = await import(
  new URL("./helpers/fetch_request.js", import.meta.resolve("oidc-provider")).href
);

// Nothing but answers goes to standard output.
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

/** The sector identifier document lists everything that it should. */
function redirectUrisIn(body) {
  const text = new TextDecoder().decode(body);
  return JSON.parse(text).redirect_uris ?? [];
}

function words(error) {
  const inner = error.cause?.cause;
  const detail = error.error_detail === "fetch failed" ? inner?.message : error.error_detail;
  return detail === undefined ? error.error_description : `${error.error_description} (${detail})`;
}

async function answer({ url, body, redirectUri }) {
  const bytes = Buffer.from(body, "base64");
  const provider = new Provider("https://as.example", {
    features: { clientIdMetadataDocument: { enabled: true, ack: "draft-02" } },
    fetch: async (target) => {
      await connect(target);
      if (target !== url) return Response.json(redirectUrisIn(bytes));
      return new Response(bytes, { headers: { "content-length": String(bytes.length) } });
    },
  });
  try {
    const client = await provider.Client.find(url);
    if (!client) return { outcome: "refuses", message: "client is invalid (client not found)" };
    if (redirectUri === undefined) return { outcome: "accepts", message: "" };
    const allowed = client.redirectUriAllowed(redirectUri);
    return { outcome: allowed ? "allowed" : "refused", message: "" };
  } catch (error) {
    if (error.error_description === undefined) return { outcome: "crashed", message: String(error) };
    return { outcome: "refuses", message: words(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const { outcome, message } = await answer(request);
  process.stdout.write(`${JSON.stringify({ id: request.id, outcome, message: message.slice(0, 300) })}\n`);
}
