// Takes the examples out of the rules that go into a bundle: they are for tests and documentation.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "acorn";
import { transform } from "esbuild";

const PROPERTIES = new Set(["bad", "good"]);

/**
 * @param {string} rules absolute path of the folder whose object literals lose their `bad` and `good`
 * @returns {import("esbuild").Plugin}
 */
export function leaveOutExamples(rules) {
  return {
    name: "leave-out-examples",
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
        if (!file.startsWith(rules + path.sep)) return undefined;
        const { code } = await transform(await readFile(file, "utf8"), { loader: "ts", sourcefile: file });
        return { contents: withoutExamples(code), loader: "js" };
      });
    },
  };
}

/** @param {string} code a module in JavaScript */
function withoutExamples(code) {
  /** @type {{ start: number, end: number }[]} */
  const values = [];
  collect(parse(code, { ecmaVersion: "latest", sourceType: "module" }), values);
  let left = code;
  for (const { start, end } of values.sort((a, b) => b.start - a.start)) {
    left = `${left.slice(0, start)}[]${left.slice(end)}`;
  }
  return left;
}

/** Finds the outermost values of `bad` and `good` that are array literals. */
function collect(node, values) {
  if (Array.isArray(node)) {
    for (const child of node) collect(child, values);
    return;
  }
  if (typeof node?.type !== "string") return;
  const example = node.type === "Property" && !node.computed && PROPERTIES.has(node.key.name);
  if (example && node.value.type === "ArrayExpression") {
    values.push(node.value);
    return;
  }
  for (const [key, child] of Object.entries(node))
    if (key !== "type" && typeof child === "object") collect(child, values);
}
