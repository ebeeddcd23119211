import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { type Answer, type EngineCase, textOf } from "./cases.js";

/** An engine that says nothing for so long, in ms, hangs. */
const SILENCE = 60_000;

/** So many questions are on their way at a time: enough to keep a driver busy, few enough to know who was hit by a crash. */
const AT_A_TIME = 32;

interface Line extends Answer {
  readonly id: string;
}

const OUTCOMES = new Set(["accepts", "refuses", "allowed", "refused", "crashed"]);

/** A driver's process: it is started when something is asked, and again when it died. */
export class Driver {
  readonly #command: readonly [string, ...string[]];
  readonly #folder: string;
  #child: ChildProcessWithoutNullStreams | undefined;
  #onLine: (line: string) => void = () => {};
  #onEnd: (why: string) => void = () => {};
  /** The end of what the engine wrote to standard error. */
  #log = "";
  #everAnswered = false;

  /** @param folder in which the program runs */
  constructor(command: readonly [string, ...string[]], folder: string) {
    this.#command = command;
    this.#folder = folder;
  }

  /**
   * Asks about cases, many at a time.
   *
   * @returns an answer for each, in the order of the cases
   * @throws {Error} where the driver breaks the protocol, or ends before its first answer
   */
  async ask(cases: readonly EngineCase[]): Promise<Answer[]> {
    const answers = new Map<number, Answer>();
    while (answers.size < cases.length) {
      const crash = await this.#askUntilCrash(cases, answers);
      if (crash === undefined) break;
      const first = cases.findIndex((_, at) => !answers.has(at));
      answers.set(first, { outcome: "crashed", message: crash });
    }
    return cases.map((_, at) => answers.get(at) as Answer);
  }

  /** @returns why the process ended, or undefined when everything is answered */
  #askUntilCrash(cases: readonly EngineCase[], answers: Map<number, Answer>): Promise<string | undefined> {
    const child = this.#started();
    const open = [...cases.keys()].filter((at) => !answers.has(at));
    let sent = 0;
    let waiting = 0;
    return new Promise((resolve, reject) => {
      const silence = setTimeout(() => child.kill("SIGKILL"), SILENCE);
      const send = (): void => {
        while (waiting < AT_A_TIME) {
          const at = open[sent];
          if (at === undefined) break;
          sent++;
          const { url, body, redirectUri } = cases[at] as EngineCase;
          const bytes = Buffer.from(textOf(body)).toString("base64");
          child.stdin.write(`${ascii({ id: String(at), url, body: bytes, redirectUri })}\n`);
          waiting++;
        }
        if (waiting > 0) return;
        clearTimeout(silence);
        resolve(undefined);
      };
      this.#onLine = (text) => {
        silence.refresh();
        const line = parsed(text);
        const at = Number(line?.id);
        if (!line || answers.has(at) || !(at in cases)) {
          clearTimeout(silence);
          reject(new Error(`The driver said something that is no answer: ${text.slice(0, 300)}`));
          return;
        }
        this.#everAnswered = true;
        answers.set(at, { outcome: line.outcome, message: line.message ?? "" });
        waiting--;
        send();
      };
      this.#onEnd = (why) => {
        clearTimeout(silence);
        if (this.#everAnswered) resolve(why);
        else reject(new Error(`The driver ended before its first answer (${why}).\n${this.#log}`));
      };
      send();
    });
  }

  #started(): ChildProcessWithoutNullStreams {
    if (this.#child) return this.#child;
    const [program, ...args] = this.#command;
    const child = spawn(program, args, { cwd: this.#folder, stdio: "pipe" });
    this.#child = child;
    let rest = "";
    // Node's readline would also break lines at U+2028.
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.#onLine(line);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#log = (this.#log + text).slice(-4000);
    });
    // A process that ends says why with its exit code; the pipe to it breaks as well.
    child.stdin.on("error", () => {});
    child.once("error", (error) => this.#ended(error.message));
    child.once("close", (code, signal) => {
      const why = signal === null ? `exit code ${code}` : `ended by ${signal}`;
      this.#ended(`${why} ${lastLine(this.#log)}`.trim());
    });
    return child;
  }

  #ended(why: string): void {
    this.#child = undefined;
    this.#onEnd(why);
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#onEnd = () => {};
    await new Promise((resolve) => {
      child.once("close", resolve);
      child.stdin.end();
      setTimeout(() => child.kill("SIGKILL"), 5_000).unref();
    });
  }
}

/** JSON in ASCII: what ends a line differs between languages. */
function ascii(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function parsed(text: string): Line | undefined {
  try {
    const line = JSON.parse(text) as Line;
    return OUTCOMES.has(line.outcome) ? line : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function lastLine(text: string): string {
  return (text.trimEnd().split("\n").at(-1) ?? "").slice(0, 200);
}
