import { describe, expect, it } from "vitest";
import { analyse } from "../../server/src/check/analyse.js";
import { audiencesOf } from "../../server/src/document/audiences.js";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { ruleById } from "../../server/src/rules/rules.js";
import { serverById } from "../../server/src/servers/servers.js";

const CONTEXT = "https://www.w3.org/ns/solid/oidc-context.jsonld";

/** The example of Solid-OIDC §5.1, on a domain that people can own. */
const FLAWLESS = {
  "@context": [CONTEXT],
  client_id: "https://app.acme.dev/id",
  client_name: "Acme",
  redirect_uris: ["https://app.acme.dev/callback"],
  post_logout_redirect_uris: ["https://app.acme.dev/logout"],
  client_uri: "https://app.acme.dev/",
  scope: "openid profile offline_access webid",
  grant_types: ["refresh_token", "authorization_code"],
  response_types: ["code"],
};

const solidServer = serverById("community-solid-server");

function problemsOf(changes: Readonly<Record<string, unknown>>) {
  const text = JSON.stringify({ ...FLAWLESS, ...changes });
  const targets = solidServer ? [solidServer] : [];
  const { findings, document } = analyse(text, { servers: { mode: "targets", targets } });
  return findings.map((finding) => ({ ...finding, text, document }));
}

function corrected({ text, document, ...finding }: ReturnType<typeof problemsOf>[number]): unknown {
  const [fix] = ruleById(finding.rule)?.fix?.(document, finding) ?? [];
  const [edit] = fix?.edits ?? [];
  return edit && JSON.parse(text.slice(0, edit.offset) + edit.newText + text.slice(edit.end));
}

describe("a document of Solid", () => {
  it("has no problem where it is as Solid-OIDC shows it", () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each([
    [undefined],
    ["http://www.w3.org/ns/solid/oidc-context.jsonld"],
    ["https://www.w3.org/ns/solid/oidc-context"],
    [["https://schema.org"]],
  ])("needs its context: %j", (context) => {
    const [found, ...more] = problemsOf({ "@context": context });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ rule: "solid/context", severity: "error" });
    expect(found?.message).toContain("Refused by Community Solid Server.");
    const after = found && (corrected(found) as { "@context": unknown });
    expect([after?.["@context"]].flat()).toContain(CONTEXT);
  });

  it("asks for openid and webid", () => {
    const [found, ...more] = problemsOf({ scope: "profile" });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ rule: "solid/webid", severity: "warning" });
    expect(found && corrected(found)).toMatchObject({ scope: "profile openid webid" });
    expect(problemsOf({ scope: undefined })).toEqual([]);
  });

  it("may be on http://localhost while somebody develops, and is told once", () => {
    for (const client_id of ["http://localhost:3000/id", "http://localhost/id"]) {
      const found = problemsOf({ client_id });
      expect(found.map(({ rule, severity }) => [rule, severity])).toEqual([
        ["client-id/special-use-host", "warning"],
      ]);
      expect(found[0]?.message).toContain("Community Solid Server takes `http://localhost`");
    }
    const address = problemsOf({ client_id: "http://127.0.0.1:3000/id" });
    expect(address.map(({ severity }) => severity)).toContain("error");
  });

  it("is known by its context, misspelt or not, and by the scope webid", () => {
    const audience = (members: unknown) => audiencesOf(new ClientMetadataDocument(JSON.stringify(members)));
    expect(audience({ "@context": CONTEXT })).toEqual(["solid"]);
    expect(audience({ "@context": ["http://w3.org/ns/solid/oidc-context.jsonld"] })).toEqual(["solid"]);
    expect(audience({ scope: "openid webid" })).toEqual(["solid"]);
    expect(audience({ "@context": "https://schema.org", scope: "openid" })).toEqual(["mcp"]);
    expect(audience({ "@context": CONTEXT, scope: "atproto" })).toEqual(["atproto", "solid"]);
  });
});
