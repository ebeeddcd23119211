/**
 * Puts CommonJS files together into one classic script, which runs the main one. A worker has no `require`; each file
 * becomes a function that runs when another file first requires it, so that nothing is compiled before it is used.
 *
 * @param main name of the file that runs
 * @param files names and texts, the main one among them; they require each other as `./<name>`
 * @returns the parts of the script, in order
 */
export function workerScript(
  main: string,
  files: readonly (readonly [name: string, text: string])[],
): string[] {
  const required = (name: string) => JSON.stringify(`./${name}`);
  return [
    "const files = {\n",
    // The line break ends a comment that a file may end with.
    ...files.flatMap(([name, text]) => [`${required(name)}(module, exports, require) {`, text, "\n},\n"]),
    "};\n",
    LOADER,
    `require(${required(main)});\n`,
  ];
}

const LOADER = `const loaded = {};
function require(name) {
  if (!Object.hasOwn(files, name)) throw new Error("The language server has no file " + name + ".");
  if (!Object.hasOwn(loaded, name)) {
    const module = (loaded[name] = { exports: {} });
    files[name](module, module.exports, require);
  }
  return loaded[name].exports;
}
`;
