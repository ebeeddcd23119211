import { say } from "../localisation/say.js";
import type { ClientKind } from "./wizardAnswers.js";

/** A redirect URI that fits a kind of client. */
export interface RedirectSuggestion {
  readonly uri: string;
  /** One sentence on when to choose it. */
  readonly detail: string;
  /** Whether it is chosen from the start. */
  readonly picked: boolean;
}

/** No port, so that RFC 8252 §7.3 lets the client bind any; two, because no server takes one name for the other. */
const loopbackPair = (): readonly RedirectSuggestion[] => [
  {
    uri: "http://127.0.0.1/callback",
    detail: say`Loopback without a port: the client may use any port (RFC 8252 §7.3).`,
    picked: true,
  },
  {
    uri: "http://localhost/callback",
    detail: say`The same by name: no server accepts one of the two for the other.`,
    picked: true,
  },
];

const portWildcard = (): RedirectSuggestion => ({
  uri: "http://localhost:*/callback",
  detail: say`FastMCP's port wildcard. Several other servers refuse a document that holds one.`,
  picked: false,
});

/**
 * Redirect URIs to start from.
 *
 * @param clientId the client identifier URL, from whose host those of web and atproto clients follow; may be empty
 */
export function suggestRedirectUris(kind: ClientKind, clientId: string): readonly RedirectSuggestion[] {
  const here = URL.parse(clientId) ?? undefined;
  const claimed: readonly RedirectSuggestion[] =
    here?.protocol === "https:"
      ? [
          {
            uri: `${here.origin}/callback`,
            detail: say`On the host that publishes the document.`,
            picked: true,
          },
        ]
      : [];
  switch (kind) {
    case "native":
      return [...loopbackPair(), portWildcard()];
    case "web":
      return claimed;
    case "both":
      return [...loopbackPair(), ...claimed, portWildcard()];
    case "atproto":
      return [...claimed, ...privateUse(here)];
  }
}

/** atproto wants the reversed host name as scheme and one slash (https://atproto.com/specs/oauth, "Clients"). */
function privateUse(clientId: URL | undefined): readonly RedirectSuggestion[] {
  if (!clientId) return [];
  const scheme = clientId.hostname.split(".").reverse().join(".");
  return [
    {
      uri: `${scheme}:/callback`,
      detail: say`For an app on a phone or desktop: the host name, reversed, as URI scheme.`,
      picked: false,
    },
  ];
}
