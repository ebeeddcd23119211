import { checkDocument } from "../../../server/src/api/checkDocument.js";
import { jwksUriBeside } from "../../../server/src/create/wizardAnswers.js";
import { classifyHost } from "../../../server/src/hosted/addresses.js";
import { readFetchUrl } from "../../../server/src/hosted/fetchUrl.js";
import { describeDifference } from "../../../server/src/hosted/identity.js";
import { domainToAscii } from "../../../server/src/servers/behaviours/domainToAscii.js";
import { parseGoUrl } from "../../../server/src/servers/behaviours/goUrl.js";
import { addressOf } from "../../../server/src/servers/behaviours/ipAddress.js";
import { javaUri } from "../../../server/src/servers/behaviours/javaUri.js";
import { parseAnyHttpUrl, parseAnyUrl } from "../../../server/src/servers/behaviours/pydanticUrl.js";
import { exampleOf, fnmatch } from "../../../server/src/servers/behaviours/pythonFnmatch.js";
import { parseIpAddress } from "../../../server/src/servers/behaviours/pythonIpAddress.js";
import {
  hostname,
  isValueError,
  port,
  urlparse,
  userinfo,
} from "../../../server/src/servers/behaviours/pythonUrlparse.js";
import { CLIENT_LIBRARIES } from "../../../server/src/servers/servers.js";
import { asciiLookAlike, mixesScripts } from "../../../server/src/uri/confusables.js";
import { findHomograph } from "../../../server/src/uri/homograph.js";
import { canonicalHost, hostKind } from "../../../server/src/uri/host.js";
import { isWithinSite, siteOf } from "../../../server/src/uri/site.js";
import {
  findAbnormalPercent,
  findBadPercent,
  normalisePercent,
  withoutDotSegments,
} from "../../../server/src/uri/spelling.js";
import { splitUri } from "../../../server/src/uri/splitUri.js";
import { toUnicodeHost } from "../../../server/src/uri/unicodeHost.js";
import { joinUri } from "../../../server/src/uri/uriParts.js";
import { URIS } from "../seeds.js";
import { type FuzzTarget, holds } from "./target.js";

/** Characters of the longest name in the DNS (RFC 1035 §2.3.4: 255 octets on the wire). */
const LONGEST_NAME = 253;

/** URL code: ours, and what the profiles know of the parsers of other languages. */
export const urls: FuzzTarget = {
  name: "urls",
  holds: "every parser of URLs takes every text, and taking apart loses nothing",
  seeds: () => [...URIS, "", "*", "[", "%", "1.2.3.4", "::1", "xn--a", "\ud800"],
  run(text) {
    const parts = splitUri(text);
    holds(joinUri(parts) === text, "a URI put together again is the URI", () => joinUri(parts));
    const { host = text, path } = parts;
    const plain = withoutDotSegments(path);
    holds(withoutDotSegments(plain) === plain, "no dot segment is left", () => `${path} → ${plain}`);
    const spelled = normalisePercent(text);
    holds(normalisePercent(spelled) === spelled, "percent encoding is normal after once", () => spelled);
    if (!findBadPercent(text))
      holds(!findAbnormalPercent(spelled), "what is normalised is normal", () => spelled);
    for (const name of new Set([host, text])) {
      hostKind(name);
      const canonical = canonicalHost(name);
      // Of names that no resolver could ask for, URL parsers read some only once.
      if (canonical !== undefined && canonical.length <= LONGEST_NAME) {
        holds(canonicalHost(canonical) === canonical, "a canonical host is canonical", () => canonical);
      }
      holds(isWithinSite(name, siteOf(name)), "a host is within its site", () => `${name} ${siteOf(name)}`);
      toUnicodeHost(name);
      findHomograph(name);
      mixesScripts(name);
      asciiLookAlike(name);
      const ascii = domainToAscii(name);
      if (ascii !== undefined) holds(!/[^\0-\x7f]/.test(ascii), "a domain in ASCII is ASCII", () => ascii);
      addressOf(name);
      parseIpAddress(name);
      classifyHost(name);
    }
    const python = urlparse(text);
    if (!isValueError(python)) {
      userinfo(python.netloc);
      hostname(python.netloc);
      port(python.netloc);
    }
    parseGoUrl(text);
    parseAnyUrl(text);
    parseAnyHttpUrl(text);
    javaUri(text);
    holds(fnmatch(text, text.replace(/[[*?]/g, "[$&]")), "a name matches itself, its wildcards escaped");
    const example = exampleOf(text);
    if (example !== undefined) holds(fnmatch(example, text), "an example matches its pattern", () => example);
    readFetchUrl(text);
    jwksUriBeside(text);
    holds(describeDifference(text, text).length === 0, "a URL differs from itself in nothing");
    for (const { refusesUrl } of CLIENT_LIBRARIES) refusesUrl(text);
    checkDocument(JSON.stringify({ client_id: text, jwks_uri: text, client_uri: text }), { url: text });
  },
};
