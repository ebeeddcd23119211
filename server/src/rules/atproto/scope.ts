import type { StringNode } from "../../document/syntaxTree.js";
import { say } from "../../localisation/say.js";
import {
  ATPROTO_RESOURCES,
  ATPROTO_WORDS,
  atprotoPermission,
  atprotoScopeFault,
  type ScopeFault,
} from "../../metadata/atprotoScopes.js";
import { atprotoPermissions } from "../../specifications/sources.js";
import { closest } from "../closest.js";
import { replaceString } from "../edits.js";
import { placeOfScope, type ScopeToken, scopeTokens } from "../scope/scopeTokens.js";
import { profileRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";

export const scope = profileRule({
  id: "atproto/scope",
  title: "scope has atproto",
  why: "The scope atproto says that the client keeps to the profile; without it a server grants nothing of atproto.",
  bad: [atprotoExample('"scope": «"transition:generic"»')],
  good: [atprotoExample('"scope": "atproto transition:generic"')],
  check(document, report) {
    const node = document.string("scope");
    if (!node || node.value.split(" ").includes("atproto")) return;
    report({
      at: node,
      pointer: "/scope",
      message: say`The scopes are atproto's, and the profile requires the scope atproto itself. Add it.`,
    });
  },
  fix(document) {
    const node = document.string("scope");
    return node
      ? [{ title: say`Add atproto`, edits: [replaceString(node, `atproto ${node.value}`)], preferred: true }]
      : [];
  },
});

const GENERIC = "transition:generic";
const TRANSITIONAL = ATPROTO_WORDS.filter((word) => word.startsWith("transition:")).join(", ");
const RESOURCES = ATPROTO_RESOURCES.join(", ");

/** What the value of a parameter should be. */
function expected({ form, words }: Extract<ScopeFault, { kind: "value" }>): string {
  switch (form) {
    case "word":
      return say`one of ${words.join(", ")}`;
    case "nsid":
      return say`a name such as app.bsky.feed.post`;
    case "mime":
      return say`a media type such as image/*`;
    case "service":
      return say`a DID and the id of a service, such as did:web:api.bsky.app#bsky_appview`;
  }
}

function describeFault(fault: ScopeFault, token: string): string {
  const shown = token.slice(fault.start, fault.end).slice(0, 40);
  switch (fault.kind) {
    case "unknown":
      return token.startsWith("transition:")
        ? say`atproto has the transitional scopes ${TRANSITIONAL}, not ${shown}, and its servers leave others out. Correct it, or delete it.`
        : say`${shown} is no permission of atproto, and its servers leave it out. There are ${RESOURCES}. Correct it, or delete it.`;
    case "encoding":
      return say`The percent-encoding in ${shown} cannot be read, and atproto servers fail over it. Write the character, or % and two hex digits.`;
    case "all-of-all":
      return say`atproto gives nobody all methods of all services, and its servers leave this scope out. Name the methods, or the service in \`aud\`.`;
    case "missing":
      return say`This permission does not say its \`${fault.parameter}\`, so atproto servers leave it out. Add it.`;
    case "repeated":
      return say`\`${fault.parameter}\` can be there once only, so atproto servers leave this scope out. Write a scope for each.`;
    case "twice":
      return say`\`${fault.parameter}\` stands behind the colon already, so atproto servers leave this scope out. Delete one of the two.`;
    case "parameter":
      return say`This permission has no parameter \`${shown}\`, so atproto servers leave the scope out. It has ${fault.known.join(", ")}.`;
    case "no-service":
      return say`\`aud\` names no service, so atproto servers leave this scope out. Add # and the id of a service, as in did:web:api.bsky.app#bsky_appview.`;
    case "value":
      return say`${shown} is no value of \`${fault.parameter}\`, so atproto servers leave this scope out. It should be ${expected(fault)}.`;
  }
}

/** The word that was meant, where a scope or a value is misspelt. */
function meant(fault: ScopeFault, token: string): string | undefined {
  const written = token.slice(fault.start, fault.end);
  switch (fault.kind) {
    case "unknown": {
      const name = /^[^:?]*/.exec(written)?.[0] ?? "";
      const resource = closest(name, ATPROTO_RESOURCES, 2);
      return closest(written, ATPROTO_WORDS, 2) ?? (resource && resource + written.slice(name.length));
    }
    case "parameter":
      return closest(written, fault.known, 2);
    case "value":
      return closest(written, fault.words, 2);
    default:
      return undefined;
  }
}

/** The scopes that atproto servers cannot read, with what is wrong; `openid` has a rule of its own. */
function faultyScopes(node: StringNode): readonly (ScopeToken & { readonly fault: ScopeFault })[] {
  return scopeTokens(node).flatMap((found) => {
    const fault = found.token === "openid" ? undefined : atprotoScopeFault(found.token);
    return fault ? [{ ...found, fault }] : [];
  });
}

export const scopeGrammar = profileRule({
  id: "atproto/scope-grammar",
  severity: "warning",
  title: "Scopes are those that atproto has",
  why: "An atproto server silently leaves out what it cannot read in a scope, and the client lacks the permission.",
  alsoIn: [atprotoPermissions],
  bad: [
    atprotoExample('"scope": "atproto «transition:generc»"'),
    atprotoExample('"scope": "atproto «email»"'),
    atprotoExample('"scope": "atproto repo:app.bsky.feed.post?action=«creat»"'),
    atprotoExample('"scope": "atproto rpc:app.bsky.feed.getFeed?aud=«did:web:api.bsky.app»"'),
    atprotoExample('"scope": "atproto «rpc:*?aud=*»"'),
    atprotoExample('"scope": "atproto blob:«images»"'),
    atprotoExample('"scope": "atproto «rpc:app.bsky.feed.getFeed»"'),
    atprotoExample('"scope": "atproto repo:app.bsky.feed.post?«actions»=create"'),
    atprotoExample('"scope": "atproto repo:app.bsky.feed.post?«collection=app.bsky.feed.like»"'),
    atprotoExample('"scope": "atproto account:email?«attr=repo»"'),
    atprotoExample('"scope": "atproto repo:«app.bsky.%zz»"'),
  ],
  good: [
    atprotoExample('"scope": "atproto transition:generic transition:chat.bsky transition:email"'),
    atprotoExample(
      '"scope": "atproto repo:app.bsky.feed.post?action=create&action=delete blob:image/* account:email identity:handle include:app.bsky.authFull"',
    ),
    atprotoExample('"scope": "atproto rpc:app.bsky.feed.getFeed?aud=did:web:api.bsky.app%23bsky_appview"'),
    '"scope": "email profile"',
  ],
  check(document, report) {
    const node = document.string("scope");
    if (!node) return;
    for (const found of faultyScopes(node)) {
      report({
        at: placeOfScope(node, found, found.fault),
        pointer: "/scope",
        message: describeFault(found.fault, found.token),
      });
    }
  },
  fix(document, { offset }) {
    const node = document.string("scope");
    const found =
      node && faultyScopes(node).find((one) => placeOfScope(node, one, one.fault).offset === offset);
    const word = found && meant(found.fault, found.token);
    if (!node || !found || word === undefined) return [];
    const { start, fault } = found;
    const value = node.value.slice(0, start + fault.start) + word + node.value.slice(start + fault.end);
    return [{ title: say`Write ${word}`, edits: [replaceString(node, value)], preferred: true }];
  },
});

/** Whether `transition:generic` allows already what a scope asks for. */
function isCovered(token: string): boolean {
  const permission = atprotoPermission(token);
  if (permission?.resource === "repo" || permission?.resource === "blob") return true;
  const methods = permission?.resource === "rpc" ? permission.values.get("lxm") : undefined;
  return methods?.every((method) => !method.startsWith("chat.bsky.")) ?? false;
}

export const scopeTransition = profileRule({
  id: "atproto/scope-transition",
  severity: "warning",
  title: "Transitional scopes are used with each other, not with permissions",
  why: "transition:chat.bsky adds to transition:generic and does not work alone; and transition:generic allows everything that permissions for records, files and methods ask for one by one.",
  bad: [
    atprotoExample('"scope": "atproto «transition:chat.bsky»"'),
    atprotoExample('"scope": "atproto transition:generic «repo:app.bsky.feed.post»"'),
  ],
  good: [
    atprotoExample('"scope": "atproto transition:generic transition:chat.bsky"'),
    atprotoExample('"scope": "atproto transition:generic identity:handle"'),
    atprotoExample('"scope": "atproto repo:app.bsky.feed.post blob:image/*"'),
  ],
  check(document, report) {
    const node = document.string("scope");
    if (!node) return;
    const all = scopeTokens(node);
    const generic = all.some(({ token }) => token === GENERIC);
    const chat = all.find(({ token }) => token === "transition:chat.bsky");
    if (chat && !generic) {
      report({
        at: placeOfScope(node, chat),
        pointer: "/scope",
        message: say`transition:chat.bsky does not work without transition:generic. Add it.`,
      });
    }
    const first = generic ? all.find(({ token }) => isCovered(token)) : undefined;
    if (first) {
      report({
        at: placeOfScope(node, first),
        pointer: "/scope",
        severity: "hint",
        message: say`transition:generic allows this already. Ask for the permissions one by one, or for transition:generic.`,
      });
    }
  },
  fix(document) {
    const node = document.string("scope");
    return !node || scopeTokens(node).some(({ token }) => token === GENERIC)
      ? []
      : [
          {
            title: say`Add ${GENERIC}`,
            edits: [replaceString(node, `${node.value} ${GENERIC}`)],
            preferred: true,
          },
        ];
  },
});
