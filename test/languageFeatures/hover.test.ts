import { expect, it } from "vitest";
import { analyse } from "../../server/src/check/analyse.js";
import { hover } from "../../server/src/languageFeatures/hover.js";

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
