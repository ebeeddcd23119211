import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { memoize } from "../../document/memoize.js";
import type { Member } from "../../document/syntaxTree.js";
import { say } from "../../localisation/say.js";
import { FIELDS, fieldByName } from "../../metadata/fields.js";
import { serverMetadataByName } from "../../metadata/serverMetadata.js";
import { table } from "../../table.js";
import { closest } from "../closest.js";
import { renameMember } from "../edits.js";
import { namedMembers } from "../namedMembers.js";
import type { Finding } from "../problem.js";
import type { Fix } from "../rule.js";

/** What people write for a member that has another name. */
const ALIASES = table<string>({
  redirect_uri: "redirect_uris",
  redirect_url: "redirect_uris",
  redirect_urls: "redirect_uris",
  callback_urls: "redirect_uris",
  callbacks: "redirect_uris",
  scopes: "scope",
  name: "client_name",
  homepage_uri: "client_uri",
  homepage: "client_uri",
  client_url: "client_uri",
  logo: "logo_uri",
  logo_url: "logo_uri",
  privacy_policy_uri: "policy_uri",
  privacy_uri: "policy_uri",
  terms_of_service_uri: "tos_uri",
  terms_uri: "tos_uri",
  jwk_uri: "jwks_uri",
  jwks_url: "jwks_uri",
  token_endpoint_auth_methods: "token_endpoint_auth_methods_supported",
  token_endpoint_auth_method_supported: "token_endpoint_auth_methods_supported",
});

const NAMES: readonly string[] = FIELDS.map(({ name }) => name);

/** Members whose own name is a word of other metadata, so that nearness says nothing. */
const NOT_TYPOS: ReadonlySet<string> = new Set(["id", "type"]);

function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .replaceAll("-", "_")
    .toLowerCase();
}

/** The field that a camelCase, PascalCase or kebab-case name means. */
function fromOtherCase(base: string): string | undefined {
  const snake = snakeCase(base);
  if (snake === base) return undefined;
  if (fieldByName(snake)) return snake;
  return ALIASES.get(snake);
}

function fromTypo(base: string): string | undefined {
  if (NOT_TYPOS.has(base)) return undefined;
  if (ALIASES.has(base)) return ALIASES.get(base);
  return base.length < 5 ? undefined : closest(base, NAMES, 2);
}

/** A member that neither client metadata nor a server's own knows. */
export interface UnknownMember {
  readonly member: Member;
  /** Its name without a language tag. */
  readonly base: string;
  /** The tag with its `#`, or nothing. */
  readonly tag: string;
  /** The field its name most likely means. */
  readonly meant: string | undefined;
  /** Whether only the way of writing words together differs from that field's name. */
  readonly otherCase: boolean;
}

/** The members whose names nobody knows. */
export const unknownMembers = memoize((document: ClientMetadataDocument): readonly UnknownMember[] => {
  const unknown = namedMembers(document).filter(({ field }) => !field);
  return unknown.flatMap(({ member, base, tag }): readonly UnknownMember[] => {
    if (serverMetadataByName(base)) return [];
    const sameWords = fromOtherCase(base);
    return [
      {
        member,
        base,
        tag: tag === undefined ? "" : `#${tag}`,
        meant: sameWords ?? fromTypo(base),
        otherCase: sameWords !== undefined,
      },
    ];
  });
});

/** Offers the name that a problem says is meant. */
export function renaming(document: ClientMetadataDocument, { offset, data }: Finding): readonly Fix[] {
  const member = document.object?.members.find(({ key }) => key.offset === offset);
  if (!member || typeof data !== "string" || document.has(data)) return [];
  const { value } = member;
  const edits = [renameMember(member, data)];
  if (data === "redirect_uris" && value?.type === "string") {
    edits.push(
      { offset: value.offset, end: value.offset, newText: "[" },
      { offset: value.end, end: value.end, newText: "]" },
    );
  }
  return [
    { title: say`Rename to ${data}`, edits, preferred: true, safe: isSameWord(member.key.value, data) },
  ];
}

/** Whether two names say the same in another spelling, so that there is no other answer: `tosUri`, `tos_url` for `tos_uri`. */
function isSameWord(name: string, other: string): boolean {
  return snakeCase(name).replace(/_url(?=s?$)/, "_uri") === other;
}
