import { describe, expect, it } from "vitest";
import { withServerCauses } from "../../server/src/check/causes.js";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import type { Finding } from "../../server/src/rules/problem.js";
import type { Reason, Verdict } from "../../server/src/servers/profile.js";

const document = new ClientMetadataDocument(
  '{"client_id": "https://app.acme.dev/c", "scope": "files", "redirect_uris": ["http://localhost/cb", "com.acme.dev:/cb"]}',
);

const reason = (rule: string, pointer: string, given: Partial<Reason> = {}): Reason => ({
  stage: "document",
  effect: "blocks",
  rule,
  pointer,
  message: "the server's own words",
  ...given,
});

function verdict(server: string, ...reasons: Reason[]): Verdict {
  const refuses = reasons.some(({ stage, effect }) => stage === "document" && effect === "blocks");
  return { server, version: "1", verdict: refuses ? "refuses" : "accepts", reasons, signIn: [] };
}

const unknown = (server: string): Verdict => ({ ...verdict(server), verdict: "unknown" });

function problems(
  verdicts: readonly Verdict[],
  findings: readonly Finding[] = [],
  mode: "default" | "targets" = "default",
) {
  return withServerCauses(document, findings, verdicts, mode, (_id, severity) => severity).map(
    ({ rule, severity, pointer, message }) => ({ rule, severity, pointer, message }),
  );
}

const finding = (rule: string, pointer: string, severity: Finding["severity"]): Finding => ({
  rule,
  severity,
  pointer,
  message: "What the rule says.",
  offset: 0,
  end: 1,
});

describe("one cause", () => {
  const loopback = "redirect-uris/loopback-refused";

  it("is one problem, at its first place, with each server once, whatever the order", () => {
    const found = problems([
      verdict("auth0", reason(loopback, "/redirect_uris/1"), reason(loopback, "/redirect_uris/0")),
      verdict("keycloak", reason(loopback, "/redirect_uris/1")),
      verdict("fastmcp"),
    ]);
    expect(found).toMatchObject([{ rule: loopback, severity: "information", pointer: "/redirect_uris/0" }]);
    expect(found[0]?.message).toMatch(/Refused by Auth0, Keycloak\.$/);
    expect(found[0]?.message).not.toContain("own words");
  });

  it("is a hint where no server refuses the document, and an error where a target stops", () => {
    const limits = verdict(
      "fastmcp",
      reason(loopback, "/redirect_uris/0", { stage: "authorize", effect: "limits" }),
    );
    const blocks = verdict("fastmcp", reason(loopback, "/redirect_uris/0", { stage: "authorize" }));
    expect(problems([limits])).toMatchObject([{ severity: "hint" }]);
    expect(problems([blocks])).toMatchObject([{ severity: "hint" }]);
    expect(problems([limits], [], "targets")).toMatchObject([{ severity: "hint" }]);
    expect(problems([blocks], [], "targets")).toMatchObject([{ severity: "error" }]);
  });

  it("is silent where the member that it compares with has an error", () => {
    const sameHost = verdict("better-auth", reason("client-uri/same-host", "/client_uri"));
    expect(problems([sameHost])).toMatchObject([{ rule: "client-uri/same-host" }]);
    const wrong = finding("client-id/https", "/client_id", "error");
    expect(problems([sameHost], [wrong]).map(({ rule }) => rule)).toEqual(["client-id/https"]);
  });

  it("is told in the rule's words for servers stricter than the specification, else by its title", () => {
    const message = (rule: string) =>
      problems([verdict("django-allauth", reason(rule, "/client_id"))])[0]?.message;
    expect(message("client-id/length")).toMatch(/^Some servers take no client_id of this length\. /);
    expect(message("client-id/host-case")).toMatch(
      /^Some servers require this: “The host of client_id is in lower case”\. /,
    );
  });

  it("is no problem where no edit changes it, unless a target stops over it", () => {
    const operator = "redirect-uris/operator-allowlist";
    const blocks = verdict("fastmcp-ts", reason(operator, "/redirect_uris/1"));
    const limits = verdict("cognito", reason("client-id/operator-allowlist", "", { effect: "limits" }));
    expect(problems([blocks, limits])).not.toContainEqual(expect.objectContaining({ rule: operator }));
    expect(problems([blocks, limits], [], "targets")).toMatchObject([{ rule: operator, severity: "error" }]);
  });

  it("is silent about a loopback name whose twin works on the same server", () => {
    const pair = new ClientMetadataDocument(
      '{"redirect_uris": ["http://127.0.0.1/cb", "http://localhost/cb", "http://localhost/other"]}',
    );
    const limits = (at: number) =>
      reason("redirect-uris/loopback-exact", `/redirect_uris/${at}`, {
        stage: "authorize",
        effect: "limits",
      });
    const signIn = (["works", "limited", "limited"] as const).map((outcome) => ({ entry: "", outcome }));
    const pointersOf = (reasons: Reason[]) =>
      withServerCauses(pair, [], [{ ...verdict("a", ...reasons), signIn }], "default", (_id, own) => own).map(
        ({ pointer }) => pointer,
      );
    expect(pointersOf([limits(1)])).toEqual([]);
    expect(pointersOf([limits(1), limits(2)])).toEqual(["/redirect_uris/2"]);
  });

  it("is added to the finding about the same, which keeps its place and words", () => {
    const found = problems(
      [verdict("auth0", reason("scope/syntax", "/scope")), verdict("fastmcp")],
      [finding("scope/syntax", "/scope", "error")],
    );
    expect(found).toEqual([
      {
        rule: "scope/syntax",
        severity: "error",
        pointer: "/scope",
        message: "What the rule says. Refused by Auth0.",
      },
    ]);
  });

  it("is silent at and below the place of an error or a placeholder", () => {
    const verdicts = [
      verdict("auth0", reason("redirect-uris/loopback-refused", "/redirect_uris/0")),
      verdict("fastmcp"),
    ];
    const rules = [
      finding("redirect-uris/type", "/redirect_uris", "error"),
      finding("document/placeholder", "/redirect_uris/0", "warning"),
    ];
    for (const rule of rules) expect(problems(verdicts, [rule])).toHaveLength(1);
    expect(problems(verdicts, [finding("document/not-object", "", "error")])).toHaveLength(1);
    expect(problems(verdicts, [finding("client-name/length", "/client_name", "warning")])).toHaveLength(2);
  });

  it("is no problem where no edit changes anything", () => {
    const listed = reason("client-id/operator-allowlist", "/client_id", { stage: "fetch", effect: "limits" });
    expect(problems([verdict("keycloak", listed)])).toEqual([]);
  });

  it("of another ecosystem is silent for the default group, and an error for a target", () => {
    const verdicts = [verdict("atproto", reason("atproto/scope", "")), verdict("fastmcp")];
    expect(problems(verdicts)).toEqual([]);
    expect(problems(verdicts, [], "targets")).toMatchObject([{ rule: "atproto/scope", severity: "error" }]);
  });

  it("that only rests on servers is silent when none of those asked minds it", () => {
    expect(
      problems([verdict("fastmcp")], [finding("redirect-uris/query", "/redirect_uris/0", "hint")]),
    ).toEqual([]);
  });
});

describe("a document that no server of the group accepts", () => {
  const scope = reason("scope/present", "/scope");
  const loopback = reason("redirect-uris/loopback-refused", "/redirect_uris/0");

  it("is an error where all refuse it, a warning where some are unknown", () => {
    const rule = "document/refused-by-all";
    expect(problems([verdict("auth0", scope), verdict("keycloak", loopback)])).toContainEqual(
      expect.objectContaining({ rule, severity: "error", pointer: "/client_id" }),
    );
    const found = problems([verdict("auth0", scope), verdict("keycloak", loopback), unknown("clerk")]);
    expect(found).toContainEqual(expect.objectContaining({ rule, severity: "warning" }));
    expect(found.find((problem) => problem.rule === rule)?.message).toMatch(/Auth0, Keycloak.*cimd\.servers/);
  });

  it("is told at the cause, where one is enough for every refusal", () => {
    const found = problems([verdict("auth0", scope, loopback), verdict("keycloak", loopback)]);
    expect(found.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      "scope/present information",
      "redirect-uris/loopback-refused error",
    ]);
    expect(found[1]?.message).toContain("cimd.servers");
  });

  it("takes two refusals, or one where the group has one server", () => {
    expect(problems([verdict("atproto", scope)])).toMatchObject([
      { rule: "scope/present", severity: "error" },
    ]);
    expect(problems([verdict("auth0", scope), unknown("clerk")])).toMatchObject([
      { severity: "information" },
    ]);
    expect(problems([unknown("clerk"), unknown("workos")])).toEqual([]);
  });

  it("is nothing to add where there is an error, or where targets are named", () => {
    const verdicts = [verdict("auth0", scope), verdict("keycloak", loopback)];
    const rules = (list: ReturnType<typeof problems>) => list.map(({ rule }) => rule);
    expect(rules(problems(verdicts, [finding("client-id/https", "/client_id", "error")]))).not.toContain(
      "document/refused-by-all",
    );
    expect(rules(problems(verdicts, [], "targets"))).not.toContain("document/refused-by-all");
  });
});
