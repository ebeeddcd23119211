import { breakage } from "../../document/breakage.js";
import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { say } from "../../localisation/say.js";
import type { Finding } from "../../rules/problem.js";
import type { ServerProfile } from "../../servers/profile.js";
import { type ConsentView, SPECIFICATION_SCREEN } from "./consentView.js";
import { flow } from "./flow.js";
import { consentRequest, type RequestChoices, takesPort } from "./request.js";
import { atprotoScreen } from "./screens/atproto.js";
import { cloudflareScreen } from "./screens/cloudflareWorkersOauthProvider.js";
import { fastmcpScreen } from "./screens/fastmcp.js";
import { screenFromFacts } from "./screens/fromFacts.js";
import { keycloakScreen } from "./screens/keycloak.js";
import { logtoScreen } from "./screens/logto.js";
import type { DrawScreen } from "./screens/screen.js";
import { specificationScreen } from "./screens/specification.js";
import { trustFacts } from "./trustFacts.js";

/** A chooser or a fact list longer than this helps nobody; documents have a handful of entries. */
const MAX_ENTRIES = 200;

/**
 * Builds everything the consent preview shows, from the text as it stands. Pure; never throws for any document.
 *
 * @param document the draft
 * @param findings its problems, for the states and links of the flow
 * @param choices what the person chose; unknown servers and missing entries fall back to the first there is
 * @param servers the known authorization servers
 */
export function buildConsentView(
  document: ClientMetadataDocument,
  findings: readonly Finding[],
  choices: RequestChoices,
  servers: readonly ServerProfile[],
): ConsentView {
  const screens = drawable(servers);
  const chosen = screens.get(choices.server) ?? screens.get(SPECIFICATION_SCREEN) ?? neutral();
  const request = consentRequest(document, choices);
  const { style, blocks, leavesOut, basis, insteadWhenRefused } = chosen.draw(document, request);
  const broken = breakage(document);
  const steps = flow(document, request, findings, chosen.profile);
  const refused =
    chosen.profile !== undefined && steps.some(({ id, state }) => id !== "authorize" && state === "failed");
  const logoUri = blocks.some(({ kind }) => kind === "logo") ? document.string("logo_uri")?.value : undefined;
  return {
    ...(broken ? { broken } : {}),
    screen: {
      style,
      server: { id: chosen.id, name: chosen.name, version: chosen.profile?.version ?? "" },
      blocks,
      ...(refused
        ? {
            unreached: [
              say`${chosen.name} refuses the document, so nobody sees this screen there.`,
              insteadWhenRefused,
            ]
              .filter(Boolean)
              .join(" "),
          }
        : {}),
      ...(logoUri?.startsWith("https://") ? { logoUri } : {}),
      notShown: leavesOut.filter((member) => document.has(member)),
      basis,
      evidence: (chosen.profile?.evidence ?? []).map(({ what, url }) => ({ what, url })),
    },
    servers: listed(screens),
    redirects: document.redirects
      .slice(0, MAX_ENTRIES)
      .map(({ index, uri }) => ({ index, uri: uri.raw, kind: uri.kind, takesPort: takesPort(uri) })),
    choices: {
      server: chosen.id,
      redirectIndex: request.entry?.index ?? 0,
      port: request.port,
      scopes: request.scopes.join(" "),
      mcpServerName: request.mcpServerName,
    },
    facts: trustFacts(document, request),
    flow: steps,
  };
}

/** The servers whose consent screen can be shown, in the order of the chooser, and the neutral screen among them. */
export function consentServers(servers: readonly ServerProfile[]): { id: string; name: string }[] {
  return listed(drawable(servers));
}

function listed(screens: ReadonlyMap<string, Drawable>): { id: string; name: string }[] {
  return [...screens.values()].map(({ id, name }) => ({ id, name }));
}

interface Drawable {
  readonly id: string;
  readonly name: string;
  readonly profile: ServerProfile | undefined;
  readonly draw: DrawScreen;
}

const neutral = (): Drawable => ({
  id: SPECIFICATION_SCREEN,
  name: say`Any server (specifications)`,
  profile: undefined,
  draw: specificationScreen,
});

/** Screens of servers whose page was read closely enough to follow it. */
const READ_PAGES: ReadonlyMap<string, DrawScreen> = new Map([
  ["fastmcp", fastmcpScreen],
  ["fastmcp-3", fastmcpScreen],
  ["cloudflare-workers-oauth-provider", cloudflareScreen],
  ["logto", logtoScreen],
  ["keycloak", keycloakScreen],
  ["atproto", atprotoScreen],
]);

/** Servers with a screen, by id, in the order of the chooser: FastMCP, the neutral one, then the others. */
function drawable(servers: readonly ServerProfile[]): ReadonlyMap<string, Drawable> {
  const found: Drawable[] = servers.flatMap((profile) => {
    const draw = READ_PAGES.get(profile.id) ?? screenFromFacts(profile);
    return draw ? [{ id: profile.id, name: profile.name, profile, draw }] : [];
  });
  if (!found.some(({ id }) => id === "fastmcp")) {
    found.unshift({ id: "fastmcp", name: "FastMCP", profile: undefined, draw: fastmcpScreen });
  }
  const first = found.filter(({ draw }) => draw === fastmcpScreen);
  const rest = found.filter(({ draw }) => draw !== fastmcpScreen);
  return new Map([...first, neutral(), ...rest].map((entry) => [entry.id, entry]));
}
