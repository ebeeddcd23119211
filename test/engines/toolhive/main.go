package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"time"
	_ "unsafe" // for go:linkname

	"github.com/ory/fosite"
	"github.com/ory/fosite/compose"

	"github.com/stacklok/toolhive/pkg/authserver/server"
	servercrypto "github.com/stacklok/toolhive/pkg/authserver/server/crypto"
	"github.com/stacklok/toolhive/pkg/authserver/server/handlers"
	"github.com/stacklok/toolhive/pkg/authserver/server/registration"
	"github.com/stacklok/toolhive/pkg/authserver/storage"
	"github.com/stacklok/toolhive/pkg/authserver/upstream"
)

//go:linkname validateCIMDClientURL github.com/stacklok/toolhive/pkg/oauthproto/cimd.validateCIMDClientURL
func validateCIMDClientURL(rawURL string) (bool, error)

//go:linkname newCIMDHTTPClient github.com/stacklok/toolhive/pkg/oauthproto/cimd.newCIMDHTTPClient
func newCIMDHTTPClient(allowHTTPLoopback bool) *http.Client

// openClient does what FetchClientMetadataDocument does before it fetches.
func openClient(rawURL string) (*http.Client, error) {
	allowHTTPLoopback, err := validateCIMDClientURL(rawURL)
	if err != nil {
		return nil, err
	}
	return newCIMDHTTPClient(allowHTTPLoopback), nil
}

const resource = "https://mcp.test"

var decoratorConfig = storage.CIMDDecoratorConfig{
	Enabled: true, CacheMaxSize: 1, FallbackTTL: time.Minute,
	ScopesSupported: registration.DefaultScopes, AllowedAudiences: []string{resource},
}

// clients is ToolHive's memory storage with one client in it.
type clients struct {
	*storage.MemoryStorage
	client fosite.Client
}

func (s *clients) GetClient(context.Context, string) (fosite.Client, error) { return s.client, nil }

// identityProvider is where ToolHive would send the person on to.
type identityProvider struct{ upstream.OAuth2Provider }

func (identityProvider) Type() upstream.ProviderType { return upstream.ProviderTypeOAuth2 }

func newHandler(stored *clients) (*handlers.Handler, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	config, err := server.NewAuthorizationServerConfig(&server.AuthorizationServerParams{
		Issuer: "https://auth.test", AccessTokenLifespan: time.Hour, RefreshTokenLifespan: 24 * time.Hour,
		AuthCodeLifespan: 10 * time.Minute,
		HMACSecrets:      &servercrypto.HMACSecrets{Current: []byte(rand.Text() + rand.Text())},
		SigningKeyID:     "key", SigningKeyAlgorithm: "ES256", SigningKey: key,
		AllowedAudiences: []string{resource}, ScopesSupported: registration.DefaultScopes, CIMDEnabled: true,
	})
	if err != nil {
		return nil, err
	}
	strategy := &compose.CommonStrategy{CoreStrategy: compose.NewOAuth2HMACStrategy(config.Config)}
	provider, err := server.NewAuthorizationServer(config, stored, strategy,
		factory(compose.OAuth2AuthorizeExplicitFactory), factory(compose.OAuth2PKCEFactory))
	if err != nil {
		return nil, err
	}
	return handlers.NewHandler(provider, config, stored, []handlers.NamedUpstream{{Name: "idp", Provider: identityProvider{}}})
}

func factory(make compose.Factory) server.Factory {
	return func(config *server.AuthorizationServerConfig, storage fosite.Storage, strategy any) (any, error) {
		return make(config.Config, storage, strategy), nil
	}
}

// authorize sends the authorization request; the consent page means that the redirect URI was taken.
func authorize(handler *handlers.Handler, clientID, redirectURI string) (outcome, message string) {
	query := url.Values{
		"client_id": {clientID}, "redirect_uri": {redirectURI}, "response_type": {"code"}, "state": {"state-of-the-client"},
		"code_challenge":        {servercrypto.ComputePKCEChallenge(strings.Repeat("v", 43))},
		"code_challenge_method": {"S256"},
	}
	recorder := httptest.NewRecorder()
	handler.AuthorizeHandler(recorder, httptest.NewRequest(http.MethodGet, "/oauth/authorize?"+query.Encode(), nil))
	if recorder.Code == http.StatusOK {
		if redirectURI == "" {
			return "refused", "the client's only redirect URI is used instead"
		}
		return "allowed", ""
	}
	var refusal struct {
		Description string `json:"error_description"`
	}
	if err := json.Unmarshal(recorder.Body.Bytes(), &refusal); err != nil {
		return "crashed", fmt.Sprintf("%d %s", recorder.Code, recorder.Header().Get("Location"))
	}
	return "refused", refusal.Description
}

func run() error {
	useResolver()
	hosted, err := newHost()
	if err != nil {
		return err
	}
	stored := &clients{MemoryStorage: storage.NewMemoryStorage()}
	defer stored.Close()
	handler, err := newHandler(stored)
	if err != nil {
		return err
	}
	return answerAll(func(asked line) (string, string) {
		client, err := hosted.resolve(asked.URL, asked.Body)
		if err != nil {
			return "refuses", err.Error()
		}
		if asked.RedirectURI == nil {
			return "accepts", ""
		}
		stored.client = client
		return authorize(handler, asked.URL, *asked.RedirectURI)
	})
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
