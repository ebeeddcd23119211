// Driver of ToolHive's authorization server for the engine lab: one JSON object a line on stdin, one answer a line on stdout.
package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
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
	"github.com/stacklok/toolhive/pkg/networking"
	"github.com/stacklok/toolhive/pkg/oauthproto"
	"github.com/stacklok/toolhive/pkg/oauthproto/cimd"
)

// What FetchClientMetadataDocument does before it connects.

//go:linkname validateCIMDClientURL github.com/stacklok/toolhive/pkg/oauthproto/cimd.validateCIMDClientURL
func validateCIMDClientURL(rawURL string) (bool, error)

//go:linkname newCIMDHTTPClient github.com/stacklok/toolhive/pkg/oauthproto/cimd.newCIMDHTTPClient
func newCIMDHTTPClient(allowHTTPLoopback bool) *http.Client

const (
	issuer        = "https://auth.test"
	resource      = "https://mcp.test"
	publicAddress = "93.184.216.34"
	maxBody       = 10 * 1024
)

type line struct {
	ID          string  `json:"id"`
	URL         string  `json:"url"`
	Body        []byte  `json:"body"`
	RedirectURI *string `json:"redirectUri"`
}

type answer struct {
	ID      string `json:"id"`
	Outcome string `json:"outcome"`
	Message string `json:"message"`
}

// clients is ToolHive's memory storage with the one client of the current line in it.
type clients struct {
	*storage.MemoryStorage
	client fosite.Client
}

func (s *clients) GetClient(context.Context, string) (fosite.Client, error) { return s.client, nil }

// identityProvider is where ToolHive would send the person on to.
type identityProvider struct{ upstream.OAuth2Provider }

func (identityProvider) Type() upstream.ProviderType { return upstream.ProviderTypeOAuth2 }

func (identityProvider) AuthorizationURL(string, string, ...upstream.AuthorizationOption) (string, error) {
	return "https://idp.test/authorize", nil
}

// fetch is cimd.FetchClientMetadataDocument over a connection whose other end answers with body.
func fetch(rawURL string, body []byte) (*cimd.ClientMetadataDocument, error) {
	allowHTTPLoopback, err := validateCIMDClientURL(rawURL)
	if err != nil {
		return nil, err
	}
	client := newCIMDHTTPClient(allowHTTPLoopback)
	transport := client.Transport.(*http.Transport)
	guarded := transport.DialContext
	dial := func(_ context.Context, network, address string) (net.Conn, error) {
		if err := checkAddress(guarded, network, address); err != nil {
			return nil, err
		}
		ours, theirs := net.Pipe()
		go func() {
			respond(theirs, body)
			_ = theirs.Close()
		}()
		return ours, nil
	}
	transport.DialContext, transport.DialTLSContext = dial, dial
	result, err := networking.FetchJSON[cimd.ClientMetadataDocument](
		context.Background(), client, rawURL, networking.WithMaxResponseSize(maxBody))
	if err != nil {
		return nil, fmt.Errorf("failed to fetch client metadata document: %w", err)
	}
	return &result.Data, cimd.ValidateClientMetadataDocument(&result.Data, rawURL)
}

// checkAddress lets ToolHive's own dialer look at the address, and ends it before it connects.
func checkAddress(
	dial func(context.Context, string, string) (net.Conn, error), network, address string,
) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		address = net.JoinHostPort("127.0.0.1", port)
	} else if !strings.Contains(host, ":") && net.ParseIP(host) == nil {
		address = net.JoinHostPort(publicAddress, port)
	}
	ended, end := context.WithCancel(context.Background())
	end()
	if _, err := dial(ended, network, address); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

func respond(connection net.Conn, body []byte) {
	if _, err := http.ReadRequest(bufio.NewReader(connection)); err != nil {
		return
	}
	fmt.Fprintf(connection,
		"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n", len(body))
	_, _ = connection.Write(body) // ToolHive hangs up after maxBody bytes.
}

// host serves the document of the current line on a loopback address, the one kind that ToolHive fetches without TLS.
type host struct {
	url  string
	body []byte
}

func newHost() (*host, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	hosted := &host{url: "http://" + listener.Addr().String() + "/client.json"}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go hosted.answer(connection.(*net.TCPConn))
		}
	}()
	return hosted, nil
}

func (h *host) answer(connection *net.TCPConn) {
	respond(connection, h.body)
	// Waiting for the other side to end, and then resetting, leaves no port behind in TIME_WAIT.
	_, _ = io.Copy(io.Discard, connection)
	_ = connection.SetLinger(0)
	_ = connection.Close()
}

// resolve lets the storage decorator resolve the document. It is fetched twice: at its own URL over a connection in memory,
// and then, as it was decoded and with the loopback URL for a client_id, by the decorator, whose network cannot be replaced.
func resolve(hosted *host, rawURL string, body []byte) (fosite.Client, error) {
	if !oauthproto.IsClientIDMetadataDocumentURL(rawURL) {
		return nil, errors.New("not a client ID metadata document URL")
	}
	doc, err := fetch(rawURL, body)
	if err != nil {
		return nil, err
	}
	doc.ClientID = hosted.url
	encoded := new(bytes.Buffer)
	encoder := json.NewEncoder(encoded)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(doc); err != nil {
		return nil, err
	}
	hosted.body = encoded.Bytes()
	memory := storage.NewMemoryStorage()
	defer memory.Close()
	// A new one each time, since it remembers documents and fetches one a second.
	decorator, err := storage.NewCIMDStorageDecorator(memory, storage.CIMDDecoratorConfig{
		Enabled: true, CacheMaxSize: 1, FallbackTTL: time.Minute,
		ScopesSupported: registration.DefaultScopes, AllowedAudiences: []string{resource},
	})
	if err != nil {
		return nil, err
	}
	client, err := decorator.GetClient(context.Background(), hosted.url)
	if err != nil {
		refusal := fosite.ErrorToRFC6749Error(err)
		return nil, errors.New(strings.ReplaceAll(refusal.HintField, hosted.url, rawURL))
	}
	return client, nil
}

func newHandler(stored *clients) (*handlers.Handler, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	config, err := server.NewAuthorizationServerConfig(&server.AuthorizationServerParams{
		Issuer: issuer, AccessTokenLifespan: time.Hour, RefreshTokenLifespan: 24 * time.Hour, AuthCodeLifespan: 10 * time.Minute,
		HMACSecrets:  &servercrypto.HMACSecrets{Current: []byte(rand.Text() + rand.Text())},
		SigningKeyID: "key", SigningKeyAlgorithm: "ES256", SigningKey: key,
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
func authorize(handler *handlers.Handler, clientID, redirectURI string) (bool, string) {
	query := url.Values{
		"client_id": {clientID}, "redirect_uri": {redirectURI}, "response_type": {"code"}, "state": {"state-of-the-client"},
		"code_challenge":        {servercrypto.ComputePKCEChallenge(strings.Repeat("v", 43))},
		"code_challenge_method": {"S256"},
	}
	recorder := httptest.NewRecorder()
	handler.AuthorizeHandler(recorder, httptest.NewRequest(http.MethodGet, "/oauth/authorize?"+query.Encode(), nil))
	if recorder.Code == http.StatusOK {
		return true, ""
	}
	var refusal struct {
		Description string `json:"error_description"`
	}
	if err := json.Unmarshal(recorder.Body.Bytes(), &refusal); err != nil {
		return false, fmt.Sprintf("%d %s", recorder.Code, recorder.Header().Get("Location"))
	}
	return false, refusal.Description
}

func decide(hosted *host, stored *clients, handler *handlers.Handler, in line) (out answer) {
	out.ID = in.ID
	defer func() {
		if panicked := recover(); panicked != nil {
			out.Outcome, out.Message = "crashed", fmt.Sprint(panicked)
		}
	}()
	client, err := resolve(hosted, in.URL, in.Body)
	if err != nil {
		out.Outcome, out.Message = "refuses", err.Error()
		return out
	}
	if in.RedirectURI == nil {
		out.Outcome = "accepts"
		return out
	}
	stored.client = client
	allowed, message := authorize(handler, in.URL, *in.RedirectURI)
	out.Outcome, out.Message = "refused", message
	if allowed {
		out.Outcome = "allowed"
	}
	return out
}

func run() error {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	memory := storage.NewMemoryStorage()
	defer memory.Close()
	hosted, err := newHost()
	if err != nil {
		return err
	}
	stored := &clients{MemoryStorage: memory}
	handler, err := newHandler(stored)
	if err != nil {
		return err
	}
	lines, answers := bufio.NewReader(os.Stdin), json.NewEncoder(os.Stdout)
	answers.SetEscapeHTML(false)
	for {
		text, readError := lines.ReadBytes('\n')
		if len(text) > 1 {
			var in line
			if err := json.Unmarshal(text, &in); err != nil {
				return err
			}
			out := decide(hosted, stored, handler, in)
			if runes := []rune(out.Message); len(runes) > 300 {
				out.Message = string(runes[:300])
			}
			if err := answers.Encode(out); err != nil {
				return err
			}
		}
		if readError == io.EOF {
			return nil
		}
		if readError != nil {
			return readError
		}
	}
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
