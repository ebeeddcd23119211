import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { domainToAscii } from "../../server/src/servers/behaviours/domainToAscii.js";
import { parseAnyHttpUrl, parseAnyUrl } from "../../server/src/servers/behaviours/pydanticUrl.js";
import { exampleOf, fnmatch } from "../../server/src/servers/behaviours/pythonFnmatch.js";
import { isGlobal, isLoopback, parseIpAddress } from "../../server/src/servers/behaviours/pythonIpAddress.js";
import { loads } from "../../server/src/servers/behaviours/pythonJson.js";
import { isBlank, repr } from "../../server/src/servers/behaviours/pythonText.js";
import {
  hostname,
  isValueError,
  port,
  unquoteAscii,
  urlparse,
} from "../../server/src/servers/behaviours/pythonUrlparse.js";

/** Texts that look like URLs often enough. */
const urlish = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom(..."ab:/\\.@?#[]%^|'\"<> {}*;=&+-_~0189é\t\n") }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
);

describe("Python's urlparse", () => {
  it.each([
    [
      "http://u:p@Host:80/a;b/c;d?q#f",
      { scheme: "http", netloc: "u:p@Host:80", path: "/a;b/c", params: "d", query: "q", fragment: "f" },
    ],
    ["cursor://h/a;b", { scheme: "cursor", netloc: "h", path: "/a;b", params: "", query: "", fragment: "" }],
    ["  HT\ntP://h", { scheme: "http", netloc: "h", path: "", params: "", query: "", fragment: "" }],
    ["1http://h", { scheme: "", netloc: "", path: "1http://h", params: "", query: "", fragment: "" }],
    ["http:\\\\h", { scheme: "http", netloc: "", path: "\\\\h", params: "", query: "", fragment: "" }],
    ["http://h?x#y?z", { scheme: "http", netloc: "h", path: "", params: "", query: "x", fragment: "y?z" }],
  ])("splits %j", (text, parts) => {
    expect(urlparse(text)).toEqual(parts);
  });

  it.each([
    ["http://[::1", "Invalid IPv6 URL"],
    ["http://::1]", "Invalid IPv6 URL"],
    ["http://[1.2.3.4]", "An IPv4 address cannot be in brackets"],
    ["http://[v]", "IPvFuture address is invalid"],
    ["http://[x]", "'x' does not appear to be an IPv4 or IPv6 address"],
    ["http://a\u2100b", "netloc 'a\u2100b' contains invalid characters under NFKC normalization"],
  ])("raises for %j", (text, valueError) => {
    expect(urlparse(text)).toEqual({ valueError });
  });

  it.each([
    ["u:p@HOST:80", "host", 80],
    ["[FE80::1%Eth0]:1", "fe80::1%Eth0", 1],
    ["h:", "h", undefined],
    [":80", undefined, 80],
    ["h:x", "h", { valueError: "Port could not be cast to integer value as 'x'" }],
    ["h:65536", "h", { valueError: "Port out of range 0-65535" }],
  ])("reads host and port of %j", (netloc, host, number) => {
    expect(hostname(netloc)).toBe(host);
    expect(port(netloc)).toEqual(number);
  });

  it("loses nothing of a text without controls, but the delimiters", () => {
    fc.assert(
      fc.property(urlish, (text) => {
        const parsed = urlparse(text);
        if (isValueError(parsed) || /[\0-\x20]/.test(text)) return;
        const { scheme, netloc, path, params, query, fragment } = parsed;
        const letters = (part: string) => part.replace(/[:/;?#]/g, "");
        expect(letters(scheme + netloc + path + params + query + fragment)).toBe(
          letters(scheme + text.slice(scheme.length)),
        );
      }),
    );
  });

  it("unquotes once, and only what ASCII shows", () => {
    expect(unquoteAscii("/%2e%2E/%252e/%zz/%c3%a9%2F")).toBe("/../%2e/%zz/\ufffd\ufffd/");
  });
});

describe("Python's ipaddress", () => {
  it.each([
    "127.0.0.01",
    "127.1",
    "1.2.3",
    "256.1.1.1",
    "",
    "::1::",
    ":1::",
    "1:2:3:4:5:6:7",
    "::1%",
    "::1%a%b",
    "::1/64",
    "::12345",
    "１.2.3.4",
  ])("has no address %j", (text) => {
    expect(parseIpAddress(text)).toBeUndefined();
  });

  it.each([
    ["127.255.0.1", true, false],
    ["::1", true, false],
    ["::1%lo", true, false],
    ["::ffff:127.0.0.1", false, false],
    ["8.8.8.8", false, true],
    ["100.64.0.1", false, false],
    ["192.168.0.1", false, false],
    ["2606:4700::1111", false, true],
    ["::ffff:8.8.8.8", false, true],
    ["fe80::1", false, false],
  ])("%s: loopback %s, global %s", (text, loopback, global) => {
    const address = parseIpAddress(text);
    expect(address && isLoopback(address)).toBe(loopback);
    expect(address && isGlobal(address)).toBe(global);
  });

  it("reads every dotted quad as its number", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }), (octets) => {
        const number = octets.reduce((value, octet) => value * 256 + octet, 0);
        expect(parseIpAddress(octets.join("."))).toEqual({ version: 4, value: BigInt(number) });
      }),
    );
  });
});

describe("Python's fnmatch", () => {
  it.each([
    ["/cb5", "/cb[0-9]", true],
    ["/cb5", "/cb[!0-9]", false],
    ["/a", "/[z-a]", false],
    ["/a", "/[!z-a]", true],
    ["/b", "/[z-a!b]", false],
    ["/x", "/[z-a!b]", true],
    ["/-", "/[a-]", true],
    ["/]", "/[]]", true],
    ["/a", "/[]-a]", true],
    ["/[a", "/[a", true],
    ["/a\nb", "/*", true],
    ["/\u{1f600}", "/?", true],
    ["/A", "/a", false],
    ["/^", "/[^a]", true],
    ["/b", "/[^a]", false],
  ])("%j against %j: %s", (name, pattern, expected) => {
    expect(fnmatch(name, pattern)).toBe(expected);
  });

  it("is equality without special characters, and lets a star stand for anything", () => {
    const plain = fc.string({ unit: fc.constantFrom(..."ab/.-]!^\n") });
    fc.assert(
      fc.property(plain, plain, (name, pattern) => {
        expect(fnmatch(name, pattern)).toBe(name === pattern);
      }),
    );
    fc.assert(
      fc.property(plain, plain, plain, (a, b, c) => {
        expect(fnmatch(a + b + c, `${a}*${c}`)).toBe(true);
      }),
    );
  });

  it("takes no time to speak of for many stars", () => {
    expect(fnmatch("a".repeat(5000), `${"a*".repeat(50)}b`)).toBe(false);
  });

  it("gives examples that match", () => {
    const pattern = fc.string({ unit: fc.constantFrom(..."ab*[]!-z/") });
    fc.assert(
      fc.property(pattern, (text) => {
        const example = exampleOf(text);
        return example === undefined || fnmatch(example, text);
      }),
    );
    expect(exampleOf("/a*[!ax]b")).toBe("/ax0b");
    expect(exampleOf("[z-a]")).toBeUndefined();
  });
});

describe("Python's json.loads", () => {
  it.each([
    ["", "Expecting value: line 1 column 1 (char 0)"],
    ["[1,]", "Expecting value: line 1 column 4 (char 3)"],
    ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
    ["[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)"],
    ['"a\nb"', "Invalid control character at: line 1 column 3 (char 2)"],
    ['["a', "Unterminated string starting at: line 1 column 2 (char 1)"],
    ['"\\x"', "Invalid \\escape: line 1 column 2 (char 1)"],
    ['"\\u12"', "Invalid \\uXXXX escape: line 1 column 3 (char 2)"],
    ["\n\u{1f600}", "Expecting value: line 2 column 1 (char 1)"],
    ['"\u{1f600}" x', "Extra data: line 1 column 5 (char 4)"],
    ["\ufeff\ufeff1", "Expecting value: line 1 column 1 (char 0)"],
    ["01", "Extra data: line 1 column 2 (char 1)"],
    ["+1", "Expecting value: line 1 column 1 (char 0)"],
  ])("refuses %j", (text, syntaxError) => {
    expect(loads(text)).toEqual({ syntaxError });
  });

  it("takes what JSON does not", () => {
    expect(loads("[NaN, Infinity, -Infinity]")).toEqual({ value: [Number.NaN, Infinity, -Infinity] });
    expect(loads('{"a":1,"\\u0061":2}')).toEqual({ value: new Map([["a", 2]]) });
    expect(loads('"\\ud83d\\ude00\\ud83d"')).toEqual({ value: "\u{1f600}\ud83d" });
  });

  it("does not survive what Python does not", () => {
    expect(loads("9".repeat(4301))).toEqual({
      uncaught: expect.stringMatching(/^ValueError: .*value has 4301 digits$/),
    });
    expect(loads(`-${"9".repeat(4300)}`)).toEqual({ value: -Infinity });
    expect(loads("[".repeat(2000))).toEqual({ uncaught: expect.stringMatching(/^RecursionError: /) });
  });

  it("reads every JSON text as JSON.parse does", () => {
    const plain = (value: unknown): unknown =>
      value instanceof Map
        ? Object.fromEntries([...value].map(([name, item]) => [name, plain(item)]))
        : Array.isArray(value)
          ? value.map(plain)
          : value;
    fc.assert(
      fc.property(fc.json(), (text) => {
        const result = loads(text);
        expect("value" in result && JSON.stringify(plain(result.value))).toBe(
          JSON.stringify(JSON.parse(text)),
        );
      }),
    );
  });

  it("refuses every text that JSON.parse refuses, but for its own constants", () => {
    const broken = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\u01eE+-. \n\ttrunlfase') });
    fc.assert(
      fc.property(broken, (text) => {
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        expect("value" in loads(text)).toBe(parses);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("pydantic's URLs", () => {
  it.each([
    ["HTTPS://EXAMPLE.com:443", "https://example.com/"],
    ["https:example.com", "https://example.com/"],
    ["https:\\\\example.com\\a", "https://example.com/a"],
    [" https://exam\tple.com/a b\n", "https://example.com/a%20b"],
    ["https://a/b^c|d`{}", "https://a/b^c|d%60%7B%7D"],
    ["https://a/C:/../b", "https://a/C:/b"],
    ["https://a/b/C:/../c", "https://a/b/C:/c"],
    ["https://a/%2E%2e/./x/..", "https://a/"],
    ["https://a:65535/", "https://a:65535/"],
    ["https://a/\u001fb", "https://a/%1Fb"],
    ["https://a?'\"#'\"`", "https://a/?%27%22#'%22%60"],
    ["https://u:@a", "https://u@a/"],
    ["https://:@a", "https://a/"],
    ["https://a@b@c", "https://a%40b@c/"],
    ["https://0x7f.1/", "https://127.0.0.1/"],
    ["https://[1:0:0:0::1]/", "https://[1::1]/"],
    ["https://b%C3%BCcher.example", "https://xn--bcher-kva.example/"],
    ["https://a:0080", "https://a:80/"],
    ["http://a:0080", "http://a/"],
    ["foo://a:80\\x", "foo://a:80/\\x"],
    ["foo:/..//x", "foo:/.//x"],
    ["foo:a b\u007f", "foo:a b%7F"],
    ["foo://a?'", "foo://a?'"],
    ["foo://", "foo://"],
  ])("%j becomes %j", (text, href) => {
    expect(parseAnyUrl(text)).toMatchObject({ href });
  });

  it.each([
    ["", "input is empty"],
    ["a/b", "relative URL without a base"],
    ["https://", "empty host"],
    ["https://u@/", "empty host"],
    ["https://a:65536", "invalid port number"],
    ["https://a:8o", "invalid port number"],
    ["https://1.2.3.256", "invalid IPv4 address"],
    ["https://[::1", "invalid IPv6 address"],
    ["https://[::1]x", "invalid IPv6 address"],
    ["https://a b", "invalid international domain name"],
    ["https://xn--a", "invalid international domain name"],
    ["https://xn--ascii-", "invalid international domain name"],
    ["https://1.\u05d0", "invalid international domain name"],
    ["foo://a b", "invalid domain character"],
    ["foo://u@:80", "empty host"],
    ["file://a b", "invalid international domain name"],
  ])("%j: %s", (text, error) => {
    expect(parseAnyUrl(text)).toEqual({ error: `Input should be a valid URL, ${error}` });
  });

  it("refuses other schemes and lone surrogates", () => {
    expect(parseAnyHttpUrl("ftp://a")).toEqual({ error: "URL scheme should be 'http' or 'https'" });
    expect(parseAnyHttpUrl("file:///a")).toEqual({ error: "URL scheme should be 'http' or 'https'" });
    expect(parseAnyHttpUrl("https://a/\ud800")).toEqual({
      error: "Input should be a valid string, unable to parse raw data as a unicode string",
    });
  });

  it("normalises to what it leaves alone", () => {
    fc.assert(
      fc.property(urlish, (text) => {
        const url = parseAnyUrl(text);
        if ("error" in url || url.scheme === "file") return;
        expect(parseAnyUrl(url.href)).toMatchObject({ href: url.href });
      }),
      { numRuns: 2000 },
    );
  });

  it("agrees with the URL standard where it has no ways of its own", () => {
    fc.assert(
      fc.property(urlish, (text) => {
        const url = parseAnyHttpUrl(text);
        if ("error" in url || /\^|[a-z][:|][/\\]/i.test(url.href.slice(8))) return;
        expect(new URL(text).href).toBe(url.href);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("domain to ASCII", () => {
  it.each([
    ["EXAMPLE.com", "example.com"],
    ["faß.de", "xn--fa-hia.de"],
    ["xn--bcher-kva.example", "xn--bcher-kva.example"],
    ["\u05d0.a1", "xn--4db.a1"],
    ["127.1", "127.0.0.1"],
    ["xn--", undefined],
    ["xn--bcher-kva!", undefined],
    ["\u05d0.1a", undefined],
    ["a|b", undefined],
  ])("%j: %j", (host, ascii) => {
    expect(domainToAscii(host)).toBe(ascii);
  });
});

describe("Python's str", () => {
  it("counts its own white space", () => {
    expect(["", " ", "\x1f", "\x85", "\u00a0", "\u3000", "\t\n"].every(isBlank)).toBe(true);
    expect(["\ufeff", "\u200b", "\0", " a"].some(isBlank)).toBe(false);
  });

  it.each([
    ["a'b", `"a'b"`],
    [`a'"b`, `'a\\'"b'`],
    ["\t\n\r\\", "'\\t\\n\\r\\\\'"],
    ["\u007f\u00a0\u200b\u{e0001} é", "'\\x7f\\xa0\\u200b\\U000e0001 é'"],
  ])("shows %j as %s", (text, shown) => {
    expect(repr(text)).toBe(shown);
  });
});
