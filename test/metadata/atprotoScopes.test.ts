import { isAtprotoOauthScope } from "@atproto/oauth-scopes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atprotoPermission, atprotoScopeFault } from "../../server/src/metadata/atprotoScopes.js";

/** What the engine says of a scope; it throws over percent-encoding that it cannot read. */
function engineKnows(scope: string): boolean {
  try {
    return isAtprotoOauthScope(scope);
  } catch {
    return false;
  }
}

const oneOf = (text: string) => fc.constantFrom(...text.split(" "));

const resource = oneOf("repo rpc blob account identity include transition repos Repo atproto service");
const key = fc.oneof(
  { weight: 8, arbitrary: oneOf("collection action lxm aud accept attr nsid") },
  { weight: 1, arbitrary: oneOf("Action ?action ?aud act%69on scope") },
);
const value = fc.oneof(
  oneOf(
    "* create update delete read manage email repo status handle generic chat.bsky app.bsky.feed.post com.example.a-b",
  ),
  oneOf(
    "com.example com..example a.b.c a.b.1c 1a.b.c -a.b.c app.bsky.feed.post.* com.example.récord c%6fm.example.x app+x.y.z",
  ),
  oneOf("*/* image/* image/png image image/ /png a/b/c im*ge/* image/p*g video%2Fmp4 a%20b/c"),
  oneOf(
    "did:web:api.bsky.app#bsky_appview did:web:api.bsky.app%23bsky_appview did:web:api.bsky.chat did:web:a.dev:path%23x did:web:a.dev%253A80%23x",
  ),
  oneOf(
    "did:web:localhost%253A3000%23x did:web:localhost%23x did:web:1.2.3.999%23x did:plc:ewvi7nxzyoun6zhxrhs64oiz%23atproto_labeler did:plc:ewvi7nxzyoun6zhxrhs64oi1%23x did:key:z6Mk%23x",
  ),
  oneOf("% %zz %E0%A4%A creat Read creat%65 action=create &"),
  fc.constant(""),
);
const pair = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(key, value).map(([name, text]) => `${name}=${text}`) },
  { weight: 1, arbitrary: key },
  { weight: 1, arbitrary: fc.constant("") },
);

const sometimes = fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

/** Permissions as they are meant, now and then with another value. */
const meant = fc
  .tuple(
    fc.constantFrom(
      ["repo:", "app.bsky.feed.post", "?action=", "create"],
      ["repo?collection=", "*", "&action=", "delete"],
      ["rpc:", "app.bsky.feed.getFeed", "?aud=", "did:web:api.bsky.app#bsky_appview"],
      ["rpc?lxm=", "*", "&aud=", "*"],
      ["blob:", "image/*", "", ""],
      ["blob?accept=", "*/*", "&accept=", "text/html"],
      ["account:", "email", "?action=", "manage"],
      ["identity:", "handle", "", ""],
      ["include:", "com.example.authFull", "?aud=", "did:web:a.dev%23svc"],
    ),
    sometimes,
    sometimes,
  )
  .map(([[head, first, tail, second], other, another]) =>
    [head, other ?? first, tail, tail === "" ? "" : (another ?? second)].join(""),
  );

const free = fc
  .tuple(resource, fc.option(value), fc.option(fc.array(pair, { maxLength: 3 })))
  .map(
    ([name, positional, pairs]) =>
      name + (positional === null ? "" : `:${positional}`) + (pairs === null ? "" : `?${pairs.join("&")}`),
  );

const scope = fc.oneof(meant, free);

describe("scopes of atproto", () => {
  it("are those that the engine knows, in 2,000 generated scopes", () => {
    const scopes = fc.sample(scope, { seed: 20261201, numRuns: 2000 });
    const known = scopes.filter(engineKnows);
    expect(known.length).toBeGreaterThan(400);
    expect(scopes.length - known.length).toBeGreaterThan(400);
    const different = scopes.filter((one) => engineKnows(one) !== (atprotoScopeFault(one) === undefined));
    expect(different).toEqual([]);
  });

  it("point into the scope where they have a fault", () => {
    const scopes = fc.sample(scope, { seed: 1, numRuns: 2000 });
    for (const one of scopes) {
      const fault = atprotoScopeFault(one);
      if (!fault) continue;
      expect(fault.start, one).toBeGreaterThanOrEqual(0);
      expect(fault.end, one).toBeGreaterThan(fault.start);
      expect(fault.end, one).toBeLessThanOrEqual(one.length);
    }
  });

  it.each([
    ["transition:generc", "unknown", "transition:generc"],
    ["email", "unknown", "email"],
    ["repo:app.bsky.feed.post?action=creat", "value", "creat"],
    ["repo:app.bsky", "value", "app.bsky"],
    ["repo", "missing", "repo"],
    ["repo:a.b.c?actoin=create", "parameter", "actoin"],
    ["repo:a.b.c?collection=d.e.f", "twice", "collection=d.e.f"],
    ["rpc:a.b.c", "missing", "rpc:a.b.c"],
    ["rpc:a.b.c?aud=did:web:api.bsky.chat", "no-service", "did:web:api.bsky.chat"],
    ["rpc:a.b.c?aud=api.bsky.chat", "value", "api.bsky.chat"],
    ["rpc:a.b.c?aud=*&aud=*", "repeated", "aud=*"],
    ["rpc:*?aud=*", "all-of-all", "rpc:*?aud=*"],
    ["blob:images", "value", "images"],
    ["repo:a.b.%zz", "encoding", "a.b.%zz"],
  ])("%s: %s at %s", (written, kind, place) => {
    const fault = atprotoScopeFault(written);
    expect(fault?.kind).toBe(kind);
    expect(written.slice(fault?.start, fault?.end)).toBe(place);
  });

  it("say what they ask for", () => {
    expect(atprotoPermission("rpc?lxm=a.b.c&lxm=a.b.d&aud=*")).toEqual({
      resource: "rpc",
      values: new Map([
        ["lxm", ["a.b.c", "a.b.d"]],
        ["aud", ["*"]],
      ]),
    });
    expect(atprotoPermission("transition:generic")).toBeUndefined();
    expect(atprotoPermission("rpc:a.b.c")).toBeUndefined();
  });
});
