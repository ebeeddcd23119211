import { answerLines } from "./node.mjs";

const ISSUER = "https://as.example";
const METADATA = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  response_types_supported: ["code"],
  code_challenge_methods_supported: ["S256"],
  client_id_metadata_document_supported: true,
};

const fetchFn = async (url) =>
  String(url).includes("oauth-authorization-server")
    ? Response.json(METADATA)
    : new Response(null, { status: 404 });

/**
 * Answers with what the SDK makes of the URL that a client gives it as its own.
 *
 * @param auth the SDK's function
 */
export function answerWith(auth) {
  return answerLines(async ({ url: clientMetadataUrl }) => {
    let told;
    const provider = {
      redirectUrl: "http://localhost/cb",
      clientMetadataUrl,
      clientMetadata: { redirect_uris: ["http://localhost/cb"] },
      clientInformation: () => undefined,
      saveClientInformation: () => {},
      tokens: () => undefined,
      saveTokens: () => {},
      redirectToAuthorization: (url) => {
        told = url.searchParams.get("client_id");
      },
      saveCodeVerifier: () => {},
      codeVerifier: () => "verifier",
    };
    try {
      await auth(provider, { serverUrl: ISSUER, fetchFn });
    } catch (error) {
      if (!error.message.startsWith("clientMetadataUrl")) throw error;
      return ["refuses", error.message];
    }
    if (told !== clientMetadataUrl) throw new Error(`The request names ${told}.`);
    return ["accepts"];
  });
}
