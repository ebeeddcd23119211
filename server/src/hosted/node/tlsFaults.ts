import type { FetchFaultCode } from "../fetcher.js";

/** An error of Node's TLS layer, and how far the handshake came. */
export interface TlsError {
  /** `error.code`: a name of OpenSSL's X509_verify_cert_error_string, or `ERR_SSL_` and a reason. */
  readonly code: string;
  readonly message: string;
  /** How many certificates the server sent; 0 when the handshake did not come that far. */
  readonly chainLength: number;
}

/**
 * The fault behind an error of OpenSSL or Node's TLS layer.
 *
 * Alerts are read by their number (RFC 8446 §6), because OpenSSL's names for them differ between versions.
 *
 * @returns undefined when the error is not about TLS
 */
export function tlsFault({ code, message, chainLength }: TlsError): FetchFaultCode | undefined {
  const known = FAULTS.get(code);
  if (known) return known;
  if (code === "UNABLE_TO_VERIFY_LEAF_SIGNATURE" || code.startsWith("UNABLE_TO_GET_ISSUER_CERT")) {
    return chainLength > 1 ? "certificate-unknown-authority" : "certificate-chain-incomplete";
  }
  const alert = ALERTS.get(/SSL alert number (\d+)/.exec(message)?.[1] ?? "");
  if (alert) return alert;
  if (
    /(KEY|MD)_TOO_(SMALL|WEAK)$/.test(code) ||
    /(key|digest|md) (algorithm )?too (weak|small)/.test(message)
  ) {
    return "certificate-weak";
  }
  return code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_") ? "tls-failed" : undefined;
}

const FAULTS: ReadonlyMap<string, FetchFaultCode> = new Map<string, FetchFaultCode>([
  ["CERT_HAS_EXPIRED", "certificate-expired"],
  ["CERT_NOT_YET_VALID", "certificate-not-yet-valid"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "certificate-wrong-host"],
  ["HOSTNAME_MISMATCH", "certificate-wrong-host"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate-self-signed"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "certificate-unknown-authority"],
  ["CERT_UNTRUSTED", "certificate-unknown-authority"],
  ["INVALID_PURPOSE", "certificate-wrong-purpose"],
  ["CERT_REJECTED", "certificate-wrong-purpose"],
  ["INVALID_CA", "certificate-invalid"],
  ["PATH_LENGTH_EXCEEDED", "certificate-invalid"],
  ["CERT_SIGNATURE_FAILURE", "certificate-invalid"],
  ["CERT_REVOKED", "certificate-invalid"],
  ["CERT_CHAIN_TOO_LONG", "certificate-invalid"],
  ["ERR_SSL_UNSUPPORTED_PROTOCOL", "protocol-too-old"],
  ["ERR_SSL_WRONG_SSL_VERSION", "protocol-too-old"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "not-tls"],
  ["ERR_SSL_PACKET_LENGTH_TOO_LONG", "not-tls"],
  ["ERR_SSL_HTTP_REQUEST", "not-tls"],
]);

const ALERTS: ReadonlyMap<string, FetchFaultCode> = new Map<string, FetchFaultCode>([
  ["40", "handshake-refused"],
  ["42", "client-certificate-required"],
  ["70", "protocol-too-old"],
  ["112", "name-unknown-to-server"],
  ["116", "client-certificate-required"],
  ["120", "no-http-1"],
]);
