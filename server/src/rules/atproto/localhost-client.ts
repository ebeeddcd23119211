import { serverRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";

export const localhostClient = serverRule({
  id: "atproto/localhost-client",
  title: "The development client has no document",
  why: "A client_id that starts with http://localhost stands for metadata that atproto servers make up from the URL itself.",
  sameAs: ["client-id/special-use-host"],
  sentence:
    "atproto servers never fetch a document for the client `http://localhost`: its redirect URIs and scope go into the query, as in http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%2Fcallback&scope=atproto. Delete the file, or deploy it to a public https host.",
  bad: [atprotoExample('"client_id": "http://«localhost»/?scope=atproto"')],
  good: [atprotoExample("")],
});
