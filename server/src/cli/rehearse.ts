import path from "node:path";
import type { Rehearsal, RehearsalStep } from "../rehearsal/rehearsal.js";
import { serverById } from "../servers/servers.js";
import { type CliIo, UsageError } from "./io.js";
import { readArguments, readFormat, readTextOrStdin, readTimeout } from "./options.js";
import { block, joined, json, line, type Printable, print, quoted } from "./printable.js";
import { readText } from "./readFile.js";

const HELP = `Usage: cimd rehearse FILE [options]

Starts an MCP server and its authorization server on 127.0.0.1, which answer for the document in FILE as if it were served at
its client_id. Sign in to the printed address with your own client: every request is a line that says what is right and wrong
in it. FILE is read again for each sign-in. Nothing is fetched, stored or sent elsewhere.

Options:
  --server ID       answer as this authorization server would; without it, as the specifications ask
  --port N          listen on this port (default: a free one)
  --consent WHAT    ask (default) shows the consent page in the browser; allow and deny decide without it
  --once            end with the first whole sign-in, or with the first failed step; consent is "allow" unless given
  --timeout S       end after so many seconds (default: 120 with --once, else never)
  --format FORMAT   text (default), or json: one object a line
  --help            show this

Exit codes: 0 signed in, or ended with Ctrl-C; 1 a failed step or Ctrl-C with --once, or no sign-in in time; 2 wrong usage, a
file that cannot be read, or a port in use. With --once --consent deny, 0 says that the client was told.
`;

const DEFAULT_SECONDS = 120;
/** How long a client may go on after its sign-in before a run with --once ends, in ms. */
const QUIET = 1000;

const CONSENTS = ["ask", "allow", "deny"] as const;
type Consent = (typeof CONSENTS)[number];

/** `cimd rehearse`. */
export async function rehearse(argv: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments(argv, {
    server: { type: "string" },
    port: { type: "string" },
    consent: { type: "string" },
    once: { type: "boolean", default: false },
    timeout: { type: "string" },
    format: { type: "string", default: "text" },
    help: { type: "boolean", short: "h" },
  });
  if (values.help) {
    io.stdout(block(HELP));
    return 0;
  }
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError("it takes one file.");
  const { once, server } = values;
  const format = readFormat(values.format);
  const consent = readConsent(values.consent) ?? (once ? "allow" : "ask");
  const seconds =
    values.timeout !== undefined ? readTimeout(values.timeout) : once ? DEFAULT_SECONDS : undefined;
  const port = readPort(values.port);
  if (server !== undefined && !serverById(server))
    throw new UsageError(`--server takes one id of "cimd servers", not ${quoted(server)}.`);
  const text = await readerOf(file, io);

  const tell = format === "json" ? tellJson : tellText;
  if (format === "text") io.stdout(line`→ Rehearsing ${file}`);
  // Also while the libraries are loaded.
  const interruptions = [io.interrupted?.()];
  // Without a limit, nothing else would end a rehearsal that nobody sees.
  if (seconds === undefined) interruptions.push(io.unread?.());
  const run = new Run(once, consent);
  const rehearsal = await start({
    text,
    server,
    port,
    consent,
    onStep(step) {
      io.stdout(tell.step(step));
      run.step(step);
    },
    onSignedIn: () => run.signedIn(),
  });
  io.stdout(tell.start(rehearsal));
  const ended = await run.end(interruptions, seconds);
  await rehearsal.stop();
  io.stdout(tell.end(ended));
  // With --once, something waits for a sign-in.
  return ended === "signed-in" || ended === "denied" || (ended === "interrupted" && !once) ? 0 : 1;
}

type StartOptions = Parameters<typeof import("../rehearsal/rehearsal.js")["startRehearsal"]>[0];

/** @throws {UsageError} where it cannot start */
async function start(options: StartOptions): Promise<Rehearsal> {
  const { RehearsalError, startRehearsal } = await import("../rehearsal/rehearsal.js");
  try {
    return await startRehearsal(options);
  } catch (error) {
    if (error instanceof RehearsalError) throw new UsageError(error.message);
    throw error;
  }
}

/**
 * The document as it is now. What cannot be read any more, while an editor saves it, is as it was.
 *
 * @throws {UsageError} where it cannot be read at the start
 */
async function readerOf(file: string, io: CliIo): Promise<() => string> {
  let text = await readTextOrStdin(file, io);
  if (file === "-") return () => text;
  const absolute = path.resolve(io.cwd, file);
  return () => {
    const read = readText(absolute, file);
    if ("text" in read) text = read.text;
    return text;
  };
}

function readConsent(given: string | undefined): Consent | undefined {
  if (given === undefined) return undefined;
  const consent = CONSENTS.find((known) => known === given);
  if (!consent) throw new UsageError(`--consent takes ${CONSENTS.join(", ")}, not ${quoted(given)}.`);
  return consent;
}

function readPort(given: string | undefined): number {
  if (given === undefined) return 0;
  const port = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError(`--port takes a number up to 65535, not ${quoted(given)}.`);
  return port;
}

type End = "signed-in" | "denied" | "failed" | "timeout" | "interrupted";

/** Waits for what ends a rehearsal. */
class Run {
  readonly #once: boolean;
  readonly #consent: Consent;
  readonly #ended = Promise.withResolvers<End>();
  #isSignedIn = false;
  #quiet: NodeJS.Timeout | undefined;

  constructor(once: boolean, consent: Consent) {
    this.#once = once;
    this.#consent = consent;
  }

  step({ name, outcome }: RehearsalStep): void {
    if (!this.#once) return;
    if (outcome === "failed") this.#ended.resolve("failed");
    if (name === "consent" && this.#consent === "deny") this.#ended.resolve("denied");
    this.#quiet?.refresh();
  }

  signedIn(): void {
    this.#isSignedIn = true;
    if (this.#once) this.#quiet = setTimeout(() => this.#ended.resolve("signed-in"), QUIET);
  }

  async end(
    interruptions: readonly (Promise<void> | undefined)[],
    seconds: number | undefined,
  ): Promise<End> {
    for (const interrupted of interruptions) void interrupted?.then(() => this.#ended.resolve("interrupted"));
    const timer =
      seconds === undefined
        ? undefined
        : setTimeout(() => this.#ended.resolve(this.#isSignedIn ? "signed-in" : "timeout"), seconds * 1000);
    const ended = await this.#ended.promise;
    clearTimeout(timer);
    clearTimeout(this.#quiet);
    return ended;
  }
}

interface Telling {
  start(rehearsal: Rehearsal): Printable;
  step(step: RehearsalStep): Printable;
  end(ended: End): Printable;
}

const MARKS: Readonly<Record<RehearsalStep["outcome"], string>> = {
  passed: "✓",
  failed: "✗",
  warning: "!",
  note: "·",
};

const ENDS: Readonly<Record<End, string>> = {
  "signed-in": "✓ Signed in.",
  denied: "✓ The client was told that access was denied.",
  failed: "✗ A step failed.",
  timeout: "✗ Nobody signed in in time.",
  interrupted: "Ended.",
};

const tellText: Telling = {
  start: ({ address }) =>
    joined([
      line`→ Let your client sign in to ${address}`,
      line`  Programs on this machine reach it; a client in the cloud, in a container or behind a forwarded port does not. Ctrl-C ends it.`,
    ]),
  step: ({ name, outcome, sentence, detail, at }) =>
    joined([
      line`${MARKS[outcome]} ${(at / 1000).toFixed(1)}s ${name}: ${sentence}`,
      ...detail.map((one) => line`    ${one}`),
    ]),
  end: (ended) => line`${ENDS[ended]}`,
};

const tellJson: Telling = {
  start: ({ address, port }) => print`${json({ version: 1, type: "start", address, port })}\n`,
  step: (step) => print`${json({ type: "step", ...step })}\n`,
  end: (ended) => print`${json({ type: "end", ended })}\n`,
};
