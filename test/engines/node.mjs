/** What the drivers of engines written in JavaScript share: the line protocol and the network. */
import { EventEmitter } from "node:events";
import http, { IncomingMessage, ServerResponse } from "node:http";
import https from "node:https";
import { Socket } from "node:net";
import { createInterface } from "node:readline";

/**
 * Answers the lines of the standard input one after the other, in the order they come.
 *
 * @param answer gets `{ url, body, redirectUri }` with the body as bytes, and says `[outcome, message]`
 */
export async function answerLines(answer) {
  const write = process.stdout.write.bind(process.stdout);
  // Engines write their logs where they like.
  process.stdout.write = process.stderr.write.bind(process.stderr);
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === "") continue;
    const { id, url, body, redirectUri } = JSON.parse(line);
    let outcome;
    let message;
    try {
      [outcome, message = ""] = await answer({ url, body: Buffer.from(body, "base64"), redirectUri });
    } catch (error) {
      outcome = "crashed";
      message = String(error?.stack ?? error)
        .split("\n", 2)
        .join(" ");
    }
    write(`${JSON.stringify({ id, outcome, message: String(message).slice(0, 300) })}\n`);
  }
  // Timers of an engine must not hold the process.
  process.exit(0);
}

/**
 * Replaces the connections below Node's own `fetch`, so that its checks (ports, credentials, redirects, decoding) stay.
 * Every request is answered with 200, `application/json` and what `body` returns.
 */
export function stubFetchConnections(body) {
  const headers = () => {
    const length = String(body().byteLength);
    return [
      Buffer.from("content-type"),
      Buffer.from("application/json"),
      Buffer.from("content-length"),
      Buffer.from(length),
    ];
  };
  globalThis[Symbol.for("undici.globalDispatcher.1")] = {
    dispatch(_options, handler) {
      setImmediate(() => {
        handler.onConnect(() => {});
        handler.onHeaders(200, headers(), () => {}, "OK");
        handler.onData(Buffer.from(body()));
        handler.onComplete([]);
      });
      return true;
    },
    close: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
  };
}

/** The address every name resolves to, but the one that means the machine itself everywhere. */
export function addressOf(hostname) {
  return hostname.toLowerCase() === "localhost" ? "127.0.0.1" : "93.184.216.34";
}

/** The parameters of an authorization request that every server asks for; the challenge is that of RFC 7636, appendix B. */
export function authorizationRequest(clientId, redirectUri) {
  return {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
  };
}

/**
 * Sends one GET through an Express application without a socket.
 *
 * @returns status, location and the body as text
 */
export function get(app, path) {
  return new Promise((resolve, reject) => {
    const request = new IncomingMessage(new Socket());
    Object.assign(request, { method: "GET", url: path, headers: { host: "as.test" } });
    const response = new ServerResponse(request);
    response.write = () => true;
    response.end = (body = "") => {
      resolve({ status: response.statusCode, location: response.getHeader("location"), body: String(body) });
      return response;
    };
    app(request, response, (error) => reject(error ?? new Error(`nothing answers ${path}`)));
  });
}

/** {@link stubFetchConnections} for packages that use `node:https` and `node:http`. */
export function stubRequests(body) {
  const request = (...rest) => {
    const client = Object.assign(new EventEmitter(), { writable: true });
    const listener = rest.findLast((argument) => typeof argument === "function");
    if (listener) client.on("response", listener);
    const methods = [
      "write",
      "abort",
      "destroy",
      "setHeader",
      "setTimeout",
      "setNoDelay",
      "setSocketKeepAlive",
    ];
    for (const method of [...methods, "flushHeaders"]) client[method] = () => client;
    client.getHeader = () => undefined;
    client.end = () => {
      const response = new IncomingMessage(new Socket());
      const bytes = Buffer.from(body());
      const headers = { "content-type": "application/json", "content-length": String(bytes.byteLength) };
      Object.assign(response, { statusCode: 200, statusMessage: "OK", headers, complete: true, req: client });
      response.push(bytes);
      response.push(null);
      setImmediate(() => client.emit("response", response));
      return client;
    };
    return client;
  };
  http.request = request;
  https.request = request;
}
