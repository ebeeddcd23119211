import { chosenServers } from "../api/matchRedirectUri.js";
import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { clip } from "../document/valueText.js";
import { diagnostics } from "../languageFeatures/diagnostics.js";
import { sortMembers } from "../languageFeatures/sortMembers.js";
import { say } from "../localisation/say.js";
import { nameOfTarget } from "../servers/groups.js";
import { serverById } from "../servers/servers.js";
import { groupOfMatch } from "../views/redirectMatches.js";
import { requestView } from "../views/requestAnswers.js";
import { analyseAs } from "./analyses.js";
import type { Connection } from "./connection.js";
import {
  CHECK_TEXT,
  MATCH_REDIRECT_URI,
  MatchRedirectUriParams,
  type RedirectMatches,
  SORT_MEMBERS,
  TextParams,
  type TextProblems,
} from "./documentProtocol.js";
import type { Session } from "./session.js";

/** Answers `cimd/sortMembers`, `cimd/matchRedirectUri` and `cimd/checkText`. */
export function answerDocumentRequests(connection: Connection, session: Session): void {
  const { documents, guard, settingsFor, urlFor } = session;

  connection.onRequest(SORT_MEMBERS, (params: unknown, token) =>
    guard(say`Sorting the members`, token, (): unknown => sortMembers(TextParams.parse(params).text)),
  );

  connection.onRequest(MATCH_REDIRECT_URI, (params: unknown, token) =>
    guard(say`Testing the authorization request`, token, async (): Promise<RedirectMatches> => {
      const { uri, text, redirectUri, verdicts } = MatchRedirectUriParams.parse(params);
      const settings = await settingsFor(uri);
      const url = urlFor(uri, settings);
      const targets = settings.targets.length > 0 ? settings.targets.map(nameOfTarget) : ["default"];
      const document = new ClientMetadataDocument(documents.served(uri, text), { url });
      const servers = chosenServers(document, verdicts === "all" ? ["all"] : targets);
      const { whole, findings, matches, advice } = requestView(document, servers, redirectUri);
      return {
        whole,
        findings: [...findings],
        matches: matches.map((answer) => {
          const { server, matchedBy, reason } = answer;
          const { name = server, version = "" } = serverById(server) ?? {};
          return {
            server,
            name,
            version,
            group: groupOfMatch(answer),
            ...(matchedBy === undefined ? {} : { matchedBy: clip(matchedBy) }),
            ...(reason === undefined ? {} : { reason }),
          };
        }),
        ...(advice ? { advice: { entry: clip(advice.entry), sentences: [...advice.sentences] } } : {}),
      };
    }),
  );

  connection.onRequest(CHECK_TEXT, (params: unknown, token) =>
    guard(say`Checking the document`, token, async (): Promise<TextProblems> => {
      const { uri, text } = TextParams.parse(params);
      const settings = await settingsFor(uri);
      const options = { url: urlFor(uri, settings), hidesByteOrderMark: true };
      const analysis = await analyseAs(text, settings, options, token);
      return diagnostics(analysis, uri).map(
        ({ range, severity = 1, code = "", codeDescription, message }) => ({
          range,
          severity,
          code: String(code),
          ...(codeDescription ? { href: codeDescription.href } : {}),
          message: typeof message === "string" ? message : message.value,
        }),
      );
    }),
  );
}
