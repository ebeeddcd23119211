// The generated parts of the README: tables of servers, rules and typical documents.

/** @param {string} text a cell */
function cell(text) {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

/** @param {string[][]} rows the first is the head */
function table([head, ...rows]) {
  const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Numbered links; what each shows stands in its title. */
function sources(evidence) {
  return evidence
    .map(({ what, url }, index) => `[${index + 1}](${url} "${what.replaceAll('"', "'")}")`)
    .join(" ");
}

function serverTable(servers) {
  return table([
    ["Id", "Server", "Version read", "Evidence"],
    ...servers.map(({ id, name, version, evidence }) => [`\`${id}\``, name, version, sources(evidence)]),
  ]);
}

function libraryTable(libraries) {
  return table([
    ["Library", "Version read", "Evidence"],
    ...libraries.map(({ name, version, evidence }) => [name, version, sources(evidence)]),
  ]);
}

function ruleTable(rules) {
  return table([
    ["Rule", "Severity", "What it asks for", "Source"],
    ...rules.map(({ id, severity, title, sources, check }) => [
      `\`${id}\``,
      check ? severity : "*servers*",
      title,
      `[${sources[0].label}](${sources[0].url})`,
    ]),
  ]);
}

const SIGN_IN = { works: "✓", limited: "limited", never: "no sign-in", unknown: "?" };

/** One column a document, one row a server: loads, and what its first redirect URI is good for. */
function matrix(documents, servers, evaluate) {
  const rows = servers.map((server) => [
    server.name,
    ...documents.map(({ document }) => {
      const { verdict, signIn } = evaluate(document, server);
      if (verdict === "refuses") return "refuses";
      const best = ["works", "limited", "never", "unknown"].find((outcome) =>
        signIn.some((entry) => entry.outcome === outcome),
      );
      return verdict === "unknown" && best !== "never" ? "?" : SIGN_IN[best ?? "unknown"];
    }),
  ]);
  const isOpen = ([, ...cells]) => cells.every((cell) => cell === "?");
  const open = new Intl.ListFormat("en").format(rows.filter(isOpen).map(([name]) => name));
  return `${table([["Server", ...documents.map(({ title }) => title)], ...rows.filter((row) => !isOpen(row))])}

As far as is known, ${open} refuse none of these documents; that is not yet a ✓.`;
}

/**
 * Puts fresh tables between the README's markers.
 *
 * @param {string} readme the text as it is
 * @param facts what the TypeScript sources export
 */
export function readmeText(readme, { servers, libraries, rules, documents, evaluate }) {
  const parts = {
    servers: serverTable(servers),
    libraries: libraryTable(libraries),
    rules: ruleTable(rules),
    matrix: matrix(documents, servers, evaluate),
  };
  let text = readme;
  for (const [name, content] of Object.entries(parts)) {
    const marked = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!marked.test(text)) throw new Error(`README.md has no markers for "${name}".`);
    text = text.replace(marked, (_all, open, close) => `${open}\n${content}\n\n${close}`);
  }
  return text;
}
