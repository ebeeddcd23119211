import type { Rule } from "../rule.js";
import { absolute } from "./absolute.js";
import { browserExtension } from "./browser-extension.js";
import { crossSite } from "./cross-site.js";
import { defaultPort } from "./default-port.js";
import { dotSegmentRule } from "./dot-segment.js";
import { duplicate } from "./duplicate.js";
import { empty } from "./empty.js";
import { fixedLoopbackPort } from "./fixed-loopback-port.js";
import { fragment } from "./fragment.js";
import { homograph } from "./homograph.js";
import { hostCase } from "./host-case.js";
import { httpNonLoopback } from "./http-non-loopback.js";
import { httpsLoopback } from "./https-loopback.js";
import { idn } from "./idn.js";
import { illegalCharacter } from "./illegal-character.js";
import { length } from "./length.js";
import { localhostName } from "./localhost-name.js";
import {
  loopbackExact,
  loopbackNonstandard,
  loopbackOnly,
  loopbackPair,
  loopbackRefused,
} from "./loopback.js";
import { missing } from "./missing.js";
import { oob } from "./oob.js";
import { openRedirector } from "./open-redirector.js";
import { redirectOperatorAllowlist } from "./operator-allowlist.js";
import { percentEncodingInvalid, percentEncodingNormal } from "./percent-encoding.js";
import { portInvalid } from "./port-invalid.js";
import { portlessLoopback } from "./portless-loopback.js";
import { preferClaimedHttps } from "./prefer-claimed-https.js";
import {
  privateUseCase,
  privateUseFastmcp,
  privateUseMixed,
  privateUseNotOwned,
  privateUseReverseDomain,
  privateUseSlashes,
} from "./private-use.js";
import { query } from "./query.js";
import { reservedParams } from "./reserved-params.js";
import { rootPathOpen } from "./root-path-open.js";
import { specialUseHttps } from "./special-use-https.js";
import { tooMany } from "./too-many.js";
import { type } from "./type.js";
import { unsafeScheme } from "./unsafe-scheme.js";
import { userinfo } from "./userinfo.js";
import {
  wildcardHost,
  wildcardMalformed,
  wildcardPath,
  wildcardPort,
  wildcardSingle,
  wildcardTooBroad,
} from "./wildcard.js";

/** The rules `redirect-uris/…`, in the order of the documentation. */
export const redirectUriRules: readonly Rule[] = [
  missing,
  empty,
  type,
  duplicate,
  wildcardSingle,
  tooMany,
  length,
  absolute,
  fragment,
  userinfo,
  unsafeScheme,
  httpNonLoopback,
  portInvalid,
  illegalCharacter,
  wildcardMalformed,
  wildcardTooBroad,
  wildcardPort,
  wildcardHost,
  wildcardPath,
  httpsLoopback,
  portlessLoopback,
  fixedLoopbackPort,
  loopbackExact,
  loopbackRefused,
  redirectOperatorAllowlist,
  localhostName,
  loopbackNonstandard,
  loopbackPair,
  loopbackOnly,
  privateUseReverseDomain,
  privateUseNotOwned,
  privateUseSlashes,
  privateUseCase,
  privateUseMixed,
  privateUseFastmcp,
  preferClaimedHttps,
  oob,
  browserExtension,
  hostCase,
  defaultPort,
  dotSegmentRule,
  percentEncodingInvalid,
  percentEncodingNormal,
  rootPathOpen,
  idn,
  homograph,
  query,
  reservedParams,
  openRedirector,
  crossSite,
  specialUseHttps,
];
