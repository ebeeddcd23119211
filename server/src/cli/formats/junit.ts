import type { Problem } from "../../rules/problem.js";
import { joined, line, markup, received } from "../printable.js";
import type { CheckedFile, Format } from "./resultWriter.js";

/**
 * JUnit's XML, as CI services read it: a test suite a file and a test case a problem. An error is a failure, as in the exit
 * code; what is less has its words in the output of a test that passes. A file without problems is one test that passes.
 */
export const junit: Format<string> = {
  part(file) {
    const { path, problems, omittedProblems = 0 } = file;
    const failures = problems.filter(isFailure).length;
    const cases = problems.map((problem) => testCase(file, problem));
    if (cases.length === 0)
      cases.push(markup`    <testcase classname="${path}" name="no problems" file="${path}"/>\n`);
    if (omittedProblems > 0)
      cases.push(markup`    <system-out>${omittedProblems} more problems are not listed.</system-out>\n`);
    return joined([
      markup`  <testsuite name="${path}" tests="${Math.max(problems.length, 1)}" failures="${failures}" errors="0" skipped="0">\n`,
      ...cases,
      line`  </testsuite>`,
    ]).text;
  },
  writer(io) {
    io.stdout(line`<?xml version="1.0" encoding="UTF-8"?>`);
    io.stdout(line`<testsuites name="cimd check">`);
    return {
      file: (part) => io.stdout(received(part)),
      end: () => io.stdout(line`</testsuites>`),
    };
  },
};

function isFailure({ severity }: Problem): boolean {
  return severity === "error";
}

function testCase({ path }: CheckedFile, problem: Problem) {
  const { rule, severity, message, range } = problem;
  const { line: row, character } = range.start;
  const place = `${row + 1}:${character + 1}`;
  const open = markup`    <testcase classname="${path}" name="${rule} at ${place}" file="${path}" line="${row + 1}">`;
  const words = `${path}:${place}: ${severity} ${message} [${rule}]`;
  const told = isFailure(problem)
    ? markup`<failure type="${severity}" message="${message}">${words}</failure>`
    : markup`<system-out>${words}</system-out>`;
  return joined([open, told, markup`</testcase>\n`]);
}
