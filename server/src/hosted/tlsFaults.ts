import type { FetchFaultCode } from "./fetcher.js";

/**
 * The fault behind an error of OpenSSL or Node's TLS layer.
 *
 * The codes are those of OpenSSL's X509_verify_cert_error_string and its SSL reason strings as Node passes them on.
 *
 * @param code `error.code`, such as `CERT_HAS_EXPIRED` or `ERR_SSL_WRONG_VERSION_NUMBER`
 * @param chainLength how many certificates the server sent; 0 when the handshake did not come that far
 * @returns undefined when the code is not about TLS
 */
export function tlsFault(code: string, chainLength: number): FetchFaultCode | undefined {
  const known = FAULTS[code];
  if (known) return known;
  if (code === "UNABLE_TO_VERIFY_LEAF_SIGNATURE" || code.startsWith("UNABLE_TO_GET_ISSUER_CERT")) {
    return chainLength > 1 ? "certificate-unknown-authority" : "certificate-chain-incomplete";
  }
  if (
    /^ERR_SSL_.*ALERT.*CERTIFICATE_(REQUIRED|UNKNOWN)|^ERR_SSL_SSLV3_ALERT_(BAD|NO)_CERTIFICATE/.test(code)
  ) {
    return "client-certificate-required";
  }
  if (/^ERR_SSL_.*(KEY_TOO_SMALL|MD_TOO_WEAK)$/.test(code)) return "certificate-weak";
  return code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_") ? "tls-failed" : undefined;
}

const FAULTS: Readonly<Record<string, FetchFaultCode>> = {
  CERT_HAS_EXPIRED: "certificate-expired",
  CERT_NOT_YET_VALID: "certificate-not-yet-valid",
  ERR_TLS_CERT_ALTNAME_INVALID: "certificate-wrong-host",
  HOSTNAME_MISMATCH: "certificate-wrong-host",
  DEPTH_ZERO_SELF_SIGNED_CERT: "certificate-self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "certificate-unknown-authority",
  CERT_UNTRUSTED: "certificate-unknown-authority",
  INVALID_PURPOSE: "certificate-wrong-purpose",
  CERT_REJECTED: "certificate-wrong-purpose",
  INVALID_CA: "certificate-invalid",
  PATH_LENGTH_EXCEEDED: "certificate-invalid",
  CERT_SIGNATURE_FAILURE: "certificate-invalid",
  CERT_REVOKED: "certificate-invalid",
  CERT_CHAIN_TOO_LONG: "certificate-invalid",
  ERR_SSL_UNSUPPORTED_PROTOCOL: "protocol-too-old",
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: "protocol-too-old",
  ERR_SSL_WRONG_SSL_VERSION: "protocol-too-old",
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: "no-common-cipher",
  ERR_SSL_SSL_TLS_ALERT_HANDSHAKE_FAILURE: "no-common-cipher",
  ERR_SSL_NO_SHARED_CIPHER: "no-common-cipher",
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: "no-http-1",
  ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR: "name-unknown-to-server",
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: "name-unknown-to-server",
  ERR_SSL_TLSV1_ALERT_UNRECOGNIZED_NAME: "name-unknown-to-server",
  ERR_SSL_WRONG_VERSION_NUMBER: "not-tls",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "not-tls",
  ERR_SSL_HTTP_REQUEST: "not-tls",
};
