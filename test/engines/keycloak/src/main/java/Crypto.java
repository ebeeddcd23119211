import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.ECParameterSpec;
import java.util.Base64;
import java.util.Map;

import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;
import org.bouncycastle.jce.spec.ECNamedCurveSpec;
import org.keycloak.common.crypto.CryptoIntegration;
import org.keycloak.common.crypto.CryptoProvider;
import org.keycloak.common.crypto.PemUtilsProvider;

/** What Keycloak asks Bouncy Castle for when it reads public keys. */
final class Crypto {
    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

    private Crypto() {}

    static void install() {
        CryptoIntegration.setProvider(Stub.of(CryptoProvider.class, Map.of(
                "createECParams", arguments -> parameters((String) arguments[0]),
                "getKeyFactory", arguments -> keyFactory((String) arguments[0]),
                "getPemUtils", arguments -> PEM)));
    }

    private static ECParameterSpec parameters(String curve) {
        ECNamedCurveParameterSpec spec = ECNamedCurveTable.getParameterSpec(curve);
        return new ECNamedCurveSpec(spec.getName(), spec.getCurve(), spec.getG(), spec.getN(), spec.getH(), spec.getSeed());
    }

    private static KeyFactory keyFactory(String algorithm) {
        try {
            return KeyFactory.getInstance(algorithm, BOUNCY_CASTLE);
        } catch (NoSuchAlgorithmException unknown) {
            throw new IllegalArgumentException(unknown);
        }
    }

    private static final PemUtilsProvider PEM = new PemUtilsProvider() {
        @Override
        public PrivateKey decodePrivateKey(String pem) {
            throw new UnsupportedOperationException("No private key is read here.");
        }

        @Override
        protected String encode(Object key) {
            return Base64.getEncoder().encodeToString(((Key) key).getEncoded());
        }
    };
}
