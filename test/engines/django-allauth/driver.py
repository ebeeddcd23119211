"""django-allauth: the authorization endpoint of its identity provider, as far as the consent page."""

import io
import json
import logging
import socket
from types import SimpleNamespace

import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["*"],
    # Keeps neither the lock of a fetch nor what was counted.
    CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    IDP_OIDC_CIMD_ENABLED=True,
    IDP_OIDC_RATE_LIMITS=False,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "allauth",
        "allauth.account",
        "allauth.idp.oidc",
    ],
    LOGGING_CONFIG=None,
    MIDDLEWARE=["allauth.account.middleware.AccountMiddleware"],
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ROOT_URLCONF="allauth.urls",
    SECRET_KEY="driver",
    USE_TZ=True,
)
django.setup()

import urllib3.connection
import urllib3.util.connection
from allauth.core import context
from allauth.idp.oidc import views
from allauth.idp.oidc.internal import cimd, clientkit
from allauth.idp.oidc.models import Client
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory

from line_protocol import Case, Refused, serve, stub_dns

CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
served = b""


class Socket:
    """A connection that answers whatever is asked with the document."""

    def __init__(self, *_arguments):
        pass

    def makefile(self, *_mode):
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(served)}\r\n\r\n"
        return io.BytesIO(head.encode() + served)

    def ignore(self, *_arguments) -> None: ...

    bind = close = connect = sendall = setsockopt = settimeout = shutdown = ignore


def connect(connection) -> None:
    connection.sock = connection._new_conn()
    connection.is_verified = True


class LastRefusal:
    """A document that is refused makes the client unknown; why, only the exception says."""

    refusal: Exception | None = None

    def noting(self, function):
        def noted(*arguments):
            try:
                return function(*arguments)
            except Exception as error:
                self.refusal = error
                raise

        return noted


class ConsentPage(HttpResponse):
    """The request was taken."""


class ErrorPage(HttpResponse):
    """The request was refused, and why."""

    def __init__(self, _request, *, error):
        super().__init__(status=400)
        self.error = error


last = LastRefusal()
requests = RequestFactory()
user = None


def decide(case: Case) -> str | None:
    global served
    served = case.body
    Client.objects.all().delete()
    last.refusal = None
    request = requests.get("/identity/o/authorize", parameters(case))
    request.user = user
    with context.request_context(request):
        if clientkit.lookup_client(case.url) is None:
            raise Refused(words_of(last.refusal))
        if case.redirect_uri is None:
            return None
        answer = views.authorization(request)
    if isinstance(answer, ConsentPage):
        return None
    if isinstance(answer, ErrorPage):
        return f"{answer.error.error}: {answer.error.description}"
    return answer.headers["Location"]


def words_of(refusal: Exception | None) -> str:
    """None where the URL is not taken for one of a document at all."""
    return "unknown client" if refusal is None else " ".join(getattr(refusal, "messages", [str(refusal)]))


def parameters(case: Case) -> dict[str, str]:
    """The request of a client that asks for what its document lists."""
    asked = {
        "client_id": case.url,
        "response_type": "code",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    if case.redirect_uri is not None:
        asked["redirect_uri"] = case.redirect_uri
    scope = scope_in(case.body)
    return {**asked, "scope": scope} if scope else asked


def scope_in(body: bytes) -> str:
    """A client asks for what its document lists."""
    try:
        scope = json.loads(body).get("scope", "openid")
    except (AttributeError, RecursionError, ValueError):
        return ""
    return " ".join(scope.split()) if isinstance(scope, str) else ""


def main() -> None:
    global user
    stub_dns()
    urllib3.connection.HTTPSConnection.connect = connect
    # What urllib3 connects with: the resolver stays, the connection is ours.
    urllib3.util.connection.socket = SimpleNamespace(**{**vars(socket), "socket": Socket})
    cimd.fetch_client = last.noting(cimd.fetch_client)
    logging.disable()
    views.respond_html_error = ErrorPage
    views.FormView.get = lambda *_arguments, **_named: ConsentPage()
    call_command("migrate", verbosity=0)
    user = get_user_model().objects.create(username="somebody")
    serve(decide)


if __name__ == "__main__":
    main()
