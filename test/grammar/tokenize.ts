import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

const require = createRequire(import.meta.url);
const GRAMMAR = fileURLToPath(new URL("../../syntaxes/cimd.tmLanguage.json", import.meta.url));

export interface Token {
  readonly text: string;
  /** From the outermost to the innermost. */
  readonly scopes: readonly string[];
}

let grammar: Promise<textmate.IGrammar> | undefined;

/** Colours a text as VS Code does, with its own TextMate and Oniguruma engines. */
export async function tokenize(text: string): Promise<Token[]> {
  grammar ??= load();
  const loaded = await grammar;
  const tokens: Token[] = [];
  let state = textmate.INITIAL;
  for (const line of text.split("\n")) {
    const { tokens: found, ruleStack } = loaded.tokenizeLine(line, state);
    for (const { startIndex, endIndex, scopes } of found) {
      tokens.push({ text: line.slice(startIndex, endIndex), scopes });
    }
    state = ruleStack;
  }
  return tokens;
}

async function load(): Promise<textmate.IGrammar> {
  const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(readFileSync(GRAMMAR, "utf8"), GRAMMAR),
  });
  const loaded = await registry.loadGrammar("source.json.cimd");
  if (!loaded) throw new Error("The grammar could not be loaded.");
  return loaded;
}
