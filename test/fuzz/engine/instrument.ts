import { type AnyNode, parse } from "acorn";

/** The name under which instrumented code counts, a global. */
export const COUNTERS = "__fuzzCounters";

export interface Instrumented {
  readonly code: string;
  /** How many branches are counted. */
  readonly branches: number;
  /** Short texts that the code itself compares with: what a fuzzer should know. */
  readonly words: readonly string[];
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * Makes code count its branches: every function, every side of every decision, every turn of a loop. The counters are a
 * `Uint32Array` in the global {@link COUNTERS}, which has to be there before the code is loaded. Their sum is a measure of
 * work that does not depend on the machine.
 *
 * @param code a script
 * @param covered whether the code at an offset is to be counted
 */
export function instrument(code: string, covered: (offset: number) => boolean): Instrumented {
  const insertions: Insertion[] = [];
  const words = new Set<string>();
  let branches = 0;

  const count = (): string => `${COUNTERS}[${branches++}]++`;
  const insideBlock = (block: AnyNode): void => {
    insertions.push({ at: block.start + 1, text: `${count()};` });
  };
  const asExpression = (node: AnyNode): void => {
    insertions.push({ at: node.start, text: `(${count()},` }, { at: node.end, text: ")" });
  };
  const asStatement = (node: AnyNode): void => {
    if (node.type === "BlockStatement") insideBlock(node);
    else insertions.push({ at: node.start, text: `{${count()};` }, { at: node.end, text: "}" });
  };

  const visit = (node: AnyNode): void => {
    if (node.type === "Literal" && typeof node.value === "string" && isWord(node.value))
      words.add(node.value);
    if (covered(node.start)) {
      switch (node.type) {
        case "FunctionDeclaration":
        case "FunctionExpression":
          insideBlock(node.body);
          break;
        case "ArrowFunctionExpression":
          if (node.body.type === "BlockStatement") insideBlock(node.body);
          else asExpression(node.body);
          break;
        case "IfStatement":
          asStatement(node.consequent);
          if (node.alternate) asStatement(node.alternate);
          break;
        case "ConditionalExpression":
          asExpression(node.consequent);
          asExpression(node.alternate);
          break;
        case "LogicalExpression":
          asExpression(node.right);
          break;
        case "SwitchCase": {
          const [first] = node.consequent;
          if (first) insertions.push({ at: first.start, text: `${count()};` });
          break;
        }
        case "CatchClause":
          insideBlock(node.body);
          break;
        case "ForStatement":
        case "ForInStatement":
        case "ForOfStatement":
        case "WhileStatement":
        case "DoWhileStatement":
          asStatement(node.body);
          break;
      }
    }
    // An insertion in front of a child has to come behind its parent's at the same place, and so does the visit.
    for (const child of Object.values(node)) {
      for (const item of Array.isArray(child) ? child : [child]) if (isNode(item)) visit(item);
    }
  };
  visit(parse(code, { ecmaVersion: "latest", sourceType: "script" }));
  return { code: insert(code, insertions), branches, words: [...words] };
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

function isWord(text: string): boolean {
  return text.length >= 2 && text.length <= 40 && !/[\n]/.test(text);
}

/** At one place, what closes an inner node comes before what closes the outer one, and openings the other way round. */
function insert(code: string, insertions: readonly Insertion[]): string {
  const closes = ({ text }: Insertion): boolean => text === ")" || text === "}";
  const order = insertions.map((insertion, index) => ({ insertion, index }));
  order.sort((a, b) => {
    if (a.insertion.at !== b.insertion.at) return a.insertion.at - b.insertion.at;
    const [aCloses, bCloses] = [closes(a.insertion), closes(b.insertion)];
    if (aCloses !== bCloses) return aCloses ? -1 : 1;
    return aCloses ? b.index - a.index : a.index - b.index;
  });
  const parts: string[] = [];
  let from = 0;
  for (const { insertion } of order) {
    parts.push(code.slice(from, insertion.at), insertion.text);
    from = insertion.at;
  }
  parts.push(code.slice(from));
  return parts.join("");
}
