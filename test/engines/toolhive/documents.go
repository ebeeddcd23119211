package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/ory/fosite"

	"github.com/stacklok/toolhive/pkg/authserver/storage"
	"github.com/stacklok/toolhive/pkg/networking"
	"github.com/stacklok/toolhive/pkg/oauthproto"
	"github.com/stacklok/toolhive/pkg/oauthproto/cimd"
)

const maxBody = 10 * 1024

// errResolves is what the resolver says of a name that has an address, a public one.
var errResolves = errors.New("a name with a public address")

// useResolver makes every domain name one that resolves; Go itself knows what is none, and where localhost is.
func useResolver() {
	net.DefaultResolver = &net.Resolver{
		PreferGo: true,
		Dial:     func(context.Context, string, string) (net.Conn, error) { return nil, errResolves },
	}
}

// checkAddress lets ToolHive's own dialer look at the address, and ends it before it connects.
func checkAddress(
	dial func(context.Context, string, string) (net.Conn, error), network, address string,
) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	// Where a name resolves, its address is dialed, and that begins with the port.
	if _, err := net.DefaultResolver.LookupPort(context.Background(), network, port); err != nil {
		return err
	}
	ctx, end := context.WithCancel(context.Background())
	defer end()
	if _, err := netip.ParseAddr(host); err == nil || strings.EqualFold(host, "localhost") {
		end()
	}
	_, err = dial(ctx, network, address)
	if errors.Is(err, context.Canceled) || (err != nil && strings.Contains(err.Error(), errResolves.Error())) {
		return nil
	}
	return err
}

// fetch is cimd.FetchClientMetadataDocument over a connection whose other end answers with body.
func fetch(rawURL string, body []byte) (*cimd.ClientMetadataDocument, error) {
	client, err := openClient(rawURL)
	if err != nil {
		return nil, err
	}
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

func respond(connection net.Conn, body []byte) {
	// Line by line, as Go's own server takes no space in a URL.
	request := bufio.NewReader(connection)
	for {
		line, err := request.ReadString('\n')
		if err != nil {
			return
		}
		if line == "\r\n" {
			break
		}
	}
	fmt.Fprintf(connection,
		"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n", len(body))
	_, _ = connection.Write(body) // ToolHive hangs up after maxBody bytes.
}

// host serves one document on a loopback address, the one kind that ToolHive fetches without TLS.
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
func (h *host) resolve(rawURL string, body []byte) (fosite.Client, error) {
	if !oauthproto.IsClientIDMetadataDocumentURL(rawURL) {
		return nil, errors.New("not a client ID metadata document URL")
	}
	doc, err := fetch(rawURL, body)
	if err != nil {
		return nil, err
	}
	doc.ClientID = h.url
	encoded := new(bytes.Buffer)
	encoder := json.NewEncoder(encoded)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(doc); err != nil {
		return nil, err
	}
	h.body = encoded.Bytes()
	memory := storage.NewMemoryStorage()
	defer memory.Close()
	// A new one each time, since it remembers documents and fetches one a second.
	decorator, err := storage.NewCIMDStorageDecorator(memory, decoratorConfig)
	if err != nil {
		return nil, err
	}
	client, err := decorator.GetClient(context.Background(), h.url)
	if err != nil {
		return nil, errors.New(strings.ReplaceAll(fosite.ErrorToRFC6749Error(err).HintField, h.url, rawURL))
	}
	return client, nil
}
