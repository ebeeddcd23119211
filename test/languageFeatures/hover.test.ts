import { expect, it } from "vitest";
import { analyse } from "../../server/src/check/analyse.js";
import { hover } from "../../server/src/languageFeatures/hover.js";

/** What the hover of a document's only redirect URI says. */
async function hoverOf(redirectUri: string): Promise<string> {
  const text = JSON.stringify({
    client_id: "https://app.acme.dev/oauth/client.json",
    client_name: "Acme",
    redirect_uris: [redirectUri],
  });
  const character = text.indexOf(redirectUri) + 1;
  return JSON.stringify(
    (await hover(analyse(text, { servers: { mode: "default", verdicts: "all" } }), { line: 0, character }))
      ?.contents,
  );
}

it("a redirect URI says what servers make of it, and older releases where they do otherwise", async () => {
  const said = await hoverOf("http://localhost:3118/callback");
  expect(said).toMatch(/- works with limits: [^\\]*FastMCP 3/);
  expect(said).toContain("- FastMCP 3 before 3.2.0: works");
  expect(said).not.toContain("- FastMCP before");
  expect(await hoverOf("https://app.acme.dev/callback")).not.toContain(" before ");
});

it("tells of entries that verdicts list, and calls none behind them unknown", async () => {
  const redirect_uris = Array.from({ length: 130 }, (_, index) => `https://app.acme.dev/${index}/cb`);
  const text = JSON.stringify({
    client_id: "https://app.acme.dev/c",
    client_name: "Acme",
    redirect_uris,
    token_endpoint_auth_method: "none",
  });
  const analysis = analyse(text);
  const hoverOn = async (index: number) =>
    JSON.stringify(await hover(analysis, { line: 0, character: text.indexOf(`/${index}/cb`) }));
  expect(await hoverOn(99)).toMatch(/Sign-in with this entry:.*works: FastMCP/);
  expect(await hoverOn(100)).toContain("https");
  expect(await hoverOn(100)).not.toContain("Sign-in with this entry");
});
