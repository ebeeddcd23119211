import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { clip, describeValue } from "../document/valueText.js";
import { ENGLISH } from "../localisation/language.js";
import { say } from "../localisation/say.js";
import { messageOf } from "../messageOf.js";
import type { ServerProfile } from "../servers/profile.js";
import { serverById } from "../servers/servers.js";
import { jsonAnswer, readExchange, sendAnswer } from "./exchange.js";
import { failed, type Judgement, judgement, passed, warning } from "./findings.js";
import { corsHeaders, refusalOf } from "./guard.js";
import { decideDocument } from "./judge/document.js";
import { RehearsedDocument } from "./rehearsedDocument.js";
import { type Reply, Site } from "./site.js";

/** The requests of a sign-in, in the order in which a client makes them; `document` is said before the first of them. */
export const STEP_NAMES = [
  "document",
  "unauthorized",
  "resource-metadata",
  "server-metadata",
  "registration",
  "authorization",
  "consent",
  "token",
  "refresh",
  "mcp",
  "other",
] as const;

export type StepName = (typeof STEP_NAMES)[number];

/** One request of the client and what was right and wrong in it. */
export interface RehearsalStep {
  readonly name: StepName;
  readonly outcome: "passed" | "failed" | "warning" | "note";
  /** What happened, in one sentence of the person's language. */
  readonly sentence: string;
  /** More sentences: what was right, what was wrong, what to do. Parts of them are the client's and the document's words. */
  readonly detail: readonly string[];
  /** Milliseconds since the rehearsal started. */
  readonly at: number;
}

export interface RehearsalOptions {
  /** The document's text now; asked at every request that needs it, so that unsaved typing counts. */
  text(): string;
  /** The id of the authorization server to answer as; without it, the specifications decide. */
  readonly server?: string | undefined;
  /** Where to listen; 0 or absent is a free port. */
  readonly port?: number | undefined;
  /** `ask` shows the consent page in the person's browser. */
  readonly consent: "ask" | "allow" | "deny";
  /** Of the texts, for the pages in the browser: a BCP 47 tag, English unless given. */
  readonly language?: string | undefined;
  /** Called for each step as it happens. */
  onStep(step: RehearsalStep): void;
  /** Called with the first whole sign-in: a token was issued and used at the MCP server. */
  onSignedIn?(): void;
}

export interface Rehearsal {
  /** What the client is given: `http://127.0.0.1:PORT/mcp`. */
  readonly address: string;
  readonly port: number;
  /** Closes every connection; nothing is left. */
  stop(): Promise<void>;
}

/** A rehearsal that cannot start. */
export class RehearsalError extends Error {
  readonly code: "port-in-use" | "unknown-server" | "unsupported-document";

  constructor(code: RehearsalError["code"], message: string) {
    super(message);
    this.name = "RehearsalError";
    this.code = code;
  }
}

/** The only address that is listened on. */
const HOST = "127.0.0.1";
/** How long answers may take after the end, in ms. */
const PATIENCE = 200;

/**
 * Starts an MCP server and its authorization server on this machine, for one's own client to sign in to.
 *
 * @throws {RehearsalError} where the port is taken, the server is unknown, or the document is none that can be rehearsed
 */
export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const server = profileOf(options.server);
  if (new RehearsedDocument(options.text()).isForAtproto)
    throw new RehearsalError(
      "unsupported-document",
      say`This is an atproto document. Its sign-in takes pushed authorization requests and DPoP, which the rehearsal does not have.`,
    );
  const http = createServer();
  const port = await listen(http, options.port ?? 0);
  const origin = `http://${HOST}:${port}`;
  const address = `${origin}/mcp`;
  const site = new Site({
    origin,
    resource: address,
    server,
    text: () => options.text(),
    consent: options.consent,
    language: options.language ?? ENGLISH.language,
  });
  const recorder = new Recorder(options);
  recorder.record(judgeStart(new RehearsedDocument(options.text()), server));
  http.on("request", (request, response) => {
    answer(request, response, origin, site, recorder).catch((error: unknown) => {
      recorder.record(faultStep(error));
      response.destroy();
    });
  });
  return {
    address,
    port,
    async stop() {
      const closed = new Promise((resolve) => http.close(resolve));
      // What is being answered is answered; streams have no end of their own.
      const patience = setTimeout(() => http.closeAllConnections(), PATIENCE);
      await Promise.all([closed, site.close()]);
      clearTimeout(patience);
    },
  };
}

function profileOf(id: string | undefined): ServerProfile | undefined {
  if (id === undefined) return undefined;
  const profile = serverById(id);
  if (!profile)
    throw new RehearsalError("unknown-server", say`No authorization server is called ${describeValue(id)}.`);
  return profile;
}

async function listen(http: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new RehearsalError(
              "port-in-use",
              say`Port ${port} of ${HOST} is in use. Stop what listens there, or use another port.`,
            )
          : error,
      ),
    );
    http.listen(port, HOST, resolve);
  });
  return (http.address() as AddressInfo).port;
}

/** What is known before the first request. A document that a server would refuse may be rehearsed: each sign-in says so. */
function judgeStart(rehearsed: RehearsedDocument, server: ServerProfile | undefined): Judgement {
  const { refused, findings } = decideDocument(rehearsed, server);
  const shown = refused ? findings.map(({ sentence }) => warning(sentence)) : findings;
  return judgement(
    "document",
    shown,
    passed(say`The document is treated as if it were served at ${clip(rehearsed.clientId ?? "")}.`),
  );
}

/** Turns what was judged into steps, and says when the first sign-in is whole. */
class Recorder {
  readonly #options: RehearsalOptions;
  readonly #start = performance.now();
  #isSignedIn = false;

  constructor(options: RehearsalOptions) {
    this.#options = options;
  }

  record(step: Judgement): void {
    this.#options.onStep({ ...step, at: Math.round(performance.now() - this.#start) });
  }

  signedIn(): void {
    if (this.#isSignedIn) return;
    this.#isSignedIn = true;
    this.#options.onSignedIn?.();
  }
}

/** Answers one request. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  origin: string,
  site: Site,
  recorder: Recorder,
): Promise<void> {
  const refusal = refusalOf(request, new URL(origin).host);
  const reply = refusal === undefined ? await replyTo(request, origin, site) : refused(403, refusal);
  // Who is refused may not read why.
  const headers = { ...reply.answer.headers, ...(refusal === undefined ? corsHeaders(request.headers) : {}) };
  for (const step of reply.steps) recorder.record(step);
  await sendAnswer(response, { ...reply.answer, headers });
  if (reply.signedIn) recorder.signedIn();
}

async function replyTo(request: IncomingMessage, origin: string, site: Site): Promise<Reply> {
  if (request.method === "OPTIONS") return { answer: { status: 204, headers: {}, body: "" }, steps: [] };
  try {
    const exchange = await readExchange(request, origin);
    return exchange
      ? await site.reply(exchange)
      : refused(400, say`The request has an address or a body that no sign-in has.`);
  } catch (error) {
    // A client that goes away in the middle of its request is no fault of anybody.
    if (!request.complete) return { answer: { status: 400, headers: {}, body: "" }, steps: [] };
    return { answer: { status: 500, headers: {}, body: "" }, steps: [faultStep(error)] };
  }
}

function faultStep(error: unknown): Judgement {
  const sentence = say`The rehearsal could not answer. That is our fault: please report it. (${messageOf(error)})`;
  return judgement("other", [], failed(sentence));
}

function refused(status: number, sentence: string): Reply {
  return {
    answer: jsonAnswer(status, { error: "invalid_request", error_description: sentence }),
    steps: [judgement("other", [], failed(sentence))],
  };
}
