import type { CliIo } from "../io.js";
import type { ResultWriter } from "./resultWriter.js";

/** `{ "version": 1, "files": [{ "path", "problems", "verdicts" }] }`, written file by file. */
export function json(io: CliIo): ResultWriter {
  let first = true;
  io.stdout('{"version":1,"files":[');
  return {
    file(file) {
      io.stdout(
        `${first ? "" : ","}\n${JSON.stringify({ path: file.path, problems: file.problems, verdicts: file.verdicts })}`,
      );
      first = false;
    },
    end() {
      io.stdout("\n]}\n");
    },
  };
}
