import { afterEach, describe, expect, it } from "vitest";
import { type Answer, type EngineCase, type Recipe, textOf } from "./lab/cases.js";
import { compare, disagreements } from "./lab/compare.js";
import { Driver } from "./lab/driver.js";
import { generateInputs, USUAL_URL } from "./lab/inputs.js";
import type { Subject } from "./lab/subject.js";

/** A driver that takes documents without `x`, and falls over `crash`. */
const PROGRAM = `
const { createInterface } = require("node:readline");
createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, body, redirectUri } = JSON.parse(line);
  const text = Buffer.from(body, "base64").toString();
  if (text.includes("crash")) { console.error("out of luck"); process.exit(3); }
  if (text.includes("babble")) { console.log("hello"); return; }
  const message = text.includes('"x"') ? "x is not allowed: \\u2028" + text.length : redirectUri ?? "";
  console.log(JSON.stringify({ id, outcome: message === "" ? "accepts" : "refuses", message }));
});`;

const drivers: Driver[] = [];

function driver(program = PROGRAM): Driver {
  const started = new Driver([process.execPath, "-e", program], ".");
  drivers.push(started);
  return started;
}

afterEach(async () => {
  await Promise.all(drivers.splice(0).map((one) => one.stop()));
});

const asked = (body: Recipe, redirectUri?: string): EngineCase => ({
  url: USUAL_URL,
  body,
  ...(redirectUri === undefined ? {} : { redirectUri }),
});

const ACCEPTS: Answer = { outcome: "accepts", message: "" };

describe("a driver", () => {
  it("answers as many questions as there are, in their order", async () => {
    const cases = Array.from({ length: 200 }, (_, at) => asked(at % 2 === 0 ? "{}" : '{"x":1}'));
    const answers = await driver().ask(cases);
    expect(answers.map(({ outcome }) => outcome)).toEqual(
      cases.map((_, at) => (at % 2 === 0 ? "accepts" : "refuses")),
    );
  });

  it("gets recipes as texts, and any character of a URL", async () => {
    const long = asked(['{"x":"', { repeat: "{#}-", times: 3 }, '"}']);
    const [first, second] = await driver().ask([long, asked("{}", "https://a.dev/\u2028\u{1f600}")]);
    expect(textOf(long.body)).toBe('{"x":"0-1-2-"}');
    expect(first?.message).toBe(`x is not allowed: \u2028${textOf(long.body).length}`);
    expect(second?.message).toBe("https://a.dev/\u2028\u{1f600}");
  });

  it("that dies is started again, and the case counts as a crash", async () => {
    const answers = await driver().ask([asked("{}"), asked("crash"), asked("{}")]);
    expect(answers).toEqual([ACCEPTS, { outcome: "crashed", message: "exit code 3 out of luck" }, ACCEPTS]);
  });

  it("that says something else, or does not start, is an error", async () => {
    await expect(driver().ask([asked("babble")])).rejects.toThrow("no answer: hello");
    await expect(driver("throw new Error('no module')").ask([asked("{}")])).rejects.toThrow("no module");
  });
});

/** Believes that everything is accepted. */
const NAIVE: Subject = {
  id: "naive",
  blocking: [],
  without: () => NAIVE,
  predict: () => ({ outcome: "accepts", reasons: [], messages: [] }),
};

it("disagreements are grouped by what the engine says, and shrunk to what matters", async () => {
  const one = driver();
  const members = {
    client_id: USUAL_URL,
    client_name: "Acme",
    redirect_uris: ["https://a.dev/cb"],
    x: [1, 2],
  };
  const cases = [asked(JSON.stringify(members)), asked("{}"), asked(JSON.stringify({ ...members, y: 1 }))];
  const compared = await compare(NAIVE, one, cases);
  expect(await disagreements(NAIVE, one, compared)).toMatchObject([
    {
      kind: "profile accepts → engine refuses: x is not allowed: #",
      count: 2,
      example: { asked: asked('{"x":[]}') },
    },
  ]);
});

it("a seed gives the same inputs again, another one others", () => {
  const [first, again, other] = [generateInputs(1, 50), generateInputs(1, 50), generateInputs(2, 50)];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect([first.documents.length, first.redirects.length]).toEqual([50, 25]);
});
