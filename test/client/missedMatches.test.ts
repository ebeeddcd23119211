import { expect, it } from "vitest";
import { missedMatches } from "../../client/src/create/missedMatches.js";

const ITEMS = [
  { id: "nhost", label: "Nhost Auth", description: "0.40" },
  { id: "auth0", label: "Auth0" },
  { id: "fastmcp", label: "FastMCP", description: "4.2.3" },
];

it.each<[string, string[], string[]]>([
  ["", [], []],
  ["  ", [], []],
  ["nhost", [], ["nhost"]],
  ["NHOST ", [], ["nhost"]],
  ["auth", [], ["nhost", "auth0"]],
  ["auth", ["auth0"], []],
  ["nhost", ["auth0"], ["nhost"]],
  ["4.2", [], ["fastmcp"]],
  ["nobody", [], []],
])("of %j with %j checked is %j", (typed, checked, missed) => {
  expect(missedMatches(typed, ITEMS, checked).map(({ id }) => id)).toEqual(missed);
});
