import { exportJWK, type GenerateKeyPairOptions, generateKeyPair, type JWK, SignJWT } from "jose";

/** A key that signs client assertions, with its public half as a document publishes it. */
export interface AssertionKey {
  readonly published: JWK;
  /** A fresh assertion for the client. */
  sign(clientId: string, audience: string): Promise<string>;
}

/** @param alg the JWS algorithm; @param kid the key's id in the document and in the assertion */
export async function assertionKey(
  alg: string,
  kid: string,
  options?: GenerateKeyPairOptions,
): Promise<AssertionKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true, ...options });
  return {
    published: { ...(await exportJWK(publicKey)), kid },
    sign: (clientId, audience) =>
      new SignJWT({ jti: crypto.randomUUID() })
        .setProtectedHeader({ alg, kid })
        .setIssuer(clientId)
        .setSubject(clientId)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime("1m")
        .sign(privateKey),
  };
}
