import { Console } from "node:console";
import { connect } from "node:net";
import { FrameCheck } from "./frameCheck.js";

export interface EditorStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * The streams to the editor, which end the process at the first frame that cannot be read: what follows it would be taken
 * for something it is not.
 *
 * @param argv `--stdio`, `--socket=PORT` or `--pipe=NAME`, also with the value as the next argument
 * @returns undefined for a way that has no frames, or where none is named
 */
export function editorStreams(argv: readonly string[]): EditorStreams | undefined {
  const streams = open(argv);
  const check = new FrameCheck();
  streams?.input.on("data", (chunk: Buffer) => {
    const fault = check.read(chunk);
    if (fault === undefined) return;
    process.stderr.write(`cimd-language-server: ${fault}\n`);
    process.exit(1);
  });
  return streams;
}

function open(argv: readonly string[]): EditorStreams | undefined {
  if (argv.includes("--stdio")) {
    // Whatever a library writes to the console would be taken for a message to the editor.
    globalThis.console = new Console(process.stderr);
    return { input: process.stdin, output: process.stdout };
  }
  const pipe = argumentOf(argv, "--pipe");
  const port = argumentOf(argv, "--socket");
  if (pipe === undefined && port === undefined) return undefined;
  const socket = pipe === undefined ? connect(Number(port), "127.0.0.1") : connect(pipe);
  return { input: socket, output: socket };
}

function argumentOf(argv: readonly string[], name: string): string | undefined {
  const at = argv.findIndex((argument) => argument === name || argument.startsWith(`${name}=`));
  const argument = argv[at];
  return argument === name ? argv[at + 1] : argument?.slice(name.length + 1);
}
