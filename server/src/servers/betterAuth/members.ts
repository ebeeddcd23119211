import type { Constraint, ConstraintReport } from "../profile.js";
import { compareShape, type Misfit, type Path, pointerTo, type Shape } from "../shape.js";

const TEXT: Shape = { type: "string" };
const NON_EMPTY: Shape = { type: "string", nonEmpty: true };
const TRIMMED: Shape = { type: "string", trim: true, nonEmpty: true };
const URIS: Shape = { type: "array", of: TEXT, nonEmpty: true };

/**
 * The members whose JSON type Better Auth checks, null included (npm:@better-auth/oauth-provider@1.7.5
 * src/types/zod.ts, `oauthClientMetadataSchema`; server-assigned names are refused whatever they hold).
 */
const SHAPES: Readonly<Record<string, Shape>> = {
  redirect_uris: URIS,
  scope: TEXT,
  client_name: TEXT,
  client_uri: TEXT,
  logo_uri: TEXT,
  contacts: { type: "array", of: NON_EMPTY, nonEmpty: true },
  tos_uri: TEXT,
  policy_uri: TEXT,
  software_id: TEXT,
  software_version: TEXT,
  software_statement: TEXT,
  post_logout_redirect_uris: URIS,
  backchannel_logout_uri: TEXT,
  backchannel_logout_session_required: { type: "boolean" },
  token_endpoint_auth_method: TRIMMED,
  jwks: { type: "object" },
  jwks_uri: TEXT,
  grant_types: { type: "array", of: TRIMMED, nonEmpty: true },
  response_types: { type: "array", of: { type: "enum", options: ["code"] } },
  application_type: { type: "enum", options: ["web", "native"] },
  subject_type: { type: "enum", options: ["public", "pairwise"] },
  dpop_bound_access_tokens: { type: "boolean" },
  client_id: TEXT,
};

const RULES: Readonly<Record<string, string>> = {
  "redirect_uris/too-small": "redirect-uris/empty",
  "redirect_uris/type": "redirect-uris/type",
  "grant_types/too-small": "grant-types/type",
  "grant_types/type": "grant-types/type",
  "response_types/type": "response-types/type",
  "response_types/option": "response-types/unknown",
  "contacts/type": "contacts/type",
  "scope/type": "scope/type",
  "client_id/type": "client-id/type",
  "jwks/type": "jwks/shape",
  "token_endpoint_auth_method/type": "auth-method/type",
  "application_type/option": "application-type/value",
  "subject_type/option": "oidc/subject-type",
};

/** One constraint per member: its type. */
export const memberTypes: readonly Constraint[] = Object.entries(SHAPES).map(
  ([name, shape]): Constraint => ({
    id: `${name}-type`,
    stage: "document",
    effect: "blocks",
    rule: "document/wrong-type",
    check(document, report) {
      const value = document.value(name);
      if (!value) return;
      compareShape(value, shape, [name], (misfit, path) => report(misfitReport(name, misfit, path)));
    },
  }),
);

/** What is wrong with the type of one place, as Better Auth's schema says it. */
function misfitReport(name: string, misfit: Misfit, path: Path): ConstraintReport {
  const rule =
    misfit.kind === "type" && misfit.received === "null" ? "document/null-value" : ruleOf(name, misfit);
  return { message: `${path.join(".")}: ${misfitText(misfit)}`, pointer: pointerTo(path), rule };
}

function ruleOf(name: string, { kind }: Misfit): string {
  return RULES[`${name}/${kind}`] ?? (kind === "too-small" ? "document/empty-string" : "document/wrong-type");
}

/** The wording of npm:zod@4.6.7 v4/locales/en.js. */
function misfitText(misfit: Misfit): string {
  switch (misfit.kind) {
    case "type":
      return `Invalid input: expected ${misfit.expected}, received ${misfit.received}`;
    case "option": {
      const options = misfit.options.map((option) => `"${option}"`);
      return options.length === 1
        ? `Invalid input: expected ${options[0]}`
        : `Invalid option: expected one of ${options.join("|")}`;
    }
    default:
      return `Too small: expected ${misfit.of} to have >=1 ${misfit.of === "array" ? "items" : "characters"}`;
  }
}
