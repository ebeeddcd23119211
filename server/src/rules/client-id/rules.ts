import type { Rule } from "../rule.js";
import { absoluteUrl } from "./absolute-url.js";
import { backslash } from "./backslash.js";
import { defaultPort } from "./default-port.js";
import { dotSegment, dotSegmentEncoded } from "./dot-segment.js";
import { emptySegment } from "./empty-segment.js";
import { encodedSlash } from "./encoded-slash.js";
import { fragment } from "./fragment.js";
import { homograph } from "./homograph.js";
import { hostCase } from "./host-case.js";
import { hostName } from "./host-name.js";
import { https } from "./https.js";
import { idn } from "./idn.js";
import { illegalCharacter } from "./illegal-character.js";
import { instanceSpecific } from "./instance-specific.js";
import { ipLiteral } from "./ip-literal.js";
import { length } from "./length.js";
import { missing } from "./missing.js";
import { nonAscii } from "./non-ascii.js";
import { nonPublicHost } from "./non-public-host.js";
import { operatorAllowlist } from "./operator-allowlist.js";
import { pathParameter } from "./path-parameter.js";
import { pathRequired } from "./path-required.js";
import { percentEncodingInvalid, percentEncodingNormal } from "./percent-encoding.js";
import { port, portInvalid } from "./port.js";
import { query } from "./query.js";
import { rawHost } from "./raw-host.js";
import { rootPath } from "./root-path.js";
import { schemeCase } from "./scheme-case.js";
import { specialUseHost } from "./special-use-host.js";
import { trailingSlash } from "./trailing-slash.js";
import { type } from "./type.js";
import { urlMismatch } from "./url-mismatch.js";
import { urlShortener } from "./url-shortener.js";
import { userGeneratedHost } from "./user-generated-host.js";
import { userinfo } from "./userinfo.js";

/** The rules `client-id/…`, in the order of the documentation. */
export const clientIdRules: readonly Rule[] = [
  missing,
  type,
  absoluteUrl,
  urlMismatch,
  https,
  userinfo,
  fragment,
  pathRequired,
  rootPath,
  query,
  port,
  defaultPort,
  portInvalid,
  schemeCase,
  hostCase,
  dotSegment,
  dotSegmentEncoded,
  nonAscii,
  illegalCharacter,
  backslash,
  percentEncodingInvalid,
  percentEncodingNormal,
  encodedSlash,
  emptySegment,
  pathParameter,
  trailingSlash,
  length,
  hostName,
  specialUseHost,
  ipLiteral,
  nonPublicHost,
  urlShortener,
  rawHost,
  userGeneratedHost,
  instanceSpecific,
  operatorAllowlist,
  idn,
  homograph,
];
