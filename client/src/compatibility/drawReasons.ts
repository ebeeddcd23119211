import { say } from "../../../server/src/localisation/say.js";
import {
  type Cell,
  QUESTIONS,
  type Question,
  type Row,
  type Statement,
} from "../../../server/src/views/compatibility/compatibilityView.js";
import { breakable, type Element, h, type Markup, withCode } from "../webview/markup.js";
import { basisWords, questionTitle } from "./words.js";

/** A server's answers to every question with their reasons, its evidence, and what to do about it. */
export function drawReasons(row: Row): Element[] {
  const { server, target, evidence } = row;
  return [
    h(
      "dl",
      { class: "answers" },
      QUESTIONS.map((question) => answer(server.id, question, row.cells[question])),
      h(
        "div",
        { class: "answer" },
        h("dt", {}, say`Evidence`),
        h(
          "dd",
          {},
          h("p", { class: "basis" }, basisWords(server)),
          h(
            "ul",
            { class: "statements" },
            evidence.map(({ what, url }, index) =>
              h(
                "li",
                { class: "statement" },
                h("p", {}, h("bdi", {}, breakable(what))),
                h(
                  "p",
                  { class: "ways" },
                  h(
                    "button",
                    {
                      type: "button",
                      class: "link",
                      id: `evidence-${server.id}-${index}`,
                      "data-action": "openEvidence",
                      "data-server": server.id,
                      "data-index": index,
                      title: url,
                      "aria-label": say`Open in browser: ${url}`,
                    },
                    say`Open in browser`,
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
    h(
      "p",
      { class: "row-actions" },
      h(
        "button",
        {
          type: "button",
          class: "quiet",
          id: `target-${server.id}`,
          "data-action": target ? "removeTarget" : "addTarget",
          "data-server": server.id,
        },
        target ? say`Remove ${server.name} from the targets` : say`Set ${server.name} as a target`,
      ),
    ),
  ];
}

function answer(server: string, question: Question, { outcome, word, statements }: Cell): Element {
  return h(
    "div",
    { class: "answer" },
    h(
      "dt",
      {},
      h("span", { class: "answer-title" }, questionTitle(question)),
      outcome !== "told" &&
        h("span", { class: `outcome cell-${outcome}` }, icon(outcome), h("span", {}, word)),
    ),
    h(
      "dd",
      {},
      h(
        "ul",
        { class: "statements" },
        statements.map((statement, index) =>
          statementItem(statement, server, question, index, statements.length > 1),
        ),
      ),
    ),
  );
}

const OUTCOME_WORDS: Readonly<Record<Statement["outcome"], () => string>> = {
  works: () => say`Works`,
  limited: () => say`Limited`,
  never: () => say`Never`,
  unreached: () => say`Not reached`,
  unknown: () => say`Unknown`,
  told: () => say`Note`,
};

function statementItem(
  { outcome, about, text, rule, link }: Statement,
  server: string,
  question: Question,
  index: number,
  /** Whether there are others, so that each has to say its own outcome. */
  oneOfMany: boolean,
): Element {
  const part = { "data-server": server, "data-cell": question, "data-index": index };
  const id = `${server}-${question}-${index}`;
  return h(
    "li",
    { class: `statement statement-${outcome}` },
    h(
      "p",
      { class: "sentence" },
      oneOfMany && (outcome !== "told" || about === undefined) && icon(outcome),
      oneOfMany &&
        outcome !== "told" &&
        h("span", { class: "visually-hidden" }, OUTCOME_WORDS[outcome](), ": "),
      about !== undefined && [subject(question, about), " "],
      h("bdi", {}, withCode(text)),
    ),
    (link !== undefined || rule !== undefined) &&
      h(
        "p",
        { class: "ways" },
        link !== undefined &&
          h(
            "button",
            {
              type: "button",
              class: "link",
              id: `reveal-${id}`,
              "data-action": "reveal",
              ...part,
              "aria-label": say`Line ${link.place.start.line + 1}: go to ${link.label} in the document`,
            },
            say`Line ${link.place.start.line + 1}`,
          ),
        rule !== undefined &&
          h(
            "button",
            {
              type: "button",
              class: "link",
              id: `rule-${id}`,
              "data-action": "explainRule",
              ...part,
              "aria-label": say`Explain the rule ${rule}`,
            },
            rule,
          ),
      ),
  );
}

/** A redirect entry as code, what a consent screen shows as a word. */
function subject(question: Question, about: string): Markup {
  return question === "signIn"
    ? h("code", { class: "about" }, h("bdi", {}, breakable(about)))
    : h("span", { class: "about" }, about, ":");
}

export function icon(outcome: Cell["outcome"]): Element {
  return h("span", { class: `icon icon-${outcome}`, "aria-hidden": "true" });
}

/** A cell of a server's row: its outcome in a word or two; the reasons are below the row. */
