"""Signs in with the client of the MCP Python SDK. By hand, for Node.js runs the tests: pip install mcp, then

    cimd rehearse client.cimd.json --consent allow
    python test/rehearsal/clients/python_sdk.py http://127.0.0.1:PORT/mcp CLIENT_ID REDIRECT_URI

REDIRECT_URI is one of the document; the address that a browser would be sent to is read, and not opened.
"""

import asyncio
import sys
from urllib.parse import parse_qs, urlparse

import httpx2
from mcp.client.auth import AuthorizationCodeResult, OAuthClientProvider
from mcp.client.session import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import OAuthClientMetadata


class MemoryStorage:
    """Tokens for as long as the program runs."""

    def __init__(self):
        self.tokens = None
        self.client_info = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client_info

    async def set_client_info(self, client_info):
        self.client_info = client_info


async def main(address: str, client_id: str, redirect_uri: str) -> None:
    returned: dict[str, str] = {}

    async def browser(url: str) -> None:
        async with httpx2.AsyncClient() as http:
            answer = await http.get(url, follow_redirects=False)
        query = parse_qs(urlparse(answer.headers["location"]).query)
        returned.update({name: values[0] for name, values in query.items()})

    async def callback() -> AuthorizationCodeResult:
        return AuthorizationCodeResult(**returned)

    auth = OAuthClientProvider(
        server_url=address,
        client_metadata=OAuthClientMetadata(client_name="Acme", redirect_uris=[redirect_uri]),
        storage=MemoryStorage(),
        redirect_handler=browser,
        callback_handler=callback,
        client_metadata_url=client_id,
    )
    async with httpx2.AsyncClient(auth=auth, follow_redirects=True) as http:
        async with streamable_http_client(address, http_client=http) as (read, write, *_):
            async with ClientSession(read, write) as session:
                await session.initialize()
                print((await session.call_tool("whoami", {})).structured_content)


asyncio.run(main(*sys.argv[1:]))
