import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../../server/src/document/clientMetadataDocument.js";
import { ruleById } from "../../../server/src/rules/rules.js";
import { evaluate } from "../../../server/src/servers/evaluate.js";
import type { ServerProfile, SignInOutcome, Verdict } from "../../../server/src/servers/profile.js";
import { serverById } from "../../../server/src/servers/servers.js";

/** Where the documents of the tables live unless a case says otherwise. */
export const URL_OF_TABLES = "https://app.acme.dev/oauth/client.json";

/** A document that every profiled server without a policy of its own takes. */
const FLAWLESS = {
  client_id: URL_OF_TABLES,
  client_name: "Acme",
  redirect_uris: ["https://app.acme.dev/callback"],
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
};

/** One way to go wrong: what is changed in the flawless document, and the rule the reason belongs to. */
export interface ProfileCase {
  /** Members that replace those of the flawless document; undefined leaves one out. */
  readonly change?: Readonly<Record<string, unknown>>;
  /** The client identifier URL, also written into the document. */
  readonly url?: string;
  /** The whole text instead. */
  readonly text?: string;
  readonly rule: string;
}

export interface ProfileTable {
  /** Members of the flawless document that are others for this server. */
  readonly flawless?: Readonly<Record<string, unknown>>;
  /** Cases by the id of the constraint that decides them. */
  readonly cases: Readonly<Record<string, ProfileCase | readonly ProfileCase[]>>;
  /** Changes that go well. */
  readonly fine?: readonly Readonly<Record<string, unknown>>[];
  /** Redirect URI, entry, and whether they match. */
  readonly matches?: readonly (readonly [redirectUri: string, entry: string, matches: boolean | undefined])[];
  /** Redirect URIs that no request may name. */
  readonly refusedRequests?: readonly string[];
  /** What entries are good for, and the rule that says why not for more. */
  readonly outcomes?: readonly (readonly [entry: string, outcome: SignInOutcome, rule?: string])[];
}

function documentOf(
  { change = {}, url = URL_OF_TABLES, text }: Omit<ProfileCase, "rule">,
  { flawless = {} }: ProfileTable,
): ClientMetadataDocument {
  const members = { ...FLAWLESS, ...flawless, client_id: url, ...change };
  return new ClientMetadataDocument(text ?? JSON.stringify(members), { url });
}

/** Holds a profile against its table, and every constraint against a case that goes well without it. */
export function describeProfile(profile: ServerProfile, table: ProfileTable): void {
  describe(profile.name, () => {
    const ids = profile.constraints.map(({ id }) => id);
    const cases = Object.entries(table.cases).flatMap(([id, some]) =>
      (Array.isArray(some) ? (some as readonly ProfileCase[]) : [some as ProfileCase]).map(
        (one) => [id, JSON.stringify(one).slice(0, 90), one] as const,
      ),
    );

    it("is listed, has each constraint once, and a case for each", () => {
      expect(serverById(profile.id)).toBe(profile);
      expect(new Set(ids).size).toBe(ids.length);
      expect(Object.keys(table.cases).sort()).toEqual([...ids].sort());
    });

    it.each([{}, ...(table.fine ?? [])])("takes %j", (change) => {
      const { verdict, reasons } = evaluate(documentOf({ change }, table), profile);
      const complete =
        profile.readCompletely.includes("document") && profile.readCompletely.includes("fetch");
      expect(reasons.filter(({ stage, effect }) => effect === "blocks" && stage !== "authorize")).toEqual([]);
      expect(verdict).toBe(complete ? "accepts" : "unknown");
    });

    it.each(cases)("%s decides %s", (id, _name, one) => {
      const document = documentOf(one, table);
      const constraint = profile.constraints.find((candidate) => candidate.id === id);
      const without = {
        ...profile,
        constraints: profile.constraints.filter((other) => other !== constraint),
      };
      const [full, less] = [evaluate(document, profile), evaluate(document, without)];
      expect(full.reasons.map(({ rule }) => rule)).toContain(one.rule);
      expect(ruleById(one.rule)).toBeDefined();
      // A document that loads without the constraint is asked about its redirects as well.
      const loading = ({ reasons }: Verdict) =>
        reasons.filter(({ stage }) => stage !== "authorize" || constraint?.stage === "authorize");
      expect(loading(less).length).toBeLessThan(loading(full).length);
      if (constraint?.effect !== "blocks" || !/^(?:fetch|document)$/.test(constraint.stage)) return;
      expect(full.verdict).toBe("refuses");
      expect(full.signIn.every(({ outcome }) => outcome === "never")).toBe(true);
    });

    if (table.matches) {
      it.each(table.matches)("%s against %s: %s", (redirectUri, entry, expected) => {
        expect(profile.redirects?.matches(redirectUri, entry, { applicationType: undefined })).toBe(expected);
      });
    }
    if (table.refusedRequests) {
      it.each(table.refusedRequests)("lets no request name %s", (redirectUri) => {
        expect(profile.redirects?.prepare?.(redirectUri, { applicationType: undefined })).toMatchObject({
          refused: expect.stringContaining("redirect"),
        });
      });
    }
    if (table.outcomes) {
      it.each(table.outcomes)("%s is good for: %s", (entry, outcome, rule) => {
        const { signIn, reasons } = evaluate(
          documentOf({ change: { redirect_uris: [entry] } }, table),
          profile,
        );
        expect(signIn).toEqual([{ entry, outcome }]);
        if (rule !== undefined) expect(reasons.map((reason) => reason.rule)).toContain(rule);
      });
    }
  });
}
