import { say } from "../../localisation/say.js";
import { type Finding, type Judgement, judgement, note, passed, warning } from "../findings.js";
import type { Memory } from "../memory.js";

/** The first request, without a token: where everything begins. */
export function judgeUnauthorized(): Judgement {
  return judgement(
    "unauthorized",
    [],
    passed(
      say`The client came without a token and was told to sign in: 401, with the address of the metadata in WWW-Authenticate (RFC 9728 §5.1).`,
    ),
  );
}

/** The metadata of the MCP server. */
export function judgeResourceMetadata({ seen }: Memory): Judgement {
  const early = seen.has("unauthorized")
    ? []
    : [note(say`No request to the MCP server came before it, which is allowed.`)];
  return judgement(
    "resource-metadata",
    early,
    passed(
      say`The client read the MCP server's metadata, which names the resource and its authorization server.`,
    ),
  );
}

/** The metadata of the authorization server. */
export function judgeServerMetadata({ seen }: Memory): Judgement {
  const findings: Finding[] = [];
  if (!seen.has("resource-metadata"))
    findings.push(
      warning(
        say`The client read the authorization server's metadata without the MCP server's: it guesses that both have one origin, as clients did before June 2025. Read /.well-known/oauth-protected-resource first (RFC 9728); elsewhere the guess fails.`,
      ),
    );
  return judgement(
    "server-metadata",
    findings,
    passed(
      say`The client read the authorization server's metadata: it says that client metadata documents are supported.`,
    ),
  );
}

/** Whether an authorization request comes after what it should rest on. */
export function discoveryBefore({ seen }: Memory): Finding[] {
  if (seen.has("server-metadata")) return [];
  return [
    warning(
      say`The client asked for authorization without reading the authorization server's metadata in this run. It cannot know that client metadata documents and S256 are supported here.`,
    ),
  ];
}
