import { connect, Socket } from "node:net";
import type { TlsOptions } from "node:tls";
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import type { NodeFetcherOptions } from "../../server/src/hosted/node/index.js";
import type { StepId, StepState } from "../../server/src/hosted/report.js";
import { Authority, type Identity, selfSigned } from "./certificates.js";
import { answer, GOOD_HEADERS, goodDocument, HOST, ROOT } from "./testServer.js";

/** One way to misbehave, and the one sentence a person should get. */
export interface Misbehaviour {
  readonly name: string;
  /** What the server does once a request (without TLS: a connection) has arrived. */
  answer(socket: Socket, url: string): void;
  /** No TLS on the port. */
  readonly plain?: boolean;
  readonly tls?: TlsOptions;
  readonly identity?: Identity;
  readonly path?: string;
  readonly timeoutSeconds?: number;
  readonly fetcher?: (port: number) => NodeFetcherOptions;
  /** The step that speaks about it; it alone fails, if any does. */
  readonly step: StepId;
  readonly state: StepState;
  /** `PORT` stands for the server's port. */
  readonly sentence: RegExp;
}

const DAY_MS = 86_400_000;
const daysFromNow = (days: number): Date => new Date(Date.now() + days * DAY_MS);

const good = (socket: Socket, url: string): void => {
  socket.end(answer({ body: goodDocument(url) }));
};
const never = (socket: Socket): void => {
  socket.resume();
};
const status =
  (line: string, headers: Record<string, string> = {}) =>
  (socket: Socket) => {
    socket.end(
      answer({
        status: line,
        headers: { ...headers, "Content-Type": "text/plain" },
        body: line,
      }),
    );
  };
const body =
  (make: (url: string) => string | Buffer, headers: Record<string, string | string[]> = {}) =>
  (socket: Socket, url: string) => {
    socket.end(answer({ headers: { ...GOOD_HEADERS, ...headers }, body: make(url) }));
  };
/** Without a word of where the body ends, and with a connection that is torn down after it. */
const untilClose = (make: (url: string) => Buffer, coding: string) => (socket: Socket, url: string) => {
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nCache-Control: max-age=3600\r\nContent-Encoding: ${coding}\r\n\r\n`;
  socket.write(Buffer.concat([Buffer.from(head), make(url)]), () => socket.destroy());
};
const raw = (text: string) => (socket: Socket) => {
  socket.end(Buffer.from(text, "latin1"));
};

/** Writes again and again until the other side has had enough. */
function forever(socket: Socket, chunk: Buffer | string): void {
  const more = () => {
    while (!socket.destroyed && socket.write(chunk)) {
      if (socket.writableLength > 1_000_000) break;
    }
  };
  socket.on("drain", more);
  more();
}

function every(socket: Socket, ms: number, write: () => void): void {
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : write()), ms);
  socket.on("close", () => clearInterval(timer));
}

const INTERMEDIATE = ROOT.intermediate("Test Intermediate");
const STRANGER = Authority.root("Stranger Root");
const OLD_INTERMEDIATE = ROOT.intermediate("Old Intermediate", {
  validTo: daysFromNow(-3),
});
const chained = (issuer: Authority): Identity => {
  const leaf = issuer.issue({ commonName: HOST, names: [HOST] });
  return { ...leaf, cert: leaf.cert + issuer.identity.cert };
};

/** 200 MB of zeros take less than a megabyte as gzip, and far less as brotli. */
function bombs(): { gzip: Buffer; deflate: Buffer; brotli: Buffer } {
  const zeros = Buffer.alloc(200 * 1024 * 1024);
  return {
    gzip: gzipSync(zeros, { level: 1 }),
    deflate: deflateSync(zeros, { level: 1 }),
    brotli: brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  };
}
const BOMBS = bombs();

const TLS_FAULTS: readonly Misbehaviour[] = [
  {
    name: "an expired certificate",
    identity: ROOT.issue({
      commonName: HOST,
      names: [HOST],
      validFrom: daysFromNow(-90),
      validTo: daysFromNow(-1),
    }),
    answer: good,
    step: "tls",
    state: "failed",
    sentence:
      /^The certificate of "app\.acme\.dev" expired on \d{4}-\d\d-\d\d, so clients end the connection\.$/,
  },
  {
    name: "a certificate that is not valid yet",
    identity: ROOT.issue({
      commonName: HOST,
      names: [HOST],
      validFrom: daysFromNow(2),
    }),
    answer: good,
    step: "tls",
    state: "failed",
    sentence: /^The certificate of "app\.acme\.dev" is not valid before \d{4}-\d\d-\d\d\.$/,
  },
  {
    name: "a certificate for another host",
    identity: ROOT.issue({
      commonName: "other.acme.dev",
      names: ["other.acme.dev", "third.acme.dev"],
    }),
    answer: good,
    step: "tls",
    state: "failed",
    sentence: /^The certificate is not for app\.acme\.dev; it names other\.acme\.dev, third\.acme\.dev\.$/,
  },
  ...[HOST, "other.acme.dev"].map(
    (commonName): Misbehaviour => ({
      name: `a certificate whose only name is the common name ${commonName}`,
      identity: ROOT.issue({ commonName }),
      answer: good,
      step: "tls",
      state: "failed",
      sentence:
        /^The certificate of "(?:app|other)\.acme\.dev" lists no host in its subjectAltName, and clients do not look at the common name \(RFC 9525\)\.$/,
    }),
  ),
  {
    name: "a self-signed certificate",
    identity: selfSigned({ commonName: HOST, names: [HOST] }),
    answer: good,
    step: "tls",
    state: "failed",
    sentence: /^app\.acme\.dev shows a self-signed certificate, which TLS clients do not trust\.$/,
  },
  {
    name: "a chain without its intermediate certificate",
    identity: INTERMEDIATE.issue({ commonName: HOST, names: [HOST] }),
    answer: good,
    step: "tls",
    state: "failed",
    sentence:
      /^The server sends its own certificate without the one that signed it \("Test Intermediate"\), so the chain cannot be verified\.$/,
  },
  {
    name: "a chain of an unknown authority, root included",
    identity: chained(STRANGER),
    answer: good,
    step: "tls",
    state: "failed",
    sentence:
      /^The certificate chain ends at "Stranger Root", an authority that public servers do not trust\.$/,
  },
  {
    name: "a chain of an unknown authority, root left out",
    identity: chained(STRANGER.intermediate("Stranger Intermediate")),
    answer: good,
    step: "tls",
    state: "failed",
    sentence:
      /^The certificate chain ends at "Stranger Root", an authority that public servers do not trust\.$/,
  },
  {
    name: "an expired intermediate certificate",
    identity: chained(OLD_INTERMEDIATE),
    answer: good,
    step: "tls",
    state: "failed",
    sentence:
      /^The intermediate certificate of "Old Intermediate" expired on \d{4}-\d\d-\d\d, so clients end the connection\.$/,
  },
  {
    name: "a certificate for clients",
    identity: ROOT.issue({ commonName: HOST, names: [HOST], usage: "client" }),
    answer: good,
    step: "tls",
    state: "failed",
    sentence:
      /^The certificate was not issued for web servers \(its extended key usage lacks serverAuth\)\.$/,
  },
  {
    name: "a certificate with a weak key",
    identity: ROOT.issue({ commonName: HOST, names: [HOST], rsaBits: 1024 }),
    tls: { ciphers: "DEFAULT@SECLEVEL=0" },
    answer: good,
    step: "tls",
    state: "failed",
    sentence:
      /^The certificate uses a key or hash that is too weak to be accepted \((EE certificate key too weak|RSA with 1024 bits)\)\.$/,
  },
  {
    name: "TLS 1.1 at most",
    tls: {
      minVersion: "TLSv1",
      maxVersion: "TLSv1.1",
      ciphers: "DEFAULT@SECLEVEL=0",
    },
    answer: good,
    step: "tls",
    state: "failed",
    sentence: /^app\.acme\.dev speaks only TLS versions older than 1\.2, which current clients refuse\.$/,
  },
  {
    name: "only ciphers nobody has",
    tls: {
      maxVersion: "TLSv1.2",
      ciphers: "AES128-SHA256:ECDHE-RSA-AES128-SHA",
    },
    answer: good,
    step: "tls",
    state: "failed",
    sentence:
      /^app\.acme\.dev refused the TLS handshake of a current client: it has no cipher or no certificate to offer, or wants a client certificate\.$/,
  },
  {
    name: "HTTP/2 only",
    tls: { ALPNProtocols: ["h2"] },
    answer: good,
    step: "tls",
    state: "failed",
    sentence:
      /^app\.acme\.dev does not offer HTTP\/1\.1, the only version that many HTTP clients of servers speak\.$/,
  },
  {
    name: "a demand for a client certificate",
    tls: {
      requestCert: true,
      rejectUnauthorized: true,
      ca: ROOT.identity.cert,
    },
    answer: good,
    step: "tls",
    state: "failed",
    sentence:
      /^app\.acme\.dev asks for a client certificate, and a server that fetches the document has none to show\.$/,
  },
  {
    name: "a demand for a client certificate in TLS 1.2",
    tls: {
      requestCert: true,
      rejectUnauthorized: true,
      ca: ROOT.identity.cert,
      maxVersion: "TLSv1.2",
    },
    answer: good,
    step: "tls",
    state: "failed",
    sentence:
      /^app\.acme\.dev refused the TLS handshake of a current client: .* wants a client certificate\.$/,
  },
  {
    name: "an unknown server name",
    tls: {
      SNICallback: (_name, callback) => callback(new Error("unknown name")),
    },
    answer: good,
    step: "tls",
    state: "failed",
    sentence:
      /^(The server does not know the name app\.acme\.dev \(TLS alert instead of a certificate\)|app\.acme\.dev:PORT closed the connection during the TLS handshake)\.$/,
  },
  {
    name: "plain http on the https port",
    plain: true,
    answer: raw("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
    step: "tls",
    state: "failed",
    sentence: /^app\.acme\.dev:PORT does not speak TLS: something else answers on this port\.$/,
  },
  {
    name: "an SSH banner",
    plain: true,
    answer: raw("SSH-2.0-OpenSSH_9.2\r\n"),
    step: "tls",
    state: "failed",
    sentence: /^app\.acme\.dev:PORT does not speak TLS: something else answers on this port\.$/,
  },
  {
    name: "silence instead of a TLS handshake",
    plain: true,
    timeoutSeconds: 1,
    answer: never,
    step: "tls",
    state: "failed",
    sentence:
      /^app\.acme\.dev:PORT accepted the connection and then did not finish the TLS handshake within \d\.\d s\.$/,
  },
  {
    name: "the connection closed during the TLS handshake",
    plain: true,
    answer: (socket) => socket.once("data", () => socket.destroy()),
    step: "tls",
    state: "failed",
    sentence: /^app\.acme\.dev:PORT closed the connection during the TLS handshake\.$/,
  },
  {
    name: "the connection reset during the TLS handshake",
    plain: true,
    answer: (socket) => socket.once("data", () => socket.resetAndDestroy()),
    step: "tls",
    state: "failed",
    sentence: /^app\.acme\.dev:PORT closed the connection during the TLS handshake\.$/,
  },
  {
    name: "a certificate that expires within a month",
    identity: ROOT.issue({
      commonName: HOST,
      names: [HOST],
      validTo: daysFromNow(9.5),
    }),
    answer: good,
    step: "tls",
    state: "warning",
    sentence: /^The certificate expires in 9 days\.$/,
  },
];

const dnsError = (code: string) => (): NodeFetcherOptions => ({
  network: {
    lookup: async () => Promise.reject(Object.assign(new Error(code), { code })),
  },
});
const resolvesTo =
  (...addresses: string[]) =>
  (): NodeFetcherOptions => ({ network: { lookup: async () => addresses } });

const NETWORK_FAULTS: readonly Misbehaviour[] = [
  {
    name: "a name that does not exist",
    answer: good,
    fetcher: dnsError("ENOTFOUND"),
    step: "addresses",
    state: "failed",
    sentence: /^(The name app\.acme\.dev does not exist in the DNS\.|This machine seems to be offline: .*)$/,
  },
  {
    name: "no network at all",
    answer: good,
    fetcher: dnsError("EAI_AGAIN"),
    step: "addresses",
    state: "failed",
    sentence: /^This machine seems to be offline: app\.acme\.dev could not be looked up or reached\.$/,
  },
  {
    name: "name servers that fail",
    answer: good,
    fetcher: dnsError("ESERVFAIL"),
    step: "addresses",
    state: "failed",
    sentence: /^Looking up app\.acme\.dev failed \(ESERVFAIL\)\.$/,
  },
  {
    name: "name servers that never answer",
    answer: good,
    timeoutSeconds: 1,
    fetcher: () => ({ network: { lookup: () => new Promise(() => {}) } }),
    step: "addresses",
    state: "failed",
    sentence: /^Looking up app\.acme\.dev took longer than \d\.\d s\.$/,
  },
  {
    name: "one private address among public ones",
    answer: good,
    fetcher: resolvesTo("93.184.215.14", "10.1.2.3"),
    step: "addresses",
    state: "failed",
    sentence:
      /^app\.acme\.dev resolves to an address that authorization servers must not connect to: 10\.1\.2\.3 is a private address\.$/,
  },
  {
    name: "a name that means the metadata service of a cloud",
    answer: good,
    fetcher: resolvesTo("169.254.169.254"),
    step: "addresses",
    state: "failed",
    sentence: /^app\.acme\.dev resolves to an address .*: 169\.254\.169\.254 is a link-local address\.$/,
  },
  {
    name: "only IPv6 addresses",
    answer: good,
    fetcher: resolvesTo("2606:2800:21f:cb07:6820:80da:af6b:8b2c"),
    step: "addresses",
    state: "warning",
    sentence:
      /^The name has only IPv6 addresses \(2606:2800:21f:cb07:6820:80da:af6b:8b2c\); a server in a network that has only IPv4 cannot reach it\.$/,
  },
  {
    name: "only IPv6 addresses, and no route to them",
    answer: good,
    step: "connection",
    state: "failed",
    fetcher: () => ({
      network: {
        lookup: async () => ["2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
        dial: () => broken("ENETUNREACH"),
      },
    }),
    sentence:
      /^app\.acme\.dev has only IPv6 addresses and there is no IPv6 route from here, as in every network that has only IPv4\.$/,
  },
  {
    name: "no route to the host",
    answer: good,
    fetcher: () => ({ network: { dial: () => broken("EHOSTUNREACH") } }),
    step: "connection",
    state: "failed",
    sentence: /^There is no route to app\.acme\.dev\.$/,
  },
  {
    name: "nothing listening on the port",
    answer: good,
    fetcher: () => ({
      network: { dial: () => connect({ host: "127.0.0.1", port: 1 }) },
    }),
    step: "connection",
    state: "failed",
    sentence: /^app\.acme\.dev:PORT refused the connection: nothing listens there\.$/,
  },
  {
    name: "packets that vanish",
    answer: good,
    timeoutSeconds: 1,
    fetcher: () => ({ network: { dial: () => new Socket() } }),
    step: "connection",
    state: "failed",
    sentence: /^app\.acme\.dev:PORT did not answer a connection attempt within \d\.\d s\.$/,
  },
  {
    name: "the connection reset before TLS",
    answer: good,
    fetcher: () => ({ network: { dial: () => broken("ECONNRESET") } }),
    step: "connection",
    state: "failed",
    sentence: /^app\.acme\.dev:PORT dropped the connection before TLS began\.$/,
  },
];

/** A socket whose connection attempt fails at once. */
function broken(code: string): Socket {
  return new Socket().destroy(Object.assign(new Error(code), { code }));
}

const ANSWER_FAULTS: readonly Misbehaviour[] = [
  {
    name: "no answer to the request",
    timeoutSeconds: 1,
    answer: never,
    step: "response",
    state: "failed",
    sentence: /^app\.acme\.dev accepted the request and sent no complete response headers within \d\.\d s\.$/,
  },
  {
    name: "headers that drip, one every 100 ms",
    timeoutSeconds: 1,
    step: "response",
    state: "failed",
    answer: (socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      every(socket, 100, () => socket.write("X-Drip: 1\r\n"));
    },
    sentence: /^app\.acme\.dev accepted the request and sent no complete response headers within \d\.\d s\.$/,
  },
  {
    name: "early hints for ever",
    timeoutSeconds: 1,
    step: "response",
    state: "failed",
    answer: (socket) =>
      every(socket, 20, () => socket.write("HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n")),
    sentence: /^app\.acme\.dev accepted the request and sent no complete response headers within \d\.\d s\.$/,
  },
  {
    name: "early hints before the answer",
    answer: (socket, url) => {
      socket.write("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n");
      good(socket, url);
    },
    step: "response",
    state: "passed",
    sentence: /^Answered in \d+ ms, after 103\.$/,
  },
  {
    name: "the connection closed instead of an answer",
    answer: (socket) => socket.destroy(),
    step: "response",
    state: "failed",
    sentence:
      /^app\.acme\.dev:PORT accepted the request and closed the connection without a complete answer\.$/,
  },
  {
    name: "the connection closed in the middle of the headers",
    answer: raw("HTTP/1.1 200 OK\r\nContent-Type: appl"),
    step: "response",
    state: "failed",
    sentence:
      /^app\.acme\.dev:PORT accepted the request and closed the connection without a complete answer\.$/,
  },
  {
    name: "headers of 40 KB",
    answer: (socket) => socket.end(answer({ headers: { "X-Big": "x".repeat(40_000) }, body: "{}" })),
    step: "response",
    state: "failed",
    sentence: /^The response headers are larger than 16 KiB, more than HTTP clients accept\.$/,
  },
  {
    name: "headers without end",
    answer: (socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      forever(socket, "X-More: 0123456789\r\n".repeat(1000));
    },
    step: "response",
    state: "failed",
    sentence: /^The response headers are larger than 16 KiB, more than HTTP clients accept\.$/,
  },
  {
    name: "something that is not HTTP",
    answer: raw("220 mail.acme.dev ESMTP\r\n"),
    step: "response",
    state: "failed",
    sentence: /^The answer is not valid HTTP\/1\.1 \(.+\)\.$/,
  },
  {
    name: "both Content-Length and chunked",
    answer: raw(
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    ),
    step: "response",
    state: "failed",
    sentence: /^The answer is not valid HTTP\/1\.1 \(.+\)\.$/,
  },
  {
    name: "101 Switching Protocols",
    answer: raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
    step: "response",
    state: "failed",
    sentence: /^The server answered a plain GET with 101 Switching Protocols\.$/,
  },
];

const redirect = (code: number, location: (url: string) => string) => (socket: Socket, url: string) => {
  socket.end(
    answer({
      status: `${code} Redirect`,
      headers: { Location: location(url) },
    }),
  );
};

const STATUS_FAULTS: readonly Misbehaviour[] = [
  ...[301, 302, 303, 307, 308].map(
    (code): Misbehaviour => ({
      name: `a ${code} redirect to another host`,
      answer: redirect(code, () => "https://www.example.org/client.json"),
      step: "status",
      state: "failed",
      sentence: new RegExp(
        `^The URL redirects \\(${code}\\) to https://www\\.example\\.org/client\\.json, and authorization servers must not follow redirects\\.$`,
      ),
    }),
  ),
  {
    name: "a redirect that adds a slash",
    answer: redirect(301, (url) => `${url}/`),
    step: "status",
    state: "failed",
    sentence:
      /^The URL redirects \(301\) to https:\/\/app\.acme\.dev:PORT\/client\.json\/ \(a slash at the end\), and authorization servers must not follow redirects\.$/,
  },
  {
    name: "a redirect to www",
    answer: redirect(308, (url) => url.replace("app.", "www.app.")),
    step: "status",
    state: "failed",
    sentence:
      /^The URL redirects \(308\) to https:\/\/www\.app\.acme\.dev:PORT\/client\.json \(www\. in front of the host\), and /,
  },
  {
    name: "a redirect to plain http",
    answer: redirect(302, (url) => url.replace("https:", "http:")),
    step: "status",
    state: "failed",
    sentence:
      /^The URL redirects \(302\) to http:\/\/app\.acme\.dev:PORT\/client\.json \(scheme http instead of https\), and /,
  },
  {
    name: "a relative redirect, the first of a chain",
    answer: redirect(302, () => "/other?next=%2Fclient.json"),
    step: "status",
    state: "failed",
    sentence:
      /^The URL redirects \(302\) to https:\/\/app\.acme\.dev:PORT\/other\?next=%2Fclient\.json, and authorization servers must not follow redirects\.$/,
  },
  {
    name: "a redirect to itself",
    answer: redirect(302, (url) => url),
    step: "status",
    state: "failed",
    sentence: /^The URL redirects \(302\) to itself, so nothing can ever be fetched from it\.$/,
  },
  {
    name: "a redirect without Location",
    answer: status("301 Moved Permanently"),
    step: "status",
    state: "failed",
    sentence:
      /^The answer is 301 without a usable Location, and authorization servers must not follow redirects\.$/,
  },
  {
    name: "a redirect into the private network",
    answer: redirect(302, () => "http://169.254.169.254/latest/meta-data"),
    step: "status",
    state: "failed",
    sentence:
      /^The URL redirects \(302\) to http:\/\/169\.254\.169\.254\/latest\/meta-data, and authorization servers must not follow redirects\.$/,
  },
  {
    name: "304 without being asked",
    answer: raw('HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'),
    step: "status",
    state: "failed",
    sentence: /^The answer is 304 Not Modified, although nothing was asked conditionally\.$/,
  },
  ...(
    [
      ["201 Created", /^The answer is 201, and only exactly 200 counts as success\.$/],
      ["204 No Content", /^The answer is 204, and only exactly 200 counts as success\.$/],
      ["206 Partial Content", /^The answer is 206, and only exactly 200 counts as success\.$/],
      ["400 Bad Request", /^The answer is 400 instead of 200\.$/],
      [
        "401 Unauthorized",
        /^The answer is 401: the server wants a login or blocks automatic requests, and documents are fetched anonymously\.$/,
      ],
      ["403 Forbidden", /^The answer is 403: the server wants a login or blocks/],
      ["404 Not Found", /^The answer is 404: there is no document at this URL\.$/],
      ["405 Method Not Allowed", /^The answer is 405: the server does not allow GET on this path\.$/],
      ["406 Not Acceptable", /^The answer is 406: the server has nothing for Accept: application\/json\.$/],
      ["410 Gone", /^The answer is 410: there is no document at this URL\.$/],
      ["418 I'm a teapot", /^The answer is 418 instead of 200\.$/],
      ["500 Internal Server Error", /^The answer is 500: the server failed\.$/],
      ["502 Bad Gateway", /^The answer is 502: the server failed\.$/],
      ["503 Service Unavailable", /^The answer is 503: the server failed\.$/],
      ["504 Gateway Timeout", /^The answer is 504: the server failed\.$/],
    ] as const
  ).map(
    ([line, sentence]): Misbehaviour => ({
      name: `status ${line}`,
      answer: line.startsWith("204") ? raw(`HTTP/1.1 ${line}\r\n\r\n`) : status(line),
      step: "status",
      state: "failed",
      sentence,
    }),
  ),
  {
    name: "a rate limit",
    answer: status("429 Too Many Requests", { "Retry-After": "60" }),
    step: "status",
    state: "failed",
    sentence: /^The answer is 429: the server limits requests \(Retry-After: 60\)\.$/,
  },
];

const HEADER_FAULTS: readonly Misbehaviour[] = [
  {
    name: "text/plain",
    answer: body(goodDocument, { "Content-Type": "text/plain; charset=utf-8" }),
    step: "content-type",
    state: "warning",
    sentence: /^The Content-Type is text\/plain instead of application\/json\.$/,
  },
  {
    name: "application/octet-stream",
    answer: body(goodDocument, { "Content-Type": "application/octet-stream" }),
    step: "content-type",
    state: "warning",
    sentence: /^The Content-Type is application\/octet-stream instead of application\/json\.$/,
  },
  {
    name: "text/html with JSON in it",
    answer: body(goodDocument, { "Content-Type": "text/html" }),
    step: "content-type",
    state: "warning",
    sentence: /^The Content-Type is text\/html instead of application\/json\.$/,
  },
  {
    name: "no Content-Type",
    answer: (socket, url) =>
      socket.end(
        answer({
          headers: { "Cache-Control": "max-age=600" },
          body: goodDocument(url),
        }),
      ),
    step: "content-type",
    state: "warning",
    sentence: /^There is no Content-Type header\.$/,
  },
  {
    name: "two Content-Types",
    answer: body(goodDocument, {
      "Content-Type": ["application/json", "text/html"],
    }),
    step: "content-type",
    state: "warning",
    sentence: /^The Content-Type header was sent more than once, and clients differ in which they read\.$/,
  },
  {
    name: "a structured suffix",
    answer: body(goodDocument, { "Content-Type": "application/cimd+json" }),
    step: "content-type",
    state: "warning",
    sentence:
      /^The Content-Type is application\/cimd\+json, which the specification allows a server to know\.$/,
  },
  {
    name: "a charset other than UTF-8",
    answer: body(goodDocument, {
      "Content-Type": "application/json; charset=iso-8859-1",
    }),
    step: "content-type",
    state: "warning",
    sentence: /^The header says charset=iso-8859-1, while JSON is always UTF-8 \(RFC 8259 §8\.1\)\.$/,
  },
  {
    name: "cookies",
    answer: body(goodDocument, {
      "Set-Cookie": ["session=abc; HttpOnly", "ab=1"],
    }),
    step: "cookies",
    state: "warning",
    sentence: /^The answer sets cookies \(session, ab\), which keeps caches from storing it\.$/,
  },
  {
    name: "no caching headers",
    answer: (socket, url) =>
      socket.end(
        answer({
          headers: { "Content-Type": "application/json" },
          body: goodDocument(url),
        }),
      ),
    step: "cache",
    state: "warning",
    sentence:
      /^There is neither Cache-Control nor Expires, so every server chooses a lifetime of its own, from none at all to a day\.$/,
  },
  ...(
    [
      ["no-store", /^Cache-Control: no-store makes most servers fetch the document at every sign-in\.$/],
      ["no-cache", /^Cache-Control: no-cache makes servers ask again at every sign-in\.$/],
      [
        "private, max-age=600",
        /^Cache-Control: private keeps servers from caching the document, although it is the same for everybody\.$/,
      ],
      [
        "public, max-age=31536000, immutable",
        /^The document may be cached for 365 days, so a new redirect URI or key can stay unknown that long\.$/,
      ],
      [
        "max-age=5",
        /^The document may be cached for only 5 seconds, so servers fetch it at nearly every sign-in\.$/,
      ],
      [
        "max-age=soon",
        /^The max-age in Cache-Control is not a number of seconds, so every server falls back to a lifetime of its own\.$/,
      ],
    ] as const
  ).map(
    ([value, sentence]): Misbehaviour => ({
      name: `Cache-Control: ${value}`,
      answer: body(goodDocument, { "Cache-Control": value }),
      step: "cache",
      state: "warning",
      sentence,
    }),
  ),
  {
    name: "an Age beyond max-age",
    answer: body(goodDocument, { Age: "7200" }),
    step: "cache",
    state: "warning",
    sentence: /^The document is stale on arrival: it is 2 hours old and fresh for 60 minutes\.$/,
  },
  {
    name: "Vary: *",
    answer: body(goodDocument, { Vary: "*" }),
    step: "cache",
    state: "warning",
    sentence: /^Vary: \* keeps caches from reusing the document, although it is the same for everybody\.$/,
  },
];

const BODY_FAULTS: readonly Misbehaviour[] = [
  {
    name: "a body that stops half-way",
    timeoutSeconds: 1,
    step: "body",
    state: "failed",
    answer: (socket) =>
      socket.write(
        answer({
          headers: { ...GOOD_HEADERS, "Content-Length": "1000" },
          body: "{",
        }),
      ),
    sentence: /^app\.acme\.dev sent headers and did not finish the body within \d\.\d s\.$/,
  },
  {
    name: "a body that drips, a byte every 50 ms",
    timeoutSeconds: 1,
    step: "body",
    state: "failed",
    answer: (socket) => {
      socket.write(answer({ headers: { ...GOOD_HEADERS, "Content-Length": "100000" } }));
      every(socket, 50, () => socket.write(" "));
    },
    sentence: /^app\.acme\.dev sent headers and did not finish the body within \d\.\d s\.$/,
  },
  {
    name: "a chunked body without end that says nothing",
    timeoutSeconds: 1,
    step: "body",
    state: "failed",
    answer: (socket) => {
      socket.write(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
      );
    },
    sentence: /^app\.acme\.dev sent headers and did not finish the body within \d\.\d s\.$/,
  },
  {
    name: "a body without end",
    answer: (socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
      forever(socket, Buffer.alloc(65_536, " "));
    },
    step: "size",
    state: "failed",
    sentence: /^The body is larger than this check reads: it stopped at \d+ bytes \(\d+ over the wire\)\.$/,
  },
  {
    name: "a chunked body without end",
    answer: (socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
      forever(socket, `8000\r\n${" ".repeat(0x8000)}\r\n`);
    },
    step: "size",
    state: "failed",
    sentence: /^The body is larger than this check reads: it stopped at \d+ bytes \(\d+ over the wire\)\.$/,
  },
  {
    name: "a gzip bomb",
    answer: body(() => BOMBS.gzip, { "Content-Encoding": "gzip" }),
    step: "size",
    state: "failed",
    sentence: /^The body is larger than this check reads: it stopped at \d+ bytes \(\d+ over the wire\)\.$/,
  },
  {
    name: "a brotli bomb",
    answer: body(() => BOMBS.brotli, { "Content-Encoding": "br" }),
    step: "size",
    state: "failed",
    sentence: /^The body is larger than this check reads: it stopped at \d+ bytes \(\d+ over the wire\)\.$/,
  },
  {
    name: "a deflate bomb",
    answer: body(() => BOMBS.deflate, { "Content-Encoding": "deflate" }),
    step: "size",
    state: "failed",
    sentence: /^The body is larger than this check reads: it stopped at \d+ bytes \(\d+ over the wire\)\.$/,
  },
  {
    name: "gzip within gzip",
    answer: body((url) => gzipSync(gzipSync(goodDocument(url))), {
      "Content-Encoding": "gzip, gzip",
    }),
    step: "body",
    state: "failed",
    sentence:
      /^The body is encoded as "gzip, gzip", which was not asked for and which servers cannot read\.$/,
  },
  {
    name: "an encoding nobody asked for",
    answer: body(goodDocument, { "Content-Encoding": "zstd" }),
    step: "body",
    state: "failed",
    sentence: /^The body is encoded as "zstd", which was not asked for and which servers cannot read\.$/,
  },
  {
    name: "a header that says gzip over plain text",
    answer: body(goodDocument, { "Content-Encoding": "gzip" }),
    step: "body",
    state: "failed",
    sentence: /^The header says Content-Encoding: gzip, and the body is not valid gzip\.$/,
  },
  {
    name: "gzip that is cut off by the end of the connection",
    answer: untilClose((url) => gzipSync(goodDocument(url)).subarray(0, 60), "gzip"),
    step: "body",
    state: "failed",
    sentence: /^The connection ended in the middle of the body\.$/,
  },
  {
    name: "whole gzip that the end of the connection follows",
    answer: untilClose((url) => gzipSync(goodDocument(url)), "gzip"),
    step: "body",
    state: "passed",
    sentence: /^Read to its end\.$/,
  },
  {
    name: "gzip that is cut off",
    answer: body((url) => gzipSync(goodDocument(url)).subarray(0, 60), {
      "Content-Encoding": "gzip",
    }),
    step: "body",
    state: "failed",
    sentence: /^The header says Content-Encoding: gzip, and the body is not valid gzip\.$/,
  },
  {
    name: "a Content-Length larger than the body",
    answer: (socket, url) =>
      socket.end(
        answer({
          headers: { ...GOOD_HEADERS, "Content-Length": "9000" },
          body: goodDocument(url),
        }),
      ),
    step: "body",
    state: "failed",
    sentence:
      /^The connection ended in the middle of the body, before the 9000 bytes that Content-Length announced\.$/,
  },
  {
    name: "a Content-Length smaller than the body",
    answer: (socket, url) =>
      socket.end(
        answer({
          headers: { ...GOOD_HEADERS, "Content-Length": "20" },
          body: goodDocument(url),
        }),
      ),
    step: "json",
    state: "failed",
    sentence: /^The body is not valid JSON \(line 1, column \d+\): /,
  },
  {
    name: "more after the end of the announced body",
    answer: (socket, url) =>
      socket.end(
        Buffer.concat([
          answer({ body: goodDocument(url) }),
          Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
        ]),
      ),
    step: "body",
    state: "warning",
    sentence:
      /^The server sent more bytes than it announced; what came after the announced end was ignored\.$/,
  },
  {
    name: "the connection reset in the middle of the body",
    answer: (socket, url) => {
      socket.write(
        answer({
          headers: { ...GOOD_HEADERS, "Content-Length": "9000" },
          body: goodDocument(url),
        }),
        () => socket.destroy(),
      );
    },
    step: "body",
    state: "failed",
    sentence:
      /^The connection ended in the middle of the body, before the 9000 bytes that Content-Length announced\.$/,
  },
  {
    name: "a broken chunk",
    answer: raw(
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nxyz\r\n",
    ),
    step: "body",
    state: "failed",
    sentence: /^The body's chunked transfer coding is broken \(.+\)\.$/,
  },
  {
    name: "a chunked body that is cut off",
    answer: raw(
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
    ),
    step: "body",
    state: "failed",
    sentence: /^The connection ended in the middle of the body\.$/,
  },
  {
    name: "chunked trailers",
    answer: (socket, url) => {
      const text = goodDocument(url);
      socket.end(
        `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nCache-Control: max-age=600\r\nTrailer: X-Check\r\nTransfer-Encoding: chunked\r\n\r\n${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n0\r\nX-Check: 1\r\n\r\n`,
      );
    },
    step: "body",
    state: "passed",
    sentence: /^Read to its end, trailer fields ignored\.$/,
  },
  {
    name: "a kept connection that goes on talking for ever",
    answer: (socket, url) => {
      socket.write(answer({ body: goodDocument(url) }));
      forever(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    },
    step: "json",
    state: "passed",
    sentence: /^A JSON object\.$/,
  },
  {
    name: "a connection that is kept open after the answer",
    answer: (socket, url) => {
      socket.write(
        answer({
          headers: {
            ...GOOD_HEADERS,
            Connection: "keep-alive",
            "Keep-Alive": "timeout=3600",
          },
          body: goodDocument(url),
        }),
      );
    },
    step: "body",
    state: "passed",
    sentence: /^Read to its end\.$/,
  },
];

const utf16 = (text: string, bom: boolean): Buffer => Buffer.from((bom ? "\ufeff" : "") + text, "utf16le");

const CONTENT_FAULTS: readonly Misbehaviour[] = [
  {
    name: "a document of 6000 bytes",
    answer: body((url) =>
      goodDocument(url, {
        client_uri: `https://app.acme.dev/${"a".repeat(6000)}`,
      }),
    ),
    step: "size",
    state: "failed",
    sentence: /^The document has \d+ bytes, more than the 5120 bytes most servers read\.$/,
  },
  {
    name: "a compressed document that is too large when it is read",
    answer: body(
      (url) =>
        gzipSync(
          goodDocument(url, {
            client_uri: `https://app.acme.dev/${"a".repeat(6000)}`,
          }),
        ),
      { "Content-Encoding": "gzip" },
    ),
    step: "size",
    state: "failed",
    sentence: /^The document has \d+ bytes \(\d+ compressed\), more than the 5120 bytes most servers read\.$/,
  },
  {
    name: "a byte order mark",
    answer: body((url) => `\ufeff${goodDocument(url)}`),
    step: "encoding",
    state: "warning",
    sentence: /^The body starts with a byte order mark, which some JSON parsers refuse\.$/,
  },
  {
    name: "UTF-16 with a byte order mark",
    answer: body((url) => utf16(goodDocument(url), true)),
    step: "encoding",
    state: "failed",
    sentence: /^The body is UTF-16, while JSON must be UTF-8; most servers cannot read it\.$/,
  },
  {
    name: "UTF-16 without a byte order mark",
    answer: body((url) => utf16(goodDocument(url), false)),
    step: "encoding",
    state: "failed",
    sentence: /^The body is UTF-16, while JSON must be UTF-8; most servers cannot read it\.$/,
  },
  {
    name: "UTF-32",
    answer: body((url) => Buffer.from([...goodDocument(url)].flatMap((c) => [c.charCodeAt(0), 0, 0, 0]))),
    step: "encoding",
    state: "failed",
    sentence: /^The body is UTF-32, while JSON must be UTF-8; most servers cannot read it\.$/,
  },
  {
    name: "Latin-1",
    answer: body((url) => Buffer.from(goodDocument(url, { client_name: "Café" }), "latin1")),
    step: "encoding",
    state: "failed",
    sentence: /^The body is not valid UTF-8: the byte at offset \d+ belongs to no character\.$/,
  },
  {
    name: "a web page with status 200",
    answer: body(() => "<!doctype html>\n<html><head><title>Acme Notes</title></head></html>", {
      "Content-Type": "text/html",
    }),
    step: "json",
    state: "failed",
    sentence:
      /^The body is a web page \("Acme Notes"\), not JSON: an application's fallback page, a login or a bot check\.$/,
  },
  {
    name: "an empty body",
    answer: body(() => ""),
    step: "json",
    state: "failed",
    sentence: /^The body is empty\.$/,
  },
  {
    name: "JSON with a comment",
    answer: body((url) => `// Acme\n${goodDocument(url)}`),
    step: "json",
    state: "failed",
    sentence: /^The body is not valid JSON \(line 1, column 1\): JSON has no comments/,
  },
  {
    name: "a JSON array",
    answer: body((url) => `[${goodDocument(url)}]`),
    step: "json",
    state: "failed",
    sentence: /^The body is JSON, but not an object\.$/,
  },
  {
    name: "JSON nested 4,000 deep",
    answer: body(() => "[".repeat(4000)),
    step: "json",
    state: "failed",
    sentence: /^The body is not valid JSON \(line 1, column \d+\): Values are nested deeper than 256 levels/,
  },
  ...(
    [
      [
        "another host",
        (url: string) => url.replace("app.", "dev."),
        /it has host dev\.acme\.dev instead of app\.acme\.dev\.$/,
      ],
      ["a slash at the end", (url: string) => `${url}/`, /it has a slash at the end\.$/],
      ["http", (url: string) => url.replace("https", "http"), /it has scheme http instead of https\.$/],
      [
        "upper case in the host",
        (url: string) => url.replace("app.", "App."),
        /it has upper and lower case in the host\.$/,
      ],
      [
        "another port",
        (url: string) => url.replace(/:\d+\//, "/"),
        /it has port left out instead of PORT\.$/,
      ],
      [
        "percent-encoding",
        (url: string) => url.replace("client", "cl%69ent"),
        /it has percent-encoding in the path\.$/,
      ],
      ["www", (url: string) => url.replace("app.", "www.app."), /it has www\. in front of the host\.$/],
      ["a query", (url: string) => `${url}?v=2`, /it has a query\.$/],
      [
        "upper case in the path",
        (url: string) => url.replace("client", "Client"),
        /it has upper and lower case in the path\.$/,
      ],
    ] as const
  ).map(
    ([name, change, sentence]): Misbehaviour => ({
      name: `a client_id that differs: ${name}`,
      answer: body((url) => goodDocument(change(url))),
      step: "identity",
      state: "failed",
      sentence,
    }),
  ),
  {
    name: "no client_id",
    answer: body((url) =>
      JSON.stringify({
        ...JSON.parse(goodDocument(url)),
        client_id: undefined,
      }),
    ),
    step: "identity",
    state: "failed",
    sentence: /^The document has no client_id string, so no server accepts it\.$/,
  },
];

export const MISBEHAVIOURS: readonly Misbehaviour[] = [
  ...TLS_FAULTS,
  ...NETWORK_FAULTS,
  ...ANSWER_FAULTS,
  ...STATUS_FAULTS,
  ...HEADER_FAULTS,
  ...BODY_FAULTS,
  ...CONTENT_FAULTS,
];
