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
  expect(said).toMatch(/- works with limits \(\d+\): /);
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
  expect(await hoverOn(99)).toMatch(/Sign-in with this entry:.*works \(\d+\): FastMCP/);
  expect(await hoverOn(100)).toContain("https");
  expect(await hoverOn(100)).not.toContain("Sign-in with this entry");
});

/** What is under the `|` of some members: the text that is underlined, and what is said of it. */
async function hoverAt(marked: string): Promise<readonly [underlined: string, said: string]> {
  const text = marked.replace("|", "");
  const analysis = analyse(text, { servers: { mode: "none" } });
  const { range, contents } = (await hover(analysis, { line: 0, character: marked.indexOf("|") })) ?? {};
  return [text.slice(range?.start.character, range?.end.character), JSON.stringify(contents)];
}

it.each([
  ['{ "grant_types": ["authorization_code", "refresh|_token"] }', '"refresh_token"', "renews access"],
  ['{ "application_type": "nat|ive" }', '"native"', "user's machine"],
  ['{ "token_endpoint_auth_method": "no|ne" }', '"none"', "Public client"],
  ['{ "token_endpoint_auth_method": "client_secret|_post" }', '"client_secret_post"', "not allowed"],
  ['{ "scope": "openid off|line_access" }', "offline_access", "refresh token"],
  ['{ "scope": "atproto tran|sition:generic" }', "transition:generic", "app password"],
  ['{ "jwks": { "keys": [{ "kty": "E|C" }] } }', '"EC"', "elliptic curve"],
])("a value says what it means: %s", async (marked, underlined, meaning) => {
  const [place, said] = await hoverAt(marked);
  expect(place).toBe(underlined);
  expect(said).toContain(meaning);
});

it.each([
  ['{ "grant|_types": ["refresh_token"] }', '"grant_types"'],
  ['{ "scope": "mcp:to|ols" }', '"mcp:tools"'],
  ['{ "grant_types": ["urn:ac|me"] }', '["urn:acme"]'],
])("where a value has no meaning of its own the member is explained: %s", async (marked, underlined) => {
  expect((await hoverAt(marked))[0]).toBe(underlined);
});

it("a redirect URI takes few lines, whoever is asked, and the view has the rest", async () => {
  for (const redirectUri of [
    "http://localhost:3118/callback",
    "http://localhost:*/callback",
    "dev.acme:/cb",
  ]) {
    const text = JSON.stringify({ client_id: "https://app.acme.dev/c", redirect_uris: [redirectUri] });
    const analysis = analyse(text, {
      servers: { mode: "default", verdicts: "all" },
      rules: { "*": "off" },
    });
    const position = { line: 0, character: text.indexOf(redirectUri) + 1 };
    const commands = new Set(["cimd.showCompatibility"]);
    const { contents } = (await hover(analysis, position, commands)) ?? {};
    const lines = (contents as { value: string }).value.split("\n").filter((line) => line !== "");
    expect(lines.length).toBeLessThanOrEqual(10);
    for (const line of lines.filter((text) => text.startsWith("- "))) expect(line.length).toBeLessThan(150);
    expect(lines.at(-1)).toContain("command:cimd.showCompatibility");
    expect(JSON.stringify(await hover(analysis, position))).not.toContain("command:");
  }
});
