import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { evaluate, match, olderProfile } from "../../server/src/servers/evaluate.js";
import { homeAssistant } from "../../server/src/servers/home-assistant.js";
import type { OlderRelease } from "../../server/src/servers/profile.js";
import { describeProfile, URL_OF_TABLES } from "./support/profileTable.js";

const ELSEWHERE = ["http://localhost/cb"];

describeProfile(homeAssistant, {
  fine: [
    { client_name: 1, token_endpoint_auth_method: "client_secret_basic", grant_types: [] },
    { client_id: "https://app.acme.dev/c", redirect_uris: ["https://app.acme.dev/cb"] },
    { redirect_uris: ["dev.acme.app:/cb"] },
  ],
  cases: {
    "client-id": [
      { url: "acme:client", rule: "client-id/https" },
      { url: "https://app.acme.dev/../c", rule: "client-id/dot-segment" },
      { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
      { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
      { url: "https://app.acme.dev:70000/c", rule: "client-id/port-invalid" },
      { url: "https:///c", rule: "client-id/absolute-url" },
      { url: "https://8.8.8.8/c", rule: "client-id/ip-literal" },
      { url: "https://172.32.0.1/c", rule: "client-id/ip-literal" },
      { url: "https://[2606:4700::1111]:8123/c", rule: "client-id/ip-literal" },
      { url: "https://[::1/c", rule: "client-id/illegal-character" },
    ],
    "metadata-document": [
      { change: { redirect_uris: ELSEWHERE, padding: "x".repeat(10_240) }, rule: "document/size" },
      { change: { redirect_uris: ELSEWHERE }, url: "http://app.acme.dev/c", rule: "client-id/https" },
      { change: { redirect_uris: ELSEWHERE }, url: "https://app.acme.dev", rule: "client-id/path-required" },
      {
        change: { redirect_uris: ELSEWHERE, client_id: "https://app.acme.dev/c" },
        rule: "client-id/url-mismatch",
      },
      { change: { redirect_uris: ELSEWHERE, client_id: undefined }, rule: "client-id/missing" },
      { change: { redirect_uris: undefined }, rule: "redirect-uris/missing" },
      { change: { redirect_uris: [] }, rule: "redirect-uris/empty" },
      { change: { redirect_uris: ELSEWHERE }, url: "https://app.acme.dev/c#", rule: "client-id/fragment" },
      { change: { redirect_uris: ["http://localhost/cb#x"] }, rule: "redirect-uris/fragment" },
      { change: { redirect_uris: [...ELSEWHERE, "/cb"] }, rule: "redirect-uris/absolute" },
      { change: { redirect_uris: [...ELSEWHERE, 1] }, rule: "redirect-uris/type" },
      {
        change: { redirect_uris: [...ELSEWHERE, "http://[::1/cb"] },
        rule: "redirect-uris/illegal-character",
      },
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
      { change: { redirect_uris: ["http://localhost:70000/cb"] }, rule: "redirect-uris/port-invalid" },
      { text: '{"redirect_uris":["http://localhost/cb"],}', rule: "document/trailing-comma" },
      { text: "[]", rule: "document/not-object" },
    ],
    "other-origins": {
      change: {
        redirect_uris: [...ELSEWHERE, "https://app.acme.dev/cb"],
        client_id: "https://app.acme.dev/c",
      },
      rule: "redirect-uris/cross-site",
    },
  },
  matches: [
    ["http://localhost/cb", "http://localhost/cb", true],
    ["http://localhost:5000/cb", "http://localhost/cb", true],
    ["http://localhost:5000/cb", "http://localhost:3000/cb", true],
    ["http://localhost:5000/cb", "http://127.0.0.1/cb", false],
    ["http://localhost:0/cb", "http://localhost/cb", false],
    ["http://LOCALHOST:5000/cb", "http://localhost/cb", false],
    ["https://app.acme.dev:1/cb", "https://app.acme.dev/cb", false],
  ],
  outcomes: [
    ["https://app.acme.dev/callback", "works"],
    ["dev.acme.app:/cb", "works"],
    ["http://localhost/cb", "works"],
    ["http://127.0.0.1:3000/cb", "works"],
    ["http://localhost:*/cb", "never", "redirect-uris/wildcard-port"],
    ["https://*.acme.dev/cb", "never", "redirect-uris/wildcard-host"],
    ["http://localhost/cb#x", "never", "redirect-uris/fragment"],
  ],
});

describe("Home Assistant, whatever is listed", () => {
  const documentWith = (members: object) =>
    new ClientMetadataDocument(JSON.stringify({ client_id: URL_OF_TABLES, ...members }), {
      url: URL_OF_TABLES,
    });
  const listing = documentWith({ redirect_uris: ELSEWHERE });

  it.each([
    ["https://app.acme.dev/anything", "allowed"],
    ["https://APP.acme.dev/anything", "allowed"],
    ["http://app.acme.dev/anything", "refused"],
    ["https://app.acme.dev:443/anything", "refused"],
    ["https://other.acme.dev/cb", "refused"],
  ])("%s: %s", (redirectUri, outcome) => {
    expect(match(homeAssistant, listing, redirectUri).outcome).toBe(outcome);
  });

  it("takes no other port of a client that is on loopback itself", () => {
    const document = { client_id: "http://localhost:5173/c", redirect_uris: ["http://localhost:5173/cb"] };
    const own = new ClientMetadataDocument(JSON.stringify(document));
    expect(match(homeAssistant, own, "http://localhost:5173/cb").outcome).toBe("allowed");
    expect(match(homeAssistant, own, "http://localhost:4711/cb").outcome).toBe("refused");
  });

  it("lets its own apps through", () => {
    const url = "https://home-assistant.io/iOS";
    const document = new ClientMetadataDocument(JSON.stringify({ client_id: url, redirect_uris: ELSEWHERE }));
    expect(match(homeAssistant, document, "homeassistant://auth-callback").outcome).toBe("allowed");
    expect(match(homeAssistant, listing, "homeassistant://auth-callback").outcome).toBe("refused");
  });

  it("before 2026.11.0 compares the port of a loopback redirect", () => {
    const older = olderProfile(homeAssistant, homeAssistant.changes?.[0] as OlderRelease);
    expect(match(older, listing, "http://localhost:5000/cb").outcome).toBe("refused");
    expect(match(older, listing, "http://localhost/cb").outcome).toBe("allowed");
    expect(evaluate(listing, older).signIn).toEqual([{ entry: "http://localhost/cb", outcome: "limited" }]);
  });
});
