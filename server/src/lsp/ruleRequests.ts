import { ErrorCodes, ResponseError } from "vscode-languageserver";
import { rulePage, ruleTitles } from "../languageFeatures/rulePage.js";
import type { Connection } from "./connection.js";
import { EXPLAIN_RULE, ExplainRuleParams, LIST_RULES, type RuleTitles } from "./protocol.js";

/** Answers `cimd/explainRule` and `cimd/listRules`. */
export function answerRuleRequests(connection: Connection): void {
  connection.onRequest(EXPLAIN_RULE, (given: unknown): { markdown: string } => {
    const params = ExplainRuleParams.safeParse(given);
    if (!params.success) throw new ResponseError(ErrorCodes.InvalidParams, params.error.message);
    const markdown = rulePage(params.data.rule);
    if (markdown === undefined) {
      throw new ResponseError(ErrorCodes.InvalidParams, `There is no rule "${params.data.rule}".`);
    }
    return { markdown };
  });
  connection.onRequest(LIST_RULES, (): RuleTitles => ruleTitles());
}
