"""FastMCP's OAuth proxy: `CIMDClientManager.get_client` and `ProxyDCRClient.validate_redirect_uri`."""

import asyncio
import logging
import os
import sys

for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
    os.environ.pop(name, None)
os.environ["FASTMCP_CHECK_FOR_UPDATES"] = "off"

from fastmcp.server.auth import cimd, ssrf
from mcp.server.auth.handlers.authorize import AuthorizationRequest
from mcp.shared.auth import InvalidRedirectUriError
from pydantic import ValidationError

from line_protocol import Case, Refused, serve, stub_dns

httpx = getattr(ssrf, "httpx2", None) or ssrf.httpx
served = b""


class ClientWithoutNetwork(httpx.AsyncClient):
    def __init__(self, **options):
        options = {name: value for name, value in options.items() if name not in ("proxy", "verify")}
        super().__init__(transport=httpx.MockTransport(respond), **options)


def respond(_request):
    return httpx.Response(200, headers={"Content-Type": "application/json"}, content=served)


class LastRefusal(logging.Handler):
    """`get_client` logs why it knows no client, and returns None."""

    refusal = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.refusal = str(record.args[1])


last = LastRefusal()


async def decide(case: Case) -> str | None:
    global served
    served = case.body
    manager = cimd.CIMDClientManager()
    if not manager.is_cimd_client_id(case.url):
        raise Refused(f"Client ID '{case.url}' not found")
    client = await manager.get_client(case.url)
    if client is None:
        raise Refused(last.refusal)
    if case.redirect_uri is None:
        return None
    parameters = {
        "client_id": case.url,
        "redirect_uri": case.redirect_uri,
        "response_type": "code",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    }
    try:
        request = AuthorizationRequest.model_validate(parameters)
        client.validate_redirect_uri(request.redirect_uri)
    except ValidationError as error:
        return error.errors()[0]["msg"]
    except InvalidRedirectUriError as error:
        return error.message
    return None


def main() -> None:
    stub_dns()
    httpx.AsyncClient = ClientWithoutNetwork
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).handlers.clear()
    logger = logging.getLogger(cimd.logger.name)
    logger.handlers, logger.propagate = [last], False
    logger.setLevel(logging.WARNING)
    logging.getLogger().setLevel(logging.ERROR)
    with asyncio.Runner() as runner:
        serve(lambda case: runner.run(decide(case)))


if __name__ == "__main__":
    main()
