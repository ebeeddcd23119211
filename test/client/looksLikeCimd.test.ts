import { describe, expect, it } from "vitest";
import { looksLikeCimd } from "../../client/src/association/looksLikeCimd.js";

const DOCUMENT = {
  client_id: "https://app.acme.dev/oauth/client-metadata.json",
  client_name: "Acme",
  redirect_uris: ["https://app.acme.dev/callback"],
};

describe("looksLikeCimd", () => {
  it.each([
    ["compact", JSON.stringify(DOCUMENT)],
    ["indented", JSON.stringify(DOCUMENT, undefined, 4)],
    ["broken behind", `${JSON.stringify(DOCUMENT).slice(0, -10)}`],
  ])("knows a document, %s", (_, text) => {
    expect(looksLikeCimd(text)).toBe(true);
  });

  it.each([
    ["a client_id that is no URL", { ...DOCUMENT, client_id: "my-client" }],
    ["a client_id without a path", { ...DOCUMENT, client_id: "https://app.acme.dev" }],
    ["no redirect_uris", { client_id: DOCUMENT.client_id }],
    ["another file", { name: "acme", dependencies: { jose: "^6.0.0" } }],
    ["a file far too long", { ...DOCUMENT, filler: "x".repeat(70_000) }],
  ])("leaves alone %s", (_, value) => {
    expect(looksLikeCimd(JSON.stringify(value))).toBe(false);
  });
});
