import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { messageOf } from "../../messageOf.js";
import { classifyHost, isLoopback } from "../addresses.js";
import { bypassesProxy, type ProxySettings } from "../proxies.js";
import { codeOf, Fault, ignoreLateError } from "./fault.js";
import { trustedContext } from "./tls.js";
import { tlsFault } from "./tlsFaults.js";

/**
 * The proxy that a request goes through; none for plain http, which is for this machine, and for this machine itself.
 *
 * @throws {Fault} where the settings name something that is no proxy
 */
export function proxyFor(url: URL, port: number, settings: ProxySettings | undefined): URL | undefined {
  if (!settings || url.protocol !== "https:") return undefined;
  const host = classifyHost(url.hostname);
  if (isLoopback(host)) return undefined;
  const name = host.kind === "address" ? host.address.address : host.name;
  if (bypassesProxy(name, port, settings.noProxy)) return undefined;
  const proxy = URL.parse(settings.url);
  if (proxy?.protocol !== "http:" && proxy?.protocol !== "https:") {
    throw new Fault("connection", "proxy-unusable", proxy?.protocol.slice(0, -1));
  }
  return proxy;
}

/** A proxy and what is needed to trust it. */
export interface ProxyRoute {
  readonly proxy: URL;
  /** False lets a proxy with a bad certificate through. */
  readonly strictSSL: boolean;
  readonly authorities: readonly string[] | undefined;
}

/** Asks a proxy for a tunnel to the origin (CONNECT, RFC 9110 §9.3.6). */
export function connectThrough(
  { proxy, strictSSL, authorities }: ProxyRoute,
  url: URL,
  port: number,
  signal: AbortSignal,
): Promise<Socket> {
  const target = `${url.hostname}:${port}`;
  const isSecure = proxy.protocol === "https:";
  return new Promise((resolve, reject) => {
    const tunnel = (isSecure ? httpsRequest : httpRequest)({
      host: proxy.hostname.replace(/^\[|\]$/g, ""),
      port: proxy.port || (isSecure ? 443 : 80),
      method: "CONNECT",
      path: target,
      agent: false,
      signal,
      headers: { host: target, ...authorization(proxy) },
      ...(isSecure ? { rejectUnauthorized: strictSSL, secureContext: trustedContext(authorities) } : {}),
    });
    tunnel.on("error", (error) => reject(proxyFault(error, proxy)));
    tunnel.on("response", (response) => {
      response.destroy();
      reject(refusal(response.statusCode ?? 0));
    });
    tunnel.on("connect", (response, socket) => {
      const status = response.statusCode ?? 0;
      if (status >= 200 && status < 300) {
        socket.on("error", ignoreLateError);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(refusal(status));
    });
    tunnel.end();
  });
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

function refusal(status: number): Fault {
  if (status === 407) return new Fault("connection", "proxy-authentication");
  return new Fault("connection", "proxy-refused", String(status));
}

function proxyFault(error: unknown, proxy: URL): Fault {
  const code = codeOf(error);
  if (tlsFault({ code, message: messageOf(error), chainLength: 1 }))
    return new Fault("connection", "proxy-tls", messageOf(error));
  return new Fault("connection", "proxy-unreachable", `${proxy.host} (${code || messageOf(error)})`);
}
