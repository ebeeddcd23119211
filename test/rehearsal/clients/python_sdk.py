"""Signs in with the client of the MCP Python SDK. By hand: pip install mcp, then

    cimd rehearse client.cimd.json --consent allow
    python python_sdk.py http://127.0.0.1:PORT/mcp https://app.acme.dev/client.json http://127.0.0.1:4713/callback

The redirect URI only has to be in the document; the address that the browser would be sent to is read, not opened.
"""

import asyncio
import sys
from urllib.parse import parse_qs, urlparse

import httpx2
from mcp.client.auth import AuthorizationCodeResult, OAuthClientProvider
from mcp.client.session import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import OAuthClientMetadata
