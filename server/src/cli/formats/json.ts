import type { Format } from "./resultWriter.js";

/** `{ "version": 1, "files": [{ "path", "problems", "verdicts" }] }`, written file by file. */
export const json: Format<string> = {
  part: ({ path, problems, verdicts }) => JSON.stringify({ path, problems, verdicts }),
  writer(io) {
    let first = true;
    io.stdout('{"version":1,"files":[');
    return {
      file(part) {
        io.stdout(`${first ? "" : ","}\n${part}`);
        first = false;
      },
      end() {
        io.stdout("\n]}\n");
      },
    };
  },
};
