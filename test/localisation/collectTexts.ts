import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type AnyNode, parse } from "acorn";
import { transform } from "esbuild";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A text in the code that has to have a translation. */
export interface CodeText {
  /** As the bundles have it: values are `{0}`, `{1}`, … */
  readonly key: string;
  /** File and what kind of call it stands in. */
  readonly where: string;
}

export interface CollectedTexts {
  readonly texts: readonly CodeText[];
  /** Calls of `l10n.t` whose text is not a literal, so that nobody can translate it. */
  readonly computed: readonly string[];
}

/**
 * Reads the texts of `say`, `sayParts` and `vscode.l10n.t` in all modules of a folder.
 *
 * @param folder relative to the repository
 */
export async function collectTexts(folder: string): Promise<CollectedTexts> {
  const texts: CodeText[] = [];
  const computed: string[] = [];
  for (const name of readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts") || name.endsWith(".d.ts")) continue;
    const file = path.join(folder, name);
    const { code } = await transform(readFileSync(path.join(ROOT, file), "utf8"), { loader: "ts" });
    visit(parse(code, { ecmaVersion: "latest", sourceType: "module" }), (node) => {
      if (node.type === "TaggedTemplateExpression" && node.tag.type === "Identifier") {
        const { name: tag } = node.tag;
        if (tag !== "say" && tag !== "sayParts") return;
        const cooked = node.quasi.quasis.map(({ value }) => value.cooked ?? "");
        texts.push({
          key: cooked.reduce((before, text, at) => `${before}{${at - 1}}${text}`),
          where: `${file}: ${tag}`,
        });
      }
      if (
        node.type === "CallExpression" &&
        code.slice(node.callee.start, node.callee.end) === "vscode.l10n.t"
      ) {
        const [text] = node.arguments;
        if (text?.type === "Literal" && typeof text.value === "string")
          texts.push({ key: text.value, where: `${file}: l10n.t` });
        else computed.push(`${file}: ${code.slice(node.start, node.end)}`);
      }
    });
  }
  return { texts, computed };
}

function visit(node: AnyNode, see: (node: AnyNode) => void): void {
  see(node);
  for (const child of Object.values(node)) {
    for (const one of Array.isArray(child) ? child : [child]) {
      if (typeof one === "object" && one !== null && "type" in one) visit(one as AnyNode, see);
    }
  }
}
