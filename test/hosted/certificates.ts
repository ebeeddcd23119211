import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIPv4 } from "node:net";

/** A certificate with its key, as `tls.createServer` takes them. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateOptions {
  readonly commonName: string;
  /** DNS names and IPv4 addresses for subjectAltName; none leaves the extension out. */
  readonly names?: readonly string[];
  readonly validFrom?: Date;
  readonly validTo?: Date;
  /** A certificate that may sign others. */
  readonly authority?: boolean;
  /** Extended key usage; `none` leaves the extension out. */
  readonly usage?: "server" | "client" | "none";
  /** A weak RSA key of so many bits instead of P-256. */
  readonly rsaBits?: number;
}

const DAY_MS = 86_400_000;

/** A certificate authority of the tests. Certificates are written as DER by hand (RFC 5280), so that no tool is needed. */
export class Authority {
  readonly identity: Identity;
  readonly #name: string;
  readonly #key: KeyObject;

  private constructor(identity: Identity, name: string, key: KeyObject) {
    this.identity = identity;
    this.#name = name;
    this.#key = key;
  }

  static root(commonName: string, options: Partial<CertificateOptions> = {}): Authority {
    return Authority.#make({ ...options, commonName, authority: true }, undefined);
  }

  /** An authority below this one. */
  intermediate(commonName: string, options: Partial<CertificateOptions> = {}): Authority {
    return Authority.#make({ ...options, commonName, authority: true }, this);
  }

  issue(options: CertificateOptions): Identity {
    return certificate(options, { name: this.#name, key: this.#key }).identity;
  }

  static #make(options: CertificateOptions, issuer: Authority | undefined): Authority {
    const { identity, key } = certificate(
      options,
      issuer ? { name: issuer.#name, key: issuer.#key } : undefined,
    );
    return new Authority(identity, options.commonName, key);
  }
}

/** A certificate that signed itself. */
export function selfSigned(options: CertificateOptions): Identity {
  return certificate(options, undefined).identity;
}

function certificate(
  options: CertificateOptions,
  issuer: { name: string; key: KeyObject } | undefined,
): { identity: Identity; key: KeyObject } {
  const pair =
    options.rsaBits === undefined
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: options.rsaBits });
  const signer = issuer?.key ?? pair.privateKey;
  const algorithm =
    signer.asymmetricKeyType === "ec"
      ? sequence(oid("1.2.840.10045.4.3.2"))
      : sequence(oid("1.2.840.113549.1.1.11"), NULL);
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x40]), randomBytes(8)])),
    algorithm,
    distinguishedName(issuer?.name ?? options.commonName),
    sequence(
      time(options.validFrom ?? new Date(Date.now() - DAY_MS)),
      time(options.validTo ?? new Date(Date.now() + 365 * DAY_MS)),
    ),
    distinguishedName(options.commonName),
    pair.publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(...extensions(options, pair.publicKey))),
  );
  const signature = sign("sha256", body, signer);
  const der = sequence(body, algorithm, bitString(signature));
  return {
    identity: {
      cert: `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{1,64}/g, "$&\n")}-----END CERTIFICATE-----\n`,
      key: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    },
    key: pair.privateKey,
  };
}

function extensions(options: CertificateOptions, publicKey: KeyObject): Buffer[] {
  const { authority = false, names = [], usage = authority ? "none" : "server" } = options;
  const keyId = createHash("sha1")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest();
  const list = [
    extension("2.5.29.19", authority ? sequence(tagged(0x01, Buffer.from([0xff]))) : sequence(), true),
    extension("2.5.29.14", tagged(0x04, keyId)),
  ];
  if (authority) list.push(extension("2.5.29.15", tagged(0x03, Buffer.from([1, 0x06])), true));
  if (usage !== "none") {
    list.push(
      extension("2.5.29.37", sequence(oid(usage === "server" ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2"))),
    );
  }
  if (names.length > 0) {
    const general = names.map((name) =>
      isIPv4(name)
        ? tagged(0x87, Buffer.from(name.split(".").map(Number)))
        : tagged(0x82, Buffer.from(name, "ascii")),
    );
    list.push(extension("2.5.29.17", sequence(...general)));
  }
  return list;
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [tagged(0x01, Buffer.from([0xff]))] : []), tagged(0x04, value));
}

function distinguishedName(commonName: string): Buffer {
  return sequence(tagged(0x31, sequence(oid("2.5.4.3"), tagged(0x0c, Buffer.from(commonName, "utf8")))));
}

// DER (X.690)

const NULL = Buffer.from([0x05, 0x00]);

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), length(content.length), content]);
}

function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  const hex = bytes.toString(16);
  const encoded = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  return Buffer.concat([Buffer.from([0x80 | encoded.length]), encoded]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes);
}

function bitString(bytes: Buffer): Buffer {
  return tagged(0x03, Buffer.from([0]), bytes);
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const septets = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      septets.unshift((left & 0x7f) | 0x80);
    bytes.push(...septets);
  }
  return tagged(0x06, Buffer.from(bytes));
}

/** GeneralizedTime, which is right for every year. */
function time(date: Date): Buffer {
  const text = date.toISOString().replace(/[-:T]|\.\d+/g, "");
  return tagged(0x18, Buffer.from(text, "ascii"));
}
