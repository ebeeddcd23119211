import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.Config;
import org.keycloak.common.Profile;
import org.keycloak.common.profile.ProfileConfigResolver;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oauth2.cimd.clientpolicy.executor.ClientIdMetadataDocumentExecutor;
import org.keycloak.protocol.oauth2.cimd.clientpolicy.executor.ClientIdMetadataDocumentExecutorFactoryProviderConfig;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.utils.RedirectUtils;
import org.keycloak.representations.oidc.OIDCClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;
import org.keycloak.util.JsonSerialization;

/**
 * Has Keycloak's executor for client ID metadata documents process an authorization request, with a body in place of
 * what the client identifier URL answers. Trusted domains hold every host: with none, the default, all is refused.
 */
public final class Driver {
    /** Where a request goes whose document lists nothing to go to. */
    private static final String NOWHERE_ELSE = "https://app.acme.dev/callback";

    private final Server server = new Server();
    private final Log log;
    private final ClientIdMetadataDocumentExecutorFactoryProviderConfig defaults =
            new ClientIdMetadataDocumentExecutorFactoryProviderConfig(Stub.of(Config.Scope.class, Map.of(
                    "get", arguments -> arguments.length > 1 ? arguments[1] : null,
                    "getInt", arguments -> arguments[1],
                    "getLong", arguments -> arguments[1])));

    private Driver(Log log) {
        this.log = log;
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Profile.configure(Stub.of(ProfileConfigResolver.class, Map.of(
                "getFeatureConfig", feature -> feature[0].equals(Profile.Feature.CIMD.getUnversionedKey())
                        ? ProfileConfigResolver.FeatureConfig.ENABLED
                        : ProfileConfigResolver.FeatureConfig.UNCONFIGURED)));
        Crypto.install();

        Driver driver = new Driver(Log.install());
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            JsonNode asked = JsonSerialization.mapper.readTree(line);
            byte[] body = Base64.getDecoder().decode(asked.get("body").asText());
            String redirectUri = asked.hasNonNull("redirectUri") ? asked.get("redirectUri").asText() : null;
            Answer answer = driver.answer(asked.get("url").asText(), body, redirectUri);
            String message = answer.message.length() > 300 ? answer.message.substring(0, 300) : answer.message;
            answers.println(JsonSerialization.mapper.writeValueAsString(Map.of(
                    "id", asked.get("id").asText(), "outcome", answer.outcome, "message", message)));
            answers.flush();
        }
    }

    private record Answer(String outcome, String message) {}

    private Answer answer(String url, byte[] body, String redirectUri) {
        Answer loaded = load(url, body);
        if (redirectUri == null || !loaded.outcome.equals("accepts")) {
            return loaded;
        }
        Answer requested = request(url, body, redirectUri);
        return requested.outcome.equals("refuses") ? new Answer("refused", requested.message) : requested;
    }

    /** A document is loaded in the course of an authorization request: one for the first of its redirect URIs that works. */
    private Answer load(String url, byte[] body) {
        Answer first = null;
        for (String redirectUri : redirectUris(body)) {
            Answer answer = process(url, body, redirectUri);
            if (answer.outcome.equals("accepts")) {
                return answer;
            }
            first = first == null ? answer : first;
        }
        return first;
    }

    private static List<String> redirectUris(byte[] body) {
        try {
            String text = new String(body, StandardCharsets.UTF_8);
            OIDCClientRepresentation client = JsonSerialization.readValue(text, OIDCClientRepresentation.class);
            List<String> uris = client == null ? null : client.getRedirectUris();
            if (uris != null && !uris.isEmpty() && !uris.contains(null)) {
                return uris;
            }
        } catch (IOException noDocument) {
            // The executor says so.
        }
        return List.of(NOWHERE_ELSE);
    }

    /** The executor's part of an authorization request. */
    private Answer process(String url, byte[] body, String redirectUri) {
        server.restart(body, redirectUris(body));
        log.clear();
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        parameters.add("client_id", url);
        parameters.add("redirect_uri", redirectUri);
        var executor = new ClientIdMetadataDocumentExecutor(server.session, defaults) {
            @Override
            protected boolean checkTrustedDomain(String host, String trustedDomain) {
                return true;
            }
        };
        var configuration = new ClientIdMetadataDocumentExecutor.Configuration();
        configuration.setTrustedDomains(List.of("every host"));
        executor.setupConfiguration(configuration);
        try {
            executor.executeOnEvent(new PreAuthorizationRequestContext(url, parameters));
        } catch (ClientPolicyException refusal) {
            String detail = refusal.getErrorDetail();
            return new Answer("refuses", detail.equals("invalid request") ? detail + " (" + log.lastWarning() + ")" : detail);
        } catch (RuntimeException crash) {
            return new Answer("crashed", crash.toString());
        }
        return new Answer("accepts", "");
    }

    /** An event that is sent nowhere. */
    private EventBuilder unsent() {
        return new EventBuilder(server.realm, server.session) {
            @Override
            public void error(String error) {}
        };
    }

    /** What the executor and the authorization endpoint say to a request. */
    private Answer request(String url, byte[] body, String redirectUri) {
        Answer processed = process(url, body, redirectUri);
        if (!processed.outcome.equals("accepts")) {
            return processed;
        }
        ClientModel client = server.client();
        if (RedirectUtils.verifyRedirectUri(server.session, redirectUri, client) == null) {
            return new Answer("refuses", "invalid_redirect_uri");
        }
        try {
            new AuthorizationEndpointChecker()
                    .session(server.session)
                    .realm(server.realm)
                    .client(client)
                    .event(unsent())
                    .request(new AuthorizationEndpointRequest() {
                        @Override
                        public String getResponseType() {
                            return "code";
                        }
                    })
                    .checkResponseType();
        } catch (AuthorizationEndpointChecker.AuthorizationCheckException refusal) {
            return new Answer("refuses", refusal.getErrorDescription());
        } catch (RuntimeException crash) {
            return new Answer("crashed", crash.toString());
        }
        return new Answer("allowed", "");
    }
}
