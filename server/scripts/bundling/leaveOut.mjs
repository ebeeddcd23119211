// An esbuild plugin that takes out of a bundle what nothing in it reads: examples, which are for tests and documentation,
// the prose that only hovers and views show, and the functions that another file of the language server has.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "acorn";
import { transform } from "esbuild";

/**
 * @typedef {object} Omission
 * @property {string} folder absolute path; modules below it lose the properties
 * @property {string} beside only object literals that have this property are touched
 * @property {readonly string[]} properties what they lose; an array becomes empty, a text becomes "", a function undefined
 */

/**
 * @param {readonly Omission[]} omissions
 * @returns {import("esbuild").Plugin}
 */
export function leaveOut(omissions) {
  return {
    name: "leave-out",
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
        const concerned = omissions.filter(({ folder }) => file.startsWith(folder + path.sep));
        if (concerned.length === 0) return undefined;
        const { code } = await transform(await readFile(file, "utf8"), { loader: "ts", sourcefile: file });
        return { contents: without(code, concerned), loader: "js" };
      });
    },
  };
}

/** @param {string} code a module in JavaScript @param {readonly Omission[]} omissions */
function without(code, omissions) {
  /** @type {{ start: number, end: number, put: string }[]} */
  const cuts = [];
  visit(parse(code, { ecmaVersion: "latest", sourceType: "module" }), omissions, cuts);
  let left = code;
  for (const { start, end, put } of cuts.sort((a, b) => b.start - a.start)) {
    left = left.slice(0, start) + put + left.slice(end);
  }
  return left;
}

function visit(node, omissions, cuts) {
  if (Array.isArray(node)) {
    for (const child of node) visit(child, omissions, cuts);
    return;
  }
  if (typeof node?.type !== "string") return;
  if (node.type === "ObjectExpression") {
    const dropped = new Set(
      omissions
        .filter(({ beside }) => node.properties.some((found) => nameOf(found) === beside))
        .flatMap(({ properties }) => properties),
    );
    for (const property of node.properties) {
      const name = nameOf(property);
      const put = dropped.has(name) ? emptyOf(property.value) : undefined;
      if (put === undefined) visit(property, omissions, cuts);
      else cuts.push({ start: property.start, end: property.end, put: `${name}: ${put}` });
    }
    return;
  }
  for (const [key, child] of Object.entries(node)) {
    if (key !== "type" && typeof child === "object") visit(child, omissions, cuts);
  }
}

function nameOf(property) {
  return property.type === "Property" && !property.computed
    ? (property.key.name ?? property.key.value)
    : undefined;
}

/** @returns {string | undefined} what stands for a literal without its content; undefined for anything computed */
function emptyOf(value) {
  if (value.type === "ArrayExpression") return "[]";
  if (value.type === "FunctionExpression" || value.type === "ArrowFunctionExpression") return "undefined";
  const text =
    (value.type === "Literal" && typeof value.value === "string") ||
    value.type === "TemplateLiteral" ||
    (value.type === "BinaryExpression" && value.operator === "+");
  return text ? '""' : undefined;
}
