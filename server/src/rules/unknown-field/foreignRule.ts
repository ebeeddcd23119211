import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { type ServerMetadataName, serverMetadataByName } from "../../metadata/serverMetadata.js";
import type { Source } from "../../specifications/sources.js";
import { deleteMember, memberNamedAt } from "../deleteMember.js";
import { namedMembers } from "../namedMembers.js";
import type { Finding } from "../problem.js";
import { defineRule, type Fix, type Rule } from "../rule.js";

interface ForeignRule extends Pick<Rule, "id" | "title" | "why"> {
  readonly document: ServerMetadataName["document"];
  readonly sources: readonly [Source, ...Source[]];
  readonly example: string;
  readonly neighbour: string;
}

/** Makes a rule that finds members which describe a server instead of the client. */
export function foreignRule({ document: kind, example, neighbour, ...meta }: ForeignRule): Rule {
  return defineRule({
    ...meta,
    severity: "information",
    bad: [`«"${example}"»: []`],
    good: [`"${neighbour}": []`],
    check(document, report) {
      for (const { member, field } of namedMembers(document)) {
        if (field) continue;
        const { key } = member;
        const found = serverMetadataByName(key.value);
        if (found?.document !== kind) continue;
        report({
          at: key,
          pointer: jsonPointer(key.value),
          message:
            kind === "authorization server metadata"
              ? say`\`${key.value}\` describes an authorization server (${found.spec.label}), and nobody reads it in a client's document. Delete it.`
              : say`\`${key.value}\` describes a protected resource (${found.spec.label}), and nobody reads it in a client's document. Delete it.`,
        });
      }
    },
    fix: deletion,
  });
}

/** Offers to delete the member that a problem is about. */
export function deletion(document: ClientMetadataDocument, finding: Finding): readonly Fix[] {
  return deleteMember(document, memberNamedAt(document, finding), { preferred: true });
}
