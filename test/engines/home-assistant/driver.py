"""Home Assistant: `verify_client_id` and `verify_redirect_uri` of `homeassistant/components/auth/indieauth.py`.

The release wants a newer Python than many machines have, and importing the package starts half of Home Assistant:
the two files are loaded alone.
"""

import asyncio
import functools
import importlib.util
import json
import logging
import sys
import typing
from importlib.metadata import distribution
from types import ModuleType


import aiohttp
import typing_extensions

from line_protocol import Case, Refused, serve

served = b""


class Content:
    async def iter_chunked(self, size: int):
        for start in range(0, len(served), size):
            yield served[start : start + size]


class Response:
    """What Home Assistant reads of a response, and what aiohttp's session asks it for."""

    status, history, content = 200, (), Content()
    headers, connection, _raw_cookie_headers = {}, None, None

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_exception) -> None: ...


async def respond(_request, _send):
    return Response()


def load(name: str) -> ModuleType:
    file = distribution("homeassistant").locate_file(name.replace(".", "/") + ".py")
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def load_indieauth() -> ModuleType:
    if not hasattr(typing, "override"):
        typing.override = typing_extensions.override
    for name in ("homeassistant", "homeassistant.util", "homeassistant.core"):
        sys.modules[name] = ModuleType(name)
    sys.modules["homeassistant.core"].HomeAssistant = object
    load("homeassistant.util.network")
    return load("homeassistant.components.auth.indieauth")


indieauth = load_indieauth()
REQUEST = {"request_scheme": "http", "request_netloc": "homeassistant.local:8123"}


async def decide(case: Case) -> str | None:
    """A document is of use if a redirect URI that it lists gets through: Home Assistant refuses none as a whole."""
    global served
    served = case.body
    if not indieauth.verify_client_id(case.url, **REQUEST):
        raise Refused("Invalid client id")
    if not any([await verify(case.url, uri) for uri in listed(case.body)]):
        raise Refused("Invalid redirect URI")
    if case.redirect_uri is None or await verify(case.url, case.redirect_uri):
        return None
    return "Invalid redirect URI"


def verify(client_id: str, redirect_uri: str):
    # With PKCE, as OAuth 2.1 clients sign in.
    return indieauth.verify_redirect_uri(
        None, client_id, redirect_uri, allow_loopback_port_change=True, **REQUEST
    )


def listed(body: bytes) -> list[str]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return []
    uris = document.get("redirect_uris") if isinstance(document, dict) else None
    return [uri for uri in uris if isinstance(uri, str)] if isinstance(uris, list) else []


def main() -> None:
    aiohttp.ClientSession = functools.partial(aiohttp.ClientSession, middlewares=[respond])
    logging.disable()
    with asyncio.Runner() as runner:
        serve(lambda case: runner.run(decide(case)))


if __name__ == "__main__":
    main()
