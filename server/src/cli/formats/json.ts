import { json as jsonText, print, received } from "../printable.js";
import type { Format } from "./resultWriter.js";

/** `{ "version": 1, "files": [{ "path", "problems", "verdicts" }] }`, written file by file. */
export const json: Format<string> = {
  part: ({ path, problems, verdicts, omittedProblems }) =>
    jsonText({ path, problems, verdicts, omittedProblems }).text,
  writer(io) {
    let first = true;
    io.stdout(print`{"version":1,"files":[`);
    return {
      file(part) {
        io.stdout(print`${first ? "" : ","}\n${received(part)}`);
        first = false;
      },
      end() {
        io.stdout(print`\n]}\n`);
      },
    };
  },
};
