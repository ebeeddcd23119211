import { clientCode } from "../../../server/src/create/clientCode.js";
import { CODE_LIBRARIES } from "../../../server/src/create/codeLibraries.js";
import { requestedRedirectUri } from "../../../server/src/create/codeText.js";
import { createDocument } from "../../../server/src/create/createDocument.js";
import {
  HostingConfigurationError,
  hostingConfiguration,
  pagesConfiguration,
  pathsToConfigure,
} from "../../../server/src/create/hostingConfiguration.js";
import { CONFIGURED_HOSTS, HOST_FILES } from "../../../server/src/create/hosts.js";
import {
  AUTHENTICATIONS,
  CLIENT_KINDS,
  optionsFromAnswers,
} from "../../../server/src/create/wizardAnswers.js";
import { URIS } from "../seeds.js";
import { type FuzzTarget, holds, parsed, sameJson } from "./target.js";

/** New documents, client code and hosting files: the lines are what a person typed. */
export const create: FuzzTarget = {
  name: "create",
  holds: "whatever is typed becomes valid JSON that says it, and code of printable ASCII",
  seeds: () => [
    "Acme\nhttps://app.acme.dev/oauth/client.json\nhttp://localhost:*/callback\nread write\nhttps://app.acme.dev/jwks.json",
    "Ačmè \u202e\nhttps://app.acme.dev/c\nhttp://127.0.0.1/callback",
    '"""\n\\"; import os\nhttp://localhost/callback"\n',
    "/oauth/*\n  Content-Type: text/html\n",
    '{ "headers": [{ "source": "/a", "headers": [] }] }\nhttps://app.acme.dev/a',
    ...URIS,
  ],
  run(text) {
    const [name = "", clientId = "", redirectUri = "", scope = "", clientUri = ""] = text.split("\n");
    for (const [index, kind] of CLIENT_KINDS.entries()) {
      const answers = {
        kind,
        name,
        clientId,
        redirectUris: [redirectUri, text],
        refresh: index % 2 === 0,
        scope,
        clientUri,
        logoUri: clientUri,
        authentication: AUTHENTICATIONS[index % AUTHENTICATIONS.length] ?? "none",
      };
      const options = optionsFromAnswers(answers);
      const written = createDocument(options);
      const document = parsed(written)?.value;
      holds(typeof document === "object" && document !== null, "a new document is an object", () => written);
      if (answers.name.trim() !== "") {
        holds(
          Reflect.get(document, "client_name") === answers.name.trim(),
          "a new document has the name",
          () => written,
        );
      }
      const ascii = createDocument({ ...options, ascii: true, pretty: false });
      holds(/^[\x20-\x7e]*\n$/.test(ascii), "escaped JSON is one line of printable ASCII", () => ascii);
      holds(sameJson(parsed(ascii)?.value, document), "escapes change nothing", () => ascii);
      createDocument({ ...options, portable: true });
    }
    for (const library of CODE_LIBRARIES) {
      for (const entry of [redirectUri, text]) {
        const { code } = clientCode(library, {
          clientId,
          name,
          scope,
          redirectUri: requestedRedirectUri(entry),
          signingAlgorithm: text.length % 2 === 0 ? "ES256" : undefined,
        });
        holds(/^[\n\x20-\x7e]*$/.test(code), "client code is printable ASCII", () => code);
        const [, port = "0"] = /callback_port=(.*),$/m.exec(code) ?? [];
        holds(/^\d{1,5}$/.test(port), "a port in client code is a number", () => code);
      }
    }
    for (const host of CONFIGURED_HOSTS) {
      try {
        if (host === "github-pages") {
          const workflow = pagesConfiguration(clientId, text, "https://acme.github.io/notes/", text);
          const commands = workflow.split("\n").filter((line) => line.startsWith("          cp "));
          holds(
            commands.every((line) => /^ *cp "[\w./~-]+" "[\w./~-]+"$/.test(line)),
            "the commands of a workflow are plain",
            () => workflow,
          );
          continue;
        }
        const once = hostingConfiguration(
          host,
          pathsToConfigure("https://app.acme.dev/c.json", clientId),
          text,
          text,
        );
        if (HOST_FILES[host] === undefined) continue;
        const twice = hostingConfiguration(
          host,
          pathsToConfigure("https://app.acme.dev/c.json", clientId),
          once,
        );
        holds(
          twice === once,
          "a host configured twice is configured once",
          () => `${host}\n${once}\n→\n${twice}`,
        );
      } catch (error) {
        if (!(error instanceof HostingConfigurationError)) throw error;
      }
    }
  },
};
