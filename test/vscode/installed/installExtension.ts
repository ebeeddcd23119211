import path from "node:path";
import { packVsix, run } from "../../package/tools.js";
import { ensureCodeServer } from "../harness/codeServer.mjs";
import { ensureNode } from "../harness/nodeRuntime.mjs";

/**
 * Packages the extension and installs the VSIX into a VS Code that has no other, as `code --install-extension` does.
 *
 * @param folder an empty folder, which gets the VSIX, the installed extension and VS Code's own data
 * @returns the folder of installed extensions
 * @throws {Error} with what VS Code printed, where it refuses the file
 */
export function installExtension(folder: string): string {
  const extensions = path.join(folder, "extensions");
  const { status, stdout, stderr } = run(
    ensureNode(),
    [
      ensureCodeServer(),
      ...["--server-data-dir", path.join(folder, "data")],
      ...["--extensions-dir", extensions],
      "--accept-server-license-terms",
      ...["--install-extension", packVsix(folder)],
    ],
    { cwd: folder },
  );
  if (status !== 0 || !stdout.includes("was successfully installed"))
    throw new Error(`VS Code did not install the VSIX:\n${stdout}\n${stderr}`);
  return extensions;
}
