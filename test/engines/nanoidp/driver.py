"""NanoIDP: learns a client from its document, and compares redirect URIs with it."""

import logging
import socket
from types import SimpleNamespace
from urllib.parse import urlsplit

from nanoidp.models import Settings
from nanoidp.services import client_metadata, client_metadata_fetch
from nanoidp.services.redirect_uri import redirect_uri_is_registered, redirect_uri_rejection_reason

from line_protocol import Case, Refused, serve, stub_dns

REFUSALS = (
    client_metadata.ClientIdUrlInvalid,
    client_metadata.DocumentInvalid,
    client_metadata.DocumentNotUsable,
    client_metadata_fetch.FetchRefused,
)
served = b""


class Socket:
    """A connection that answers whatever is asked with the document."""

    def __init__(self, *_arguments):
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(served)}\r\n\r\n"
        self.unread = memoryview(head.encode() + served)

    def recv_into(self, buffer) -> int:
        size = min(len(buffer), len(self.unread))
        buffer[:size], self.unread = self.unread[:size], self.unread[size:]
        return size

    def ignore(self, *_arguments) -> None: ...

    _decref_socketios = close = connect = sendall = settimeout = ignore


class Tls:
    """Encodes the name as the TLS of Python does, and leaves it at that."""

    def wrap_socket(self, connection: Socket, server_hostname: str) -> Socket:
        server_hostname.encode("idna")
        return connection


def decide(case: Case) -> str | None:
    global served
    served = case.body
    try:
        client = client_metadata.learn_client(case.url, settings_for(case.url))
    except REFUSALS as refusal:
        raise Refused(str(refusal)) from refusal
    finally:
        client_metadata.forget_all()
    if case.redirect_uri is None:
        return None
    if not case.redirect_uri:
        return "redirect_uri is required"
    rejection = redirect_uri_rejection_reason(case.redirect_uri)
    if rejection is not None:
        return rejection
    registered = redirect_uri_is_registered(case.redirect_uri, client.redirect_uris)
    return None if registered else "redirect_uri is not registered for this client"


def settings_for(url: str) -> Settings:
    return Settings(
        client_id_metadata_documents_enabled=True, client_id_metadata_documents_allowed_hosts=allowed_hosts(url)
    )


def allowed_hosts(url: str) -> list[str]:
    """What an operator would have to allow; nothing where that cannot be written down."""
    try:
        parts = urlsplit(url)
        return [f"{parts.hostname}:{443 if parts.port is None else parts.port}"]
    except ValueError:
        return []


def main() -> None:
    stub_dns()
    logging.disable()
    client_metadata_fetch.socket = SimpleNamespace(**{**vars(socket), "socket": Socket})
    client_metadata_fetch.tls_context = Tls
    client_metadata_fetch.MAX_FETCHES_PER_MINUTE = float("inf")
    serve(decide)


if __name__ == "__main__":
    main()
