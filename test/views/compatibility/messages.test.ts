import { describe, expect, it } from "vitest";
import {
  CompatibilityState,
  FIRST_CHOICES,
  FromPage,
  ToPage,
} from "../../../client/src/compatibility/messages.js";
import { frameOf, viewOf } from "./view.js";

const STATE = { uri: "file:///client.cimd.json", locked: true, choices: FIRST_CHOICES };

describe("the state that VS Code keeps", () => {
  it("is a document and choices", () => {
    const state = {
      ...STATE,
      choices: {
        filter: "fast",
        targetsOnly: false,
        expanded: ["fastmcp"],
        collapsed: ["unknown"],
        scroll: 12,
      },
    };
    expect(CompatibilityState.parse(state)).toEqual(state);
  });

  it.each([
    ["no object", "text"],
    ["no choices", { uri: "file:///a", locked: false }],
    ["a URI that is too long", { ...STATE, uri: "x".repeat(10_000) }],
    ["a filter that is too long", { ...STATE, choices: { ...FIRST_CHOICES, filter: "x".repeat(201) } }],
    ["a server that is none", { ...STATE, choices: { ...FIRST_CHOICES, expanded: ["<img>"] } }],
    ["a group that is none", { ...STATE, choices: { ...FIRST_CHOICES, collapsed: ["__proto__"] } }],
    ["a place that is none", { ...STATE, choices: { ...FIRST_CHOICES, scroll: -1 } }],
  ])("is not taken with %s", (_what, state) => {
    expect(CompatibilityState.safeParse(state).success).toBe(false);
  });
});

describe("what the page may say", () => {
  it.each([
    { type: "openEvidence", server: "fastmcp", index: 0, url: "https://evil.invalid/" },
    { type: "reveal", server: "fastmcp", question: "signIn", index: 0, place: { start: 1 } },
  ])("never holds a URL or a place: %j", (message) => {
    expect(Object.keys(FromPage.parse(message)).sort()).toEqual(
      Object.keys(message)
        .filter((key) => key !== "url" && key !== "place")
        .sort(),
    );
  });

  it.each([
    { type: "openEvidence", server: "https://evil.invalid", index: 0 },
    { type: "openEvidence", server: "fastmcp", index: 0.5 },
    { type: "openEvidence", server: "fastmcp", index: -1 },
    { type: "reveal", server: "fastmcp", question: "constructor", index: 0 },
    { type: "explainRule", rule: "jwks/use" },
    { type: "command", command: "workbench.action.terminal.new" },
    "ready",
  ])("is not %j", (message) => {
    expect(FromPage.safeParse(message).success).toBe(false);
  });
});

describe("what the page draws", () => {
  it("is what the language server answers", () => {
    expect(ToPage.safeParse(frameOf(viewOf({}))).success).toBe(true);
  });

  it("is nothing that does not fit", () => {
    const frame = frameOf(viewOf({}));
    expect(ToPage.safeParse({ ...frame, frame: { documentName: "x", view: { rows: [{}] } } }).success).toBe(
      false,
    );
  });
});
