import { say } from "../../localisation/say.js";
import { classifyRedirectUri } from "../../redirects/classify.js";
import type { EntryOutcome, RedirectMatching } from "../profile.js";

const LOOPBACK = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(:\d+)?(?:[/?#]|$)/i;

/** The rule about a `*` in a redirect URI that a server cannot read as an address. */
export function wildcardRule(uri: string): string | undefined {
  if (!uri.includes("*")) return undefined;
  const { pattern } = classifyRedirectUri(uri);
  if (!pattern) return undefined;
  if (pattern.form === "malformed") return "redirect-uris/wildcard-malformed";
  const [place] = pattern.places;
  return place === undefined ? undefined : `redirect-uris/wildcard-${place}`;
}

/** What an entry with a `*` is good for where the character stands for itself; undefined without one. */
export function literalWildcard(entry: string, refusal: string): EntryOutcome | undefined {
  const rule = wildcardRule(entry);
  if (rule === undefined) return undefined;
  const path = rule === "redirect-uris/wildcard-path";
  return {
    outcome: path ? "limited" : "never",
    rule,
    message: path
      ? say`${refusal}: a \`*\` in the path stands for itself here.`
      : say`${refusal}: a \`*\` stands for itself here, and no address a browser goes to has one there.`,
  };
}

/** Matching as strings: a loopback redirect is held to its port, and to having none. */
export function comparedAsStrings(refusal: string): RedirectMatching {
  return {
    matches: (redirectUri, entry) => redirectUri === entry,
    refusal: () => refusal,
    entryOutcome(entry): EntryOutcome {
      const wildcard = literalWildcard(entry, refusal);
      if (wildcard) return wildcard;
      const loopback = LOOPBACK.exec(entry);
      if (!loopback) return { outcome: "works" };
      return loopback[1] === undefined
        ? {
            outcome: "limited",
            rule: "redirect-uris/loopback-exact",
            message: say`${refusal}: this server compares whole strings, so the client may not add the port it listens on.`,
          }
        : {
            outcome: "limited",
            rule: "redirect-uris/fixed-loopback-port",
            message: say`${refusal}: this server accepts this port only.`,
          };
    },
  };
}
