/** The page of a rule on the web: what it asks for, why, its sources and examples. */
export function rulePageUrl(id: string): string {
  return `https://github.com/cimd-tools/vscode-cimd/blob/main/server/docs/rules.md#${id}`;
}
