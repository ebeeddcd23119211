import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2ClientRegistration;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.converter.OAuth2ClientRegistrationRegisteredClientConverter;
import org.springframework.security.oauth2.server.authorization.http.converter.OAuth2ClientRegistrationHttpMessageConverter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has Spring Security make a client of a document, and decide on authorization requests of that client. */
public final class Driver {
    private static final JsonMapper JSON = new JsonMapper();

    private final OAuth2ClientRegistrationHttpMessageConverter reader = new OAuth2ClientRegistrationHttpMessageConverter();
    private final OAuth2ClientRegistrationRegisteredClientConverter converter =
            new OAuth2ClientRegistrationRegisteredClientConverter();

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        System.setOut(System.err);
        LogManager.getLogManager().reset();
        Driver driver = new Driver();
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            JsonNode asked = JSON.readTree(line);
            byte[] body = Base64.getDecoder().decode(asked.get("body").asString());
            String redirectUri = asked.hasNonNull("redirectUri") ? asked.get("redirectUri").asString() : null;
            Answer answer = driver.answer(asked.get("url").asString(), body, redirectUri);
            String message = answer.message == null ? "" : answer.message;
            answers.println(JSON.writeValueAsString(Map.of(
                    "id", asked.get("id").asString(),
                    "outcome", answer.outcome,
                    "message", message.length() > 300 ? message.substring(0, 300) : message)));
            answers.flush();
        }
    }

    private record Answer(String outcome, String message) {}

    private Answer answer(String url, byte[] body, String redirectUri) {
        RegisteredClient client;
        try {
            OAuth2ClientRegistration registration = (OAuth2ClientRegistration) reader.read(
                    OAuth2ClientRegistration.class, new Body(body));
            client = RegisteredClient.from(converter.convert(registration)).id(url).clientId(url).build();
        } catch (IOException | HttpMessageNotReadableException | IllegalArgumentException refusal) {
            return new Answer("refuses", refusal.getMessage());
        } catch (RuntimeException crash) {
            return new Answer("crashed", crash.toString());
        }
        if (redirectUri == null) {
            return new Answer("accepts", "");
        }
        // The order of a set decides whether an entry that Spring cannot read is met first, so each is asked alone.
        Answer last = null;
        for (String entry : client.getRedirectUris()) {
            last = request(withRedirect(client, entry), redirectUri);
            if (last.outcome.equals("allowed")) {
                return last;
            }
        }
        return last == null ? request(client, redirectUri) : last;
    }

    private static RegisteredClient withRedirect(RegisteredClient client, String entry) {
        return RegisteredClient.from(client).redirectUris(entries -> {
            entries.clear();
            entries.add(entry);
        }).build();
    }

    private Answer request(RegisteredClient client, String redirectUri) {
        var provider = new OAuth2AuthorizationCodeRequestAuthenticationProvider(
                new InMemoryRegisteredClientRepository(client),
                new InMemoryOAuth2AuthorizationService(),
                new InMemoryOAuth2AuthorizationConsentService());
        Authentication nobody = new AnonymousAuthenticationToken("key", "nobody", AuthorityUtils.createAuthorityList("NONE"));
        try {
            provider.authenticate(new OAuth2AuthorizationCodeRequestAuthenticationToken(
                    "https://sso.acme.dev/oauth2/authorize", client.getClientId(), nobody, redirectUri, "state", Set.of(),
                    Map.of("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method", "S256")));
        } catch (OAuth2AuthorizationCodeRequestAuthenticationException refusal) {
            OAuth2Error error = refusal.getError();
            // Everything about the client is checked before who the person is.
            boolean asksForPerson = "OAuth 2.0 Parameter: principal".equals(error.getDescription());
            return asksForPerson ? new Answer("allowed", "") : new Answer("refused", error.toString());
        } catch (RuntimeException crash) {
            return new Answer("crashed", crash.toString());
        }
        return new Answer("allowed", "");
    }

    /** A response's body, said to be JSON. */
    private static final class Body implements HttpInputMessage {
        private final byte[] bytes;
        private final HttpHeaders headers = new HttpHeaders();

        Body(byte[] bytes) {
            this.bytes = bytes;
            headers.setContentType(MediaType.APPLICATION_JSON);
        }

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
