import { type McpServer, ResourceNotFoundError, ResourceTemplate } from "@modelcontextprotocol/server";
import { block } from "../cli/printable.js";
import { rulePage, ruleTitles } from "../languageFeatures/rulePage.js";
import { RULES } from "../rules/rules.js";

const MARKDOWN = "text/markdown";
const INDEX = "cimd://rules";

/** The rules as resources: `cimd://rules` lists them, `cimd://rules/<id>` is the page of one. */
export function ruleResources(server: McpServer): void {
  server.registerResource(
    "rules",
    INDEX,
    { title: "Rules", description: "The id and title of every rule.", mimeType: MARKDOWN },
    ({ href }) =>
      page(
        href,
        `# Rules\n\n${ruleTitles()
          .map(({ id, title }) => `- \`${id}\`: ${title}`)
          .join("\n")}\n`,
      ),
  );
  const template = new ResourceTemplate(`${INDEX}/{+id}`, {
    list: () => ({
      resources: RULES.map(({ id, title }) => ({
        uri: `${INDEX}/${id}`,
        name: id,
        title,
        mimeType: MARKDOWN,
      })),
    }),
    complete: { id: (start) => RULES.map(({ id }) => id).filter((id) => id.startsWith(start)) },
  });
  server.registerResource(
    "rule",
    template,
    {
      title: "Rule",
      mimeType: MARKDOWN,
    },
    ({ href }, { id }) => {
      const text = rulePage(String(id));
      if (text === undefined) throw new ResourceNotFoundError(href);
      return page(href, text);
    },
  );
}

function page(uri: string, text: string) {
  return { contents: [{ uri, mimeType: MARKDOWN, text: block(text).text }] };
}
