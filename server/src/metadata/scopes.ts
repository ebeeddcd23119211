import { atproto, oidcCore, type Source, solidOidc } from "../specifications/sources.js";

/** A scope that a specification gives a meaning. */
export interface KnownScope {
  readonly value: string;
  /** What asking for it means; one sentence. */
  readonly summary: string;
  readonly spec: Source;
  /** Who asks for it; everybody where it is absent. */
  readonly audience?: "atproto" | "solid";
}

const claims = oidcCore("5.4", "ScopeClaims");

/** Scopes whose meaning does not depend on the server, in the order in which they are offered. */
export const KNOWN_SCOPES: readonly KnownScope[] = [
  {
    value: "atproto",
    summary: "Sign-in with an atproto account; every atproto client asks for it.",
    spec: atproto,
    audience: "atproto",
  },
  {
    value: "transition:generic",
    summary: "Nearly all that an app password allows, without direct messages.",
    spec: atproto,
    audience: "atproto",
  },
  {
    value: "transition:chat.bsky",
    summary: "Bluesky's direct messages; goes together with `transition:generic`.",
    spec: atproto,
    audience: "atproto",
  },
  {
    value: "transition:email",
    summary: "The account's e-mail address.",
    spec: atproto,
    audience: "atproto",
  },
  {
    value: "webid",
    summary: "An ID token with the person's WebID, which Solid servers need.",
    spec: solidOidc("7", "webid-scope"),
    audience: "solid",
  },
  {
    value: "openid",
    summary: "Sign-in with OpenID Connect: the client gets an ID token that says who the person is.",
    spec: oidcCore("3.1.2.1", "AuthRequest"),
  },
  { value: "profile", summary: "The person's name, picture and the like, as claims.", spec: claims },
  {
    value: "email",
    summary: "The person's e-mail address and whether it is verified, as claims.",
    spec: claims,
  },
  {
    value: "offline_access",
    summary: "A refresh token, so that the client can go on while the person is away.",
    spec: oidcCore("11", "OfflineAccess"),
  },
  { value: "address", summary: "The person's postal address, as a claim.", spec: claims },
  {
    value: "phone",
    summary: "The person's phone number and whether it is verified, as claims.",
    spec: claims,
  },
];

const byValue = new Map(KNOWN_SCOPES.map((scope) => [scope.value, scope]));

/** A scope with a known meaning, or undefined: most scopes mean what their server says. */
export function scopeByValue(value: string): KnownScope | undefined {
  return byValue.get(value);
}
