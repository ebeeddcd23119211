import { init } from "authhero";
import { answerLines, authorizationRequest, stubFetchConnections } from "./node.mjs";

for (const name of ["log", "info", "warn", "debug", "error"]) console[name] = () => {};

let body;
stubFetchConnections(() => body);

const TENANT = {
  id: "acme",
  friendly_name: "Acme",
  flags: { client_id_metadata_document_registration: true },
};

/** Of a kind of entity, nothing is stored; what is created is what it was. */
const EMPTY = {
  get: () => Promise.resolve(null),
  getByClientId: () => Promise.resolve(null),
  list: () => Promise.resolve([]),
  create: (_tenant, entity) => Promise.resolve({ id: "1", ...entity }),
};

/** A database in which there is one tenant. */
const dataAdapter = {
  ...Object.fromEntries(
    ["clients", "keys", "loginSessions", "sessions", "users"].map((name) => [name, EMPTY]),
  ),
  tenants: { ...EMPTY, get: () => Promise.resolve(TENANT) },
  connections: { ...EMPTY, list: () => Promise.resolve({ connections: [] }) },
};

const { oauthApp } = init({ dataAdapter });
const ENVIRONMENT = { data: dataAdapter, ISSUER: "https://as.test/" };

/** @returns where the request is sent on to, or what is wrong with it */
async function authorize(parameters) {
  const query = new URLSearchParams({ ...parameters, scope: "openid", state: "state-of-the-client" });
  const answer = await oauthApp.request(
    `https://as.test/authorize?${query}`,
    { headers: { "tenant-id": TENANT.id } },
    { ...ENVIRONMENT },
  );
  const location = answer.headers.get("location");
  if (location !== null) return { location };
  const text = await answer.text();
  if (answer.status >= 500) throw new Error(text);
  return { refusal: text.startsWith("{") ? JSON.parse(text).message : text };
}

await answerLines(async ({ url, body: bytes, redirectUri }) => {
  body = bytes;
  const { redirect_uri: _, ...withoutRedirect } = authorizationRequest(url);
  const loaded = await authorize(withoutRedirect);
  if (loaded.refusal !== undefined) return ["refuses", loaded.refusal];
  if (redirectUri === undefined) return ["accepts"];
  if (redirectUri === "") return ["refused", "An empty redirect_uri counts as none"];
  const { location, refusal } = await authorize(authorizationRequest(url, redirectUri));
  return location?.startsWith("/u/login/") ? ["allowed"] : ["refused", refusal ?? location];
});
