/** What `cimd create` was asked for. */
export interface CreateArguments {
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly clientId: string | undefined;
  readonly clientUri: string | undefined;
  readonly logoUri: string | undefined;
  readonly scope: string | undefined;
  /** The file as typed. */
  readonly output: string | undefined;
  readonly pretty: boolean;
  readonly portable: boolean;
  readonly force: boolean;
  readonly check: boolean;
}

/** A mistake in the arguments, in the words FastMCP uses for it. */
export class CreateArgumentError extends Error {
  override readonly name = "CreateArgumentError";
}

const TEXT_OPTIONS = [
  "--name",
  "--redirect-uri",
  "--client-id",
  "--client-uri",
  "--logo-uri",
  "--scope",
  "--output",
];
const SWITCHES = ["--pretty", "--no-pretty", "--portable", "--force", "--no-check"];
const SHORT: ReadonlyMap<string, string> = new Map([
  ["-r", "--redirect-uri"],
  ["-o", "--output"],
]);

/**
 * Reads the arguments of `cimd create`. It is no use of `parseArgs`, because FastMCP's command line (cyclopts) differs
 * from it: switches take a value behind `=`, and the messages are its own.
 *
 * @param argv the arguments, `--help` already dealt with
 * @throws {CreateArgumentError} for an unknown option, a missing or repeated value, and stray words
 */
export function readCreateArguments(argv: readonly string[]): CreateArguments {
  const texts = new Map<string, string[]>();
  const switches = new Map<string, boolean>();
  const stray: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i] ?? "";
    if (!isOption(argument)) {
      stray.push(argument);
      continue;
    }
    const equals = argument.indexOf("=");
    const typed = equals < 0 ? argument : argument.slice(0, equals);
    const inline = equals < 0 ? undefined : argument.slice(equals + 1);
    const option = SHORT.get(typed) ?? typed;
    if (SWITCHES.includes(option)) {
      switches.set(option, inline === undefined || readBoolean(option, inline));
    } else if (TEXT_OPTIONS.includes(option)) {
      const next = argv[i + 1];
      const value = inline ?? (next === undefined || isOption(next) ? undefined : next);
      if (value === undefined) throw missing(option);
      if (inline === undefined) i++;
      const earlier = texts.get(option);
      if (!earlier) texts.set(option, [value]);
      else if (option === "--redirect-uri") earlier.push(value);
      else throw new CreateArgumentError(`Parameter ${typed} specified multiple times.`);
    } else throw new CreateArgumentError(`Unknown option: ${typed}.`);
  }
  if (stray.length > 0)
    throw new CreateArgumentError(`Unused Tokens: [${stray.map(pythonString).join(", ")}].`);
  const redirectUris = texts.get("--redirect-uri");
  const name = texts.get("--name")?.[0];
  if (name === undefined) throw missing("--name");
  if (redirectUris === undefined) throw missing("--redirect-uri");
  return {
    name,
    redirectUris,
    clientId: texts.get("--client-id")?.[0],
    clientUri: texts.get("--client-uri")?.[0],
    logoUri: texts.get("--logo-uri")?.[0],
    scope: texts.get("--scope")?.[0],
    output: texts.get("--output")?.[0],
    pretty: (switches.get("--pretty") ?? true) && !switches.get("--no-pretty"),
    portable: switches.get("--portable") ?? false,
    force: switches.get("--force") ?? false,
    check: !switches.get("--no-check"),
  };
}

function isOption(argument: string): boolean {
  return argument.startsWith("-") && argument !== "-";
}

function missing(option: string): CreateArgumentError {
  return new CreateArgumentError(`Command "create" parameter ${option} requires an argument.`);
}

/** The words cyclopts reads as a truth value, in any case. */
function readBoolean(option: string, word: string): boolean {
  const lower = word.toLowerCase();
  if (["true", "t", "yes", "y", "1"].includes(lower)) return true;
  if (["false", "f", "no", "n", "0"].includes(lower)) return false;
  throw new CreateArgumentError(
    `Invalid value for ${option}: unable to convert ${JSON.stringify(word)} into bool.`,
  );
}

/** A word as Python shows it: single quotes unless it holds one. */
function pythonString(word: string): string {
  const quote = word.includes("'") && !word.includes('"') ? '"' : "'";
  return `${quote}${word.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`)}${quote}`;
}
