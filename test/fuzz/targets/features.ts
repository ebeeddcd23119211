import { analyse } from "../../../server/src/check/analyse.js";
import type { Position, Range } from "../../../server/src/document/lineIndex.js";
import { codeActions } from "../../../server/src/languageFeatures/codeActions.js";
import { codeLenses } from "../../../server/src/languageFeatures/codeLenses.js";
import { completions } from "../../../server/src/languageFeatures/completion.js";
import { diagnostics } from "../../../server/src/languageFeatures/diagnostics.js";
import { documentLinks } from "../../../server/src/languageFeatures/documentLinks.js";
import { documentSymbols } from "../../../server/src/languageFeatures/documentSymbols.js";
import { hover } from "../../../server/src/languageFeatures/hover.js";
import { inlayHints } from "../../../server/src/languageFeatures/inlayHints.js";
import {
  foldingRangesOfJson,
  membersOfJson,
  selectionRangesOfJson,
} from "../../../server/src/languageFeatures/jsonService.js";
import { withCommaBefore } from "../../../server/src/languageFeatures/missingComma.js";
import { exampleDocuments } from "../seeds.js";
import { type FuzzTarget, holds } from "./target.js";

const URI = "file:///fuzz.cimd.json";

const COMMANDS = new Set([
  "cimd.validateHosted",
  "cimd.previewConsentToSide",
  "cimd.explainRule",
  "cimd.chooseServers",
  "_cimd.changeSetting",
]);

/** What an editor asks while a person types, at several places of the text. */
export const features: FuzzTarget = {
  name: "features",
  holds: "every question of an editor is answered, with ranges inside the text",
  seeds: exampleDocuments,
  async run(text) {
    const analysis = analyse(text);
    const { document } = analysis;
    if (document.faults.some(({ kind }) => kind === "too-deep")) return;
    const end = document.lines.positionAt(text.length);
    const isInside = (position: Position): boolean => {
      const offset = document.lines.offsetAt(position);
      const back = document.lines.positionAt(offset);
      return back.line === position.line && back.character === position.character;
    };
    const inside = (what: string, range: Range | undefined): void => {
      if (!range) return;
      const ordered =
        range.start.line < range.end.line ||
        (range.start.line === range.end.line && range.start.character <= range.end.character);
      holds(
        ordered && isInside(range.start) && isInside(range.end),
        `a range of ${what} lies in the text`,
        () => JSON.stringify(range),
      );
    };
    const whole = { start: { line: 0, character: 0 }, end };
    const json = { uri: URI, version: 1, text };
    for (const { range, relatedInformation } of diagnostics(analysis, URI)) {
      inside("a diagnostic", range);
      for (const { location } of relatedInformation ?? []) inside("a related place", location.range);
    }
    for (const { range } of documentLinks(document)) inside("a link", range);
    for (const { range } of codeLenses(analysis, URI, COMMANDS)) inside("a lens", range);
    for (const { position } of await inlayHints(document, whole))
      holds(isInside(position), "a hint lies in the text");
    for (const { range, selectionRange } of documentSymbols(document)) {
      inside("a symbol", range);
      inside("a symbol's name", selectionRange);
    }
    for (const { startLine, endLine } of foldingRangesOfJson(json)) {
      holds(0 <= startLine && startLine <= endLine && endLine <= end.line, "a fold lies in the text");
    }
    const members = document.object?.members ?? [];
    const offsets = [0, text.length >>> 1, text.length, ...members.slice(0, 3).map(({ key }) => key.end + 3)];
    // No editor's cursor stands between the two characters of one line end.
    const cursors = offsets.filter((offset) => text.slice(offset - 1, offset + 1) !== "\r\n");
    for (const offset of cursors) {
      const position = document.lines.positionAt(offset);
      inside("a hover", (await hover(analysis, position))?.range);
      const offered = await completions(analysis, position, { members: await membersOfJson(json, position) });
      for (const { textEdit } of withCommaBefore(document, offered)) {
        if (textEdit && "range" in textEdit) inside("a completion", textEdit.range);
      }
      for (let range = selectionRangesOfJson(json, [position])[0]; range; range = range.parent) {
        inside("a selection", range.range);
      }
    }
    const place = document.lines.positionAt(text.length >>> 1);
    const request = { uri: URI, range: { start: place, end: place }, clientCommands: COMMANDS };
    for (const { edit } of await codeActions(analysis, request)) {
      for (const { range } of edit?.changes?.[URI] ?? []) inside("a fix", range);
    }
  },
};
