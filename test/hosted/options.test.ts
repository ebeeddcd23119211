import { describe, expect, it } from "vitest";
import { discoverSupport } from "../../server/src/api/discoverSupport.js";
import { validateHosted } from "../../server/src/api/validateHosted.js";

/** What a program without types can hand over. */
const WRONG: readonly (readonly [options: unknown, message: string])[] = [
  [{ allowPrivateNetwork: "false" }, "allowPrivateNetwork must be true or false."],
  [{ allowPrivateNetwork: 1 }, "allowPrivateNetwork must be true or false."],
  [{ timeoutSeconds: "5" }, "timeoutSeconds must be a number."],
  [{ proxy: "http://proxy.acme.dev" }, "proxy must be an object with the URL of the proxy."],
  [{ proxy: { url: "http://proxy.acme.dev", strictSSL: "false" } }, "proxy.strictSSL must be true or false."],
  [{ proxy: { url: "http://proxy.acme.dev", noProxy: [1] } }, "proxy.noProxy.0 must be a string."],
  [{ signal: {} }, "signal must be an AbortSignal."],
  [{ fetcher: {} }, "fetcher must be a function."],
  [{ allowPrivateNetworks: false }, "there is no option allowPrivateNetworks."],
  [{ proxy: { url: "http://proxy.acme.dev", strictSsl: false } }, "there is no option proxy.strictSsl."],
  [null, "the options must be an object."],
  ["{}", "the options must be an object."],
];

/** As far as TypeScript knows. */
const untyped = (options: unknown) => options as object;

describe.each([
  ["validateHosted", validateHosted],
  ["discoverSupport", discoverSupport],
] as const)("%s", (name, call) => {
  it.each(WRONG)("with %j throws a TypeError", async (options, message) => {
    await expect(call("https://127.0.0.1/x.json", untyped(options))).rejects.toThrow(
      new TypeError(`${name}: ${message}`),
    );
  });

  it("wants a text for a URL", async () => {
    await expect(call(undefined as never)).rejects.toThrow(
      new TypeError(`${name}: the URL must be a string.`),
    );
  });
});

it.each<[unknown, string]>([
  [{ servers: "all" }, 'servers must be a list of server ids, or "none".'],
  [{ extras: ["keys"] }, "extras.0 must be logo, jwks or links."],
  [
    { rules: { "jwks/private-key": "loud" } },
    "rules.jwks/private-key must be one of error, warning, information, hint, off.",
  ],
  [{ localText: 1 }, "localText must be a string."],
])("validateHosted with %j throws a TypeError", async (options, message) => {
  await expect(validateHosted("https://127.0.0.1/x.json", untyped(options))).rejects.toThrow(
    new TypeError(`validateHosted: ${message}`),
  );
});
