// The generated pages of server/docs: rules.md and servers.md.

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

const READ = { "read-source": "read in source", docs: "documented", "issue-thread": "issue thread" };

const NOT_EXECUTED = {
  closed: "its source is not public",
  "no-release": "no package registry has it",
  internal: "its functions are in a Go package that nothing outside can import",
  "not-served": "the registry that the lab installs from does not serve its package",
  "other-toolchain": "the lab does not have its toolchain",
};

/** What the statements about a server or library rest on. */
function basis(proof, confidence, notExecuted) {
  if (proof) return `proven against ${proof.engine} ${proof.version}, ${proof.cases} cases, ${proof.date}`;
  return notExecuted ? `${READ[confidence]}; not executed: ${NOT_EXECUTED[notExecuted]}` : READ[confidence];
}

/** How many servers are proven, how many were read, and how many are known by what their vendors say alone. */
function counts(servers, proofs) {
  const others = servers.filter(({ id }) => !proofs.has(id));
  const read = others.filter(({ confidence }) => confidence === "read-source").length;
  return `${servers.length} authorization servers: ${servers.length - others.length} proven by running their own code, ${read} read in source, ${others.length - read} known by documentation alone.`;
}

function serverTable(servers, proofs) {
  return table([
    ["Id", "Server", "Version read", "Known from", "Evidence"],
    ...servers.map(({ id, name, version, confidence, notExecuted, evidence }) => [
      `\`${id}\``,
      name,
      version,
      basis(proofs.get(id), confidence, notExecuted),
      sources(evidence),
    ]),
  ]);
}

/** Those in the default group first. */
function reachTable(servers, isWidelyMet, describeReach) {
  const inside = servers.filter(({ reach }) => isWidelyMet(reach));
  const outside = servers.filter(({ reach }) => !isWidelyMet(reach));
  return table([
    ["Id", "Server", "Audience", "Default group", "Reach", "Source"],
    ...[...inside, ...outside].map(({ id, name, audience, reach }) => [
      `\`${id}\``,
      name,
      audience.join(", "),
      isWidelyMet(reach) ? "✓" : "",
      reach ? describeReach(reach) : "not known",
      reach ? `[${reach.date}](${reach.source})` : "",
    ]),
  ]);
}

/** Who is in the default group of a document, by its audience. */
function defaultGroups(defaultGroup) {
  return ["mcp", "atproto", "solid"]
    .map((audience) => {
      const ids = defaultGroup([audience]).map(({ id }) => `\`${id}\``);
      return `- ${audience}: ${ids.length > 0 ? `${ids.join(", ")} (${ids.length})` : "none"}`;
    })
    .join("\n");
}

function libraryTable(libraries, proofs) {
  return table([
    ["Library", "Version read", "Known from", "Evidence"],
    ...libraries.map(({ id, name, version, evidence }) => [
      name,
      version,
      basis(proofs.get(id), "read-source"),
      sources(evidence),
    ]),
  ]);
}

/** A rule as a section; its anchor is the id, so that `rules.md#client-id/https` leads to it. */
function ruleSection({ id, severity, title, why, sources, bad, good, check }) {
  const links = sources.map(({ label, url }) => `[${label}](${url})`).join(", ");
  const weight = check
    ? severity === "off"
      ? "off unless `cimd.rules` says otherwise"
      : severity
    : "reported where an authorization server objects";
  return `<a id="${id}"></a>

### ${id}

${title}. *(${weight})*

${why}

From ${links}.

\`\`\`text
✗ ${example(bad[0])}
✓ ${example(good[0])}
\`\`\`
`;
}

/** An example in its own notation: members of an otherwise good document, « » around what is wrong. */
function example(text) {
  const shown = text.replace(/^=/, "").replace(/\s*\n\s*/g, " ");
  return shown.length > 160 ? `${shown.slice(0, 159)}…` : shown;
}

/** @returns {string} server/docs/rules.md */
export function rulesPage(rules) {
  const fields = Map.groupBy(rules, ({ id }) => id.slice(0, id.indexOf("/")));
  const summary = [...fields].map(
    ([field, own]) =>
      `- **${field}**: ${own.map(({ id }) => `[${id.slice(field.length + 1)}](#${id})`).join(", ")}`,
  );
  const sections = [...fields].map(([field, own]) => `## ${field}\n\n${own.map(ruleSection).join("\n")}`);
  return `# Rules

${rules.length} rules. A violated MUST is an error, a SHOULD a warning, advice an information or a hint. \`cimd.rules\`, or \`--rule\` on the command line, changes the severity of a rule or of all that a glob matches: \`{ "redirect-uris/*": "warning", "client-uri/missing": "off" }\`. The id stands behind every problem.

This page is made from the rules themselves (\`npm run generate\`), and its examples run as tests: « » marks the place of the problem.

${summary.join("\n")}

${sections.join("\n")}`;
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

/** @returns {string} server/docs/servers.md */
export function serversPage({ servers, libraries, documents, proofs, evaluate, groups }) {
  return `# Authorization servers

${counts(servers, proofs)} What is said about a server was read in its code or documents, in the version named here. \`unknown\` means that not everything is known; nothing is guessed. A profile describes the default configuration with client metadata documents switched on.

This page is made from the profiles (\`npm run generate\`).

## Typical documents

${matrix(documents, servers, evaluate)}

## Audience and reach

The default group of a document are the servers of its own audience that many people meet: those with at least ${groups.MANY_DOWNLOADS.toLocaleString("en-US")} downloads a month, hosted services whose vendor documents client metadata documents as generally available, and products that are widely installed. A reach that is not known is not guessed.

${defaultGroups(groups.defaultGroup)}

${reachTable(servers, groups.isWidelyMet, groups.describeReach)}

## Versions and evidence

*Proven* means that the server's own code, installed from its registry, was asked about so many generated documents and requests and did what the profile says (\`npm run engines\`; the runs are recorded and replayed by the tests). The others were read, and the table says why they are not executed.

${serverTable(servers, proofs)}

## Client libraries

They check the URL before they use it, and give no verdict.

${libraryTable(libraries, proofs)}
`;
}
