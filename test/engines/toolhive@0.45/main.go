package main

import (
	"fmt"
	"net/http"
	"os"
	"time"
	_ "unsafe" // for go:linkname

	"github.com/stacklok/toolhive/pkg/authserver/server/registration"
	"github.com/stacklok/toolhive/pkg/authserver/storage"
)

//go:linkname validateCIMDClientURL github.com/stacklok/toolhive/pkg/oauthproto/cimd.validateCIMDClientURL
func validateCIMDClientURL(rawURL string) error

//go:linkname newCIMDHTTPClient github.com/stacklok/toolhive/pkg/oauthproto/cimd.newCIMDHTTPClient
func newCIMDHTTPClient() *http.Client

// openClient does what FetchClientMetadataDocument does before it fetches.
func openClient(rawURL string) (*http.Client, error) {
	if err := validateCIMDClientURL(rawURL); err != nil {
		return nil, err
	}
	return newCIMDHTTPClient(), nil
}

var decoratorConfig = storage.CIMDDecoratorConfig{
	Enabled: true, CacheMaxSize: 1, FallbackTTL: time.Minute, ScopesSupported: registration.DefaultScopes,
}

func run() error {
	useResolver()
	hosted, err := newHost()
	if err != nil {
		return err
	}
	return answerAll(func(asked line) (string, string) {
		if _, err := hosted.resolve(asked.URL, asked.Body); err != nil {
			return "refuses", err.Error()
		}
		return "accepts", ""
	})
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
