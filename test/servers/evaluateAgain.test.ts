import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { constraint, onMembers, onUrl } from "../../server/src/servers/behaviours/constraintKinds.js";
import { goMember } from "../../server/src/servers/behaviours/goJson.js";
import { evaluate } from "../../server/src/servers/evaluate.js";
import { evaluateAgain } from "../../server/src/servers/evaluateAgain.js";
import { changesBetween } from "../../server/src/servers/memberReads.js";
import type { Constraint, ServerProfile } from "../../server/src/servers/profile.js";
import { SERVERS, serverById } from "../../server/src/servers/servers.js";

/*
 * Here the cases that a generator seldom meets; `test/fuzz/targets/sequences.ts` holds all servers to the same on whatever
 * texts follow each other.
 */

const MEMBERS = {
  client_id: "https://app.acme.dev/client.json",
  client_name: "Acme",
  redirect_uris: ["https://app.acme.dev/callback"],
  token_endpoint_auth_method: "none",
};

type Text = string | Readonly<Record<string, unknown>>;

function read(text: Text, url?: string): ClientMetadataDocument {
  return new ClientMetadataDocument(typeof text === "string" ? text : JSON.stringify(text), { url });
}

/** A server that makes these demands and no others. */
function serverWith(...constraints: Constraint[]): ServerProfile {
  const [some] = SERVERS as readonly [ServerProfile, ...ServerProfile[]];
  return { ...some, id: "acme", constraints };
}

/** Judges two texts, one after the other. */
function inSequence(server: ServerProfile, before: ClientMetadataDocument, after: ClientMetadataDocument) {
  const evaluation = evaluateAgain(before, server);
  const changes = changesBetween(before, after);
  return { evaluation, again: evaluateAgain(after, server, changes && { evaluation, changes }) };
}

/** How often constraints have looked at a document. */
function counting(): { looks: string[]; demand: (member: string) => Constraint } {
  const looks: string[] = [];
  return {
    looks,
    demand: (member) =>
      onMembers("kept", { id: member, rule: "document/wrong-type" }, (members, report) => {
        looks.push(member);
        if (members[member] === "bad") report(`${member} is bad`, `/${member}`);
      }),
  };
}

describe("the next text of a document", () => {
  it("is asked about what the edit touches, and nothing else", () => {
    const { looks, demand } = counting();
    const server = serverWith(demand("client_name"), demand("scope"));
    const { evaluation, again } = inSequence(
      server,
      read(MEMBERS),
      read({ ...MEMBERS, client_name: "Acme Desktop" }),
    );
    expect(looks).toEqual(["client_name", "scope", "client_name"]);
    expect(again).toBe(evaluation);
  });

  it("has a new verdict where an answer changes", () => {
    const { demand } = counting();
    const server = serverWith(demand("client_name"), demand("scope"));
    const after = read({ ...MEMBERS, scope: "bad" });
    const { evaluation, again } = inSequence(server, read(MEMBERS), after);
    expect(evaluation.verdict.reasons).toEqual([]);
    expect(again.verdict).toEqual(evaluate(after, server));
    expect(again.verdict.reasons).toMatchObject([{ message: "scope is bad", pointer: "/scope" }]);
  });

  it("has new sign-ins where only the redirects change", () => {
    const fastmcp = serverById("fastmcp") as ServerProfile;
    const after = read({ ...MEMBERS, redirect_uris: ["https://app.acme.dev/other"] });
    const { again } = inSequence(fastmcp, read(MEMBERS), after);
    expect(again.verdict).toEqual(evaluate(after, fastmcp));
    expect(again.verdict.signIn.map(({ entry }) => entry)).toEqual(["https://app.acme.dev/other"]);
  });

  it("is asked again about a limit of bytes that an unread member crosses", () => {
    const fastmcp = serverById("fastmcp") as ServerProfile;
    const before = read({ ...MEMBERS, scope: 1, x: "" });
    const after = read({ ...MEMBERS, scope: 1, x: "x".repeat(6000) });
    const { evaluation, again } = inSequence(fastmcp, before, after);
    expect(evaluation.verdict.reasons).toContainEqual(expect.objectContaining({ pointer: "/scope" }));
    expect(again.verdict).toEqual(evaluate(after, fastmcp));
    expect(again.verdict.reasons).not.toContainEqual(expect.objectContaining({ pointer: "/scope" }));
  });

  it("is asked about a member in whatever case its name is written, where the server does not mind", () => {
    const server = serverWith(
      onMembers("kept", { id: "scope", rule: "scope/present" }, (members, report) => {
        if (goMember(members, "scope") === "bad") report("scope is bad");
      }),
    );
    const after = read({ ...MEMBERS, SCOPE: "bad" });
    expect(inSequence(server, read(MEMBERS), after).again.verdict.reasons).toHaveLength(1);
    expect(inSequence(server, after, read(MEMBERS)).again.verdict.reasons).toEqual([]);
  });

  it("is asked about the names of members where these are all that was looked at", () => {
    const looks: number[] = [];
    const server = serverWith(
      onMembers("kept", { id: "names", rule: "document/unknown-field" }, (members) => {
        looks.push(Object.keys(members).length);
      }),
      onMembers("kept", { id: "has", rule: "secret/client-secret" }, (members, report) => {
        if (Object.hasOwn(members, "client_secret")) report("client_secret is there");
      }),
    );
    const before = read({ ...MEMBERS, client_secret: "one" });
    inSequence(server, before, read({ ...MEMBERS, client_secret: "other" }));
    expect(looks).toEqual([5]);
    const { again } = inSequence(server, before, read(MEMBERS));
    expect(looks).toEqual([5, 5, 4]);
    expect(again.verdict.reasons).toEqual([]);
  });

  it("is asked about everything by what looks at the text, or at more members than can be told apart", () => {
    const looks: string[] = [];
    const server = serverWith(
      constraint({ id: "text", rule: "document/size" }, ({ text }) => void looks.push(`text ${text.length}`)),
      onMembers("kept", { id: "many", rule: "document/size" }, (members) => {
        for (let i = 0; i < 100; i++) if (members[`member${i}`] !== undefined) looks.push(`member${i}`);
      }),
      onUrl({ id: "url", rule: "client-id/https" }, (url) => void looks.push(url)),
    );
    inSequence(server, read(MEMBERS), read({ ...MEMBERS, client_name: "Acme2", member99: 1 }));
    expect(looks).toEqual(["text 155", MEMBERS.client_id, "text 169", "member99"]);
  });
});

describe("what may differ more than members is not compared", () => {
  it.each<[string, Text, Text]>([
    ["a text that is no JSON", MEMBERS, `${JSON.stringify(MEMBERS)}}`],
    ["a text that was none", "{", MEMBERS],
    ["no object", MEMBERS, "[]"],
    ["a byte order mark", MEMBERS, `\ufeff${JSON.stringify(MEMBERS)}`],
    ["a name twice", MEMBERS, '{"client_id":"https://app.acme.dev/client.json","a":1,"a":2}'],
    ["another client identifier URL", MEMBERS, { ...MEMBERS, client_id: "https://acme.dev/client.json" }],
    ["another order", { a: 1, A: 2 }, { A: 2, a: 1 }],
  ])("%s", (_what, before, after) => {
    expect(changesBetween(read(before), read(after))).toBeUndefined();
  });

  it("another place that it is served from", () => {
    const [one, other] = ["https://app.acme.dev/a.json", "https://app.acme.dev/b.json"];
    expect(changesBetween(read(MEMBERS, one), read(MEMBERS, other))).toBeUndefined();
    expect(changesBetween(read(MEMBERS, one), read(MEMBERS, one))?.names).toEqual(new Set());
  });
});
