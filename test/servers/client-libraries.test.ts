import { auth, isHttpsUrl, type OAuthClientProvider } from "@modelcontextprotocol/sdk/client/auth.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mcpPythonSdk } from "../../server/src/servers/client-libraries/mcp-python-sdk.js";
import { mcpTypescriptSdk } from "../../server/src/servers/client-libraries/mcp-typescript-sdk.js";
import { CLIENT_LIBRARIES } from "../../server/src/servers/servers.js";

const candidate = fc.oneof(
  fc.string(),
  fc.webUrl({ validSchemes: ["https", "http", "HTTPS"], withFragments: true, withQueryParameters: true }),
  fc
    .tuple(
      fc.constantFrom(
        "https://",
        "https:/",
        "https:",
        "http://",
        " https://",
        "HTTPS://",
        "//",
        "https:\\\\",
      ),
      fc.constantFrom("app.example.com", "", "a b", "[::1]", "[::1", "u:p@h", "127.1", "h:443", "h:x"),
      fc.constantFrom("", "/", "//", "/c.json", "/a/..", "/%2e%2e", "/.", "?x", "#x", "/?x", "/;p", "\\"),
    )
    .map((parts) => parts.join("")),
);

/** Runs the SDK's own sign-in against a stubbed authorization server and returns its complaint about the URL. */
async function complaintOfTheSdk(clientMetadataUrl: string): Promise<string | undefined> {
  const issuer = "https://as.example";
  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    response_types_supported: ["code"],
    code_challenge_methods_supported: ["S256"],
    client_id_metadata_document_supported: true,
  };
  const provider: OAuthClientProvider = {
    redirectUrl: "http://localhost/cb",
    clientMetadataUrl,
    clientMetadata: { redirect_uris: ["http://localhost/cb"] },
    clientInformation: () => undefined,
    saveClientInformation: () => undefined,
    tokens: () => undefined,
    saveTokens: () => undefined,
    redirectToAuthorization: () => undefined,
    saveCodeVerifier: () => undefined,
    codeVerifier: () => "verifier",
  };
  const fetchFn = async (url: string | URL) =>
    String(url).includes("oauth-authorization-server")
      ? Response.json(metadata)
      : new Response(null, { status: 404 });
  try {
    await auth(provider, { serverUrl: issuer, fetchFn });
  } catch (error) {
    const { message } = error as Error;
    if (message.startsWith("clientMetadataUrl")) return message;
    throw error;
  }
  return undefined;
}

describe("the MCP TypeScript SDK", () => {
  it("agrees with the library on any URL", () => {
    fc.assert(
      fc.property(candidate, (url) => {
        if (url === "") return;
        expect(mcpTypescriptSdk.refusesUrl(url) === undefined).toBe(isHttpsUrl(url));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    "https://app.example.com/c.json",
    "https://app.example.com/",
    "https://app.example.com/a/..",
    "http://h/c",
    "x",
  ])("says what the library says of %s", async (url) => {
    expect(mcpTypescriptSdk.refusesUrl(url)).toBe(await complaintOfTheSdk(url));
  });

  it("does not refuse no URL", () => {
    expect(mcpTypescriptSdk.refusesUrl("")).toBeUndefined();
  });
});

describe("the MCP Python SDK", () => {
  it.each([
    "https://app.example.com/c.json",
    "HTTPS://app.example.com/c.json",
    "https://app.example.com/a/..",
    "https://app.example.com//",
    "https://u:p@app.example.com:1/c?q#f",
    "https:/c.json",
    " https://app.example.com/c.json",
  ])("takes %j", (url) => {
    expect(mcpPythonSdk.refusesUrl(url)).toBeUndefined();
  });

  it.each([
    "",
    "http://app.example.com/c.json",
    "https://app.example.com",
    "https://app.example.com/",
    "https://app.example.com/?q",
    "https://app.example.com/;p",
    "https://[::1/c.json",
    "app.example.com/c.json",
  ])("refuses %j", (url) => {
    expect(mcpPythonSdk.refusesUrl(url)).toBe(
      `client_metadata_url must be a valid HTTPS URL with a non-root pathname, got: ${url}`,
    );
  });
});

it("lists both", () => {
  expect(CLIENT_LIBRARIES).toEqual(expect.arrayContaining([mcpTypescriptSdk, mcpPythonSdk]));
});
