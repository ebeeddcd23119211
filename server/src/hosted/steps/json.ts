import { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { say } from "../../localisation/say.js";
import { elsewhere, isLoginPage } from "../challenge.js";
import type { FetchTrail, ResponseFacts } from "../fetcher.js";
import { advise } from "../hostAdvice.js";
import { type Step, step } from "../report.js";

/** Faults that strict parsers refuse; the others are read by all and have rules of their own. */
const READABLE_FAULTS: ReadonlySet<string> = new Set(["bom", "lone-surrogate"]);

/** Whether the text is a JSON object, and if not, what it is instead. */
export function jsonStep(text: string, trail: FetchTrail, response: ResponseFacts): Step {
  if (text.trim() === "") {
    return step("json", "failed", say`The body is empty.`, {
      fix: say`Deploy the document again, and see that the build does not empty it.`,
    });
  }
  if (/^\ufeff?\s*<(!doctype|html|head|body|\?xml|!--)/i.test(text)) {
    if (isLoginPage(text)) {
      return step(
        "json",
        "failed",
        say`The body is a login page, not JSON, and documents are fetched anonymously.`,
        {
          fix: advise("auth", trail.url, response, say`Serve this path without a login, to everyone.`),
        },
      );
    }
    const title = /<title[^<>]*>([^<]{1,80})/i.exec(text)?.[1]?.trim();
    return step(
      "json",
      "failed",
      title
        ? say`The body is a web page ("${title}"), not JSON: an application's fallback page, a login or a bot check.`
        : say`The body is a web page, not JSON: an application's fallback page, a login or a bot check.`,
      {
        fix: `${advise(
          "html",
          trail.url,
          response,
          say`Serve the file itself at this path, without fallback page, login or bot protection.`,
        )} ${elsewhere()}`,
      },
    );
  }
  const document = new ClientMetadataDocument(text, { url: trail.url });
  const fault = document.faults.find(({ kind }) => !READABLE_FAULTS.has(kind));
  if (fault) {
    const { line, character } = document.lines.positionAt(fault.offset);
    return step(
      "json",
      "failed",
      say`The body is not valid JSON (line ${line + 1}, column ${character + 1}): ${fault.message}`,
      {
        fix: say`Correct the file and deploy it again; the editor shows every such place.`,
      },
    );
  }
  if (!document.object) {
    return step("json", "failed", say`The body is JSON, but not an object.`, {
      fix: say`Start the document with { and end it with }.`,
    });
  }
  return step("json", "passed", say`A JSON object.`);
}
