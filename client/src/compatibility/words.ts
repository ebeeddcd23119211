import { say } from "../../../server/src/localisation/say.js";
import type { Group, Question, Row } from "../../../server/src/views/compatibility/compatibilityView.js";

/** The heading of a column. */
export function questionTitle(question: Question): string {
  switch (question) {
    case "loads":
      return say`Document`;
    case "signIn":
      return say`Sign-in`;
    case "refresh":
      return say`Refresh`;
    case "tokenEndpoint":
      return say`Token endpoint`;
    case "consent":
      return say`Consent`;
  }
}

/** What a column is about, for those who point at its heading. */
export function questionHelp(question: Question): string {
  switch (question) {
    case "loads":
      return say`Does the server load the document?`;
    case "signIn":
      return say`Which redirect URIs bring a person back to the client?`;
    case "refresh":
      return say`Does the client get refresh tokens?`;
    case "tokenEndpoint":
      return say`Can the client authenticate at the token endpoint?`;
    case "consent":
      return say`What do people see before they agree?`;
  }
}

/** The heading of a group of servers. */
export function groupTitle(group: Group): string {
  switch (group) {
    case "refuses":
      return say`Nobody can sign in`;
    case "limited":
      return say`Sign-in is limited`;
    case "works":
      return say`Sign-in works`;
    case "unknown":
      return say`Not everything is known`;
  }
}

/** What the statements about a server rest on. */
export function basisWords({ confidence, proof }: Row["server"]): string {
  if (proof) {
    const { engine, version, cases, date } = proof;
    return say`Proven against ${engine} ${version}: ${cases} cases, ${date}.`;
  }
  switch (confidence) {
    case "read-source":
      return say`Read in its source code.`;
    case "docs":
      return say`Read in its documentation; what that leaves open is not known.`;
    case "issue-thread":
      return say`Read in an issue thread; what that leaves open is not known.`;
  }
}

/** `1 server`, `3 servers`. */
export function serverCount(count: number): string {
  return count === 1 ? say`1 server` : say`${count} servers`;
}
