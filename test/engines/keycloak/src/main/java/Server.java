import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.opentelemetry.api.trace.Span;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpStatus;
import org.apache.http.HttpVersion;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.conn.ClientConnectionManager;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.message.BasicHttpResponse;
import org.apache.http.params.HttpParams;
import org.apache.http.protocol.HttpContext;
import org.keycloak.authentication.ClientAuthenticator;
import org.keycloak.authentication.ClientAuthenticatorFactory;
import org.keycloak.authorization.AuthorizationProvider;
import org.keycloak.authorization.model.ResourceServer;
import org.keycloak.authorization.store.ResourceServerStore;
import org.keycloak.common.ClientConnection;
import org.keycloak.common.enums.SslRequired;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.crypto.SignatureProviderFactory;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.cache.authorization.CachedStoreFactoryProvider;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oauth2.cimd.provider.ClientIdMetadataDocumentProvider;
import org.keycloak.protocol.oauth2.cimd.provider.PersistentClientIdMetadataDocumentProvider;
import org.keycloak.protocol.oidc.OIDCLoginProtocolFactory;
import org.keycloak.provider.EnvironmentDependentProviderFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.services.clientpolicy.ClientPolicyManager;
import org.keycloak.tracing.TracingProvider;
import org.keycloak.urls.HostnameProvider;
import org.keycloak.urls.UrlType;
import org.keycloak.util.JsonSerialization;
import org.keycloak.validation.ClientValidationProvider;
import org.keycloak.validation.DefaultClientValidationProvider;

/** A session of a Keycloak with one realm as it is new, whose storage is a field and whose network is one document. */
final class Server {
    final KeycloakSession session;
    final RealmModel realm;

    private final List<ProviderFactory<?>> authenticators = factories(ClientAuthenticatorFactory.class);
    private final List<ProviderFactory<?>> signatures = factories(SignatureProviderFactory.class);
    private byte[] body = {};
    private List<String> redirectUris = List.of();
    private ClientModel client;

    Server() {
        realm = Stub.of(RealmModel.class, Map.of(
                "getId", arguments -> "acme",
                "getName", arguments -> "acme",
                "getClientByClientId", arguments -> client != null && client.getClientId().equals(arguments[0]) ? client : null,
                "addClient", arguments -> client = newClient((String) arguments[0]),
                "getDefaultRole", arguments -> Stub.of(RoleModel.class, Map.of()),
                "getBrowserFlow", arguments -> new AuthenticationFlowModel(),
                "getSslRequired", arguments -> SslRequired.EXTERNAL,
                "getCibaPolicy", arguments -> ciba()));

        OIDCLoginProtocolFactory protocol = new OIDCLoginProtocolFactory();
        KeycloakSessionFactory sessionFactory = Stub.of(KeycloakSessionFactory.class, Map.of(
                "getProviderFactory", arguments -> arguments[0] == LoginProtocol.class ? protocol : null,
                "getProviderFactoriesStream", arguments -> arguments[0] == ClientAuthenticator.class ? authenticators.stream() : Stream.empty()));

        Map<Class<? extends Provider>, Provider> providers = new HashMap<>();
        session = Stub.of(KeycloakSession.class, Map.of(
                "getKeycloakSessionFactory", arguments -> sessionFactory,
                "getContext", arguments -> context(),
                "getProvider", arguments -> arguments[0] == SignatureProvider.class ? signature((String) arguments[1]) : providers.get(arguments[0]),
                "users", arguments -> Stub.of(UserProvider.class, Map.of("addUser", user -> Stub.of(UserModel.class, Map.of()))),
                "clientPolicy", arguments -> Stub.of(ClientPolicyManager.class, Map.of()),
                "getTransactionManager", arguments -> Stub.of(KeycloakTransactionManager.class, Map.of())));

        providers.put(ClientIdMetadataDocumentProvider.class, new PersistentClientIdMetadataDocumentProvider(session));
        providers.put(ClientValidationProvider.class, new DefaultClientValidationProvider());
        providers.put(HostnameProvider.class, Stub.of(HostnameProvider.class, Map.of(
                "getBaseUri", arguments -> URI.create("https://sso.acme.dev/"))));
        providers.put(HttpClientProvider.class, Stub.of(HttpClientProvider.class, Map.of(
                "getHttpClient", arguments -> new Network(),
                // A sector identifier lists what it should.
                "getString", arguments -> JsonSerialization.valueAsString(redirectUris))));
        providers.put(TracingProvider.class, Stub.of(TracingProvider.class, Map.of(
                "getCurrentSpan", arguments -> Span.getInvalid())));
        providers.put(AuthorizationProvider.class, new AuthorizationProvider(session, realm, null));
        providers.put(CachedStoreFactoryProvider.class, Stub.of(CachedStoreFactoryProvider.class, Map.of(
                "getResourceServerStore", arguments -> Stub.of(ResourceServerStore.class, Map.of(
                        "create", server -> Stub.of(ResourceServer.class, Map.of()))))));
    }

    /** Forgets the client, and has every URL answer with a body. */
    void restart(byte[] body, List<String> redirectUris) {
        this.body = body;
        this.redirectUris = redirectUris;
        client = null;
    }

    /** The client that was made of the document. */
    ClientModel client() {
        return client;
    }

    private ClientModel newClient(String clientId) {
        Map<String, String> attributes = new HashMap<>();
        ClientModel model = Stub.of(ClientModel.class, Map.of(
                "getId", arguments -> "1",
                "getRealm", arguments -> realm,
                "getAttributes", arguments -> attributes,
                "getAttribute", arguments -> attributes.get((String) arguments[0]),
                // The storage leaves out what is blank.
                "setAttribute", arguments -> arguments[1] == null || ((String) arguments[1]).trim().isEmpty()
                        ? attributes.remove((String) arguments[0])
                        : attributes.put((String) arguments[0], (String) arguments[1]),
                "removeAttribute", arguments -> attributes.remove((String) arguments[0]),
                "getRole", arguments -> Stub.of(RoleModel.class, Map.of())));
        model.setClientId(clientId);
        model.setEnabled(true);
        return model;
    }

    private CibaConfig ciba() {
        return new CibaConfig(realm);
    }

    private KeycloakContext context() {
        return Stub.of(KeycloakContext.class, Map.of(
                "getRealm", arguments -> realm,
                "getConnection", arguments -> Stub.of(ClientConnection.class, Map.of()),
                "getUri", arguments -> new KeycloakUriInfo(session, UrlType.FRONTEND, null)));
    }

    private SignatureProvider signature(String algorithm) {
        return signatures.stream()
                .filter(factory -> factory.getId().equals(algorithm))
                .map(factory -> (SignatureProvider) factory.create(session))
                .findFirst()
                .orElse(null);
    }

    private static <T extends ProviderFactory<?>> List<ProviderFactory<?>> factories(Class<T> type) {
        return StreamSupport.stream(ServiceLoader.load(type).spliterator(), false)
                .filter(factory -> !(factory instanceof EnvironmentDependentProviderFactory optional) || optional.isSupported(null))
                .<ProviderFactory<?>>map(factory -> factory)
                .toList();
    }

    /** Answers every request with the body. */
    private final class Network extends CloseableHttpClient {
        @Override
        protected CloseableHttpResponse doExecute(HttpHost target, HttpRequest request, HttpContext context) {
            BasicHttpResponse response = new BasicHttpResponse(HttpVersion.HTTP_1_1, HttpStatus.SC_OK, "OK");
            response.setEntity(new ByteArrayEntity(body, ContentType.create("application/json")));
            return Stub.of(CloseableHttpResponse.class, Map.of(
                    "getStatusLine", arguments -> response.getStatusLine(),
                    "getEntity", arguments -> response.getEntity(),
                    "getHeaders", arguments -> response.getHeaders((String) arguments[0]),
                    "headerIterator", arguments -> response.headerIterator()));
        }

        @Override
        public void close() {}

        @Override
        @SuppressWarnings("deprecation")
        public HttpParams getParams() {
            throw new UnsupportedOperationException();
        }

        @Override
        @SuppressWarnings("deprecation")
        public ClientConnectionManager getConnectionManager() {
            throw new UnsupportedOperationException();
        }
    }
}
