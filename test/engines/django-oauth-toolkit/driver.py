"""django-oauth-toolkit: the validation of an authorization request, which resolves the client's document."""

import io
import logging
import sys


import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["*"],
    # The failure backoff lives in the cache: each case is to be looked at.
    CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "oauth2_provider"],
    LOGGING_CONFIG=None,
    OAUTH2_PROVIDER={"CIMD_ENABLED": True},
    # Client secrets are hashed although a public client has none to use.
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    SECRET_KEY="driver",
    USE_TZ=True,
)
django.setup()

import urllib3.connection
from django.core.exceptions import DisallowedRedirect
from django.core.management import call_command
from django.test import RequestFactory
from oauth2_provider import cimd
from oauth2_provider.exceptions import OAuthToolkitError
from oauth2_provider.http import OAuth2ResponseRedirect
from oauth2_provider.models import Application
from oauth2_provider.oauth2_backends import get_oauthlib_core

from line_protocol import Case, Refused, serve, stub_dns

CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
served = b""


class Socket:
    """A connection that answers whatever is asked with the document."""

    def makefile(self, *_mode):
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(served)}\r\n\r\n"
        return io.BytesIO(head.encode() + served)

    def sendall(self, _data: bytes) -> None: ...

    def settimeout(self, _seconds: float) -> None: ...

    def close(self) -> None: ...


def connect(connection) -> None:
    connection.sock = Socket()
    connection.is_verified = True


class LastRefusal(logging.Handler):
    """A document that is refused makes the client unknown; why, only the log says."""

    refusal: Exception | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self.refusal = record.exc_info[1] if record.exc_info else record.args[1]


last = LastRefusal()
core = None
requests = RequestFactory()


def decide(case: Case) -> str | None:
    global served
    served = case.body
    Application.objects.all().delete()
    last.refusal = None
    parameters = {
        "client_id": case.url,
        "response_type": "code",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    if case.redirect_uri is not None:
        parameters["redirect_uri"] = case.redirect_uri
    refusal = authorize(requests.get("/authorize", parameters))
    application = Application.objects.filter(client_id=case.url).first()
    if application is None:
        refuse_document(refusal)
    if case.redirect_uri is None or refusal is not None:
        return refusal
    try:
        OAuth2ResponseRedirect(case.redirect_uri, application.get_allowed_schemes())
    except DisallowedRedirect as error:
        return str(error)
    return None


def authorize(request) -> str | None:
    try:
        core.validate_authorization_request(request)
    except OAuthToolkitError as error:
        return f"{error.oauthlib_error.error}: {error.oauthlib_error.description}"
    return None


def refuse_document(refusal: str | None) -> None:
    if last.refusal is None or isinstance(last.refusal, cimd.CIMDError):
        raise Refused(str(last.refusal or refusal))
    raise last.refusal


def main() -> None:
    global core
    stub_dns()
    urllib3.connection.HTTPSConnection.connect = connect
    # Reading the machine's certificates for each fetch takes longer than all else.
    context = cimd.ssl.create_default_context()
    cimd.ssl.create_default_context = lambda: context
    cimd.log.handlers, cimd.log.propagate = [last], False
    cimd.log.setLevel(logging.INFO)
    call_command("migrate", verbosity=0)
    core = get_oauthlib_core()
    serve(decide)


if __name__ == "__main__":
    main()
