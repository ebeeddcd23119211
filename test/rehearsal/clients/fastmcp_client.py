"""Signs in with FastMCP's client. By hand, for Node.js runs the tests: pip install fastmcp, then

    cimd rehearse client.cimd.json --consent allow
    python test/rehearsal/clients/fastmcp_client.py http://127.0.0.1:PORT/mcp CLIENT_ID CALLBACK_PORT

The document lists http://localhost:CALLBACK_PORT/callback; what a browser would request is requested, and no window opens.
"""

import asyncio
import sys
import threading
import urllib.request
import webbrowser

from fastmcp import Client
from fastmcp.client.auth import OAuth


def browser(url: str) -> bool:
    threading.Timer(1, lambda: urllib.request.urlopen(url).read()).start()
    return True


webbrowser.open = browser


async def main(address: str, client_id: str, port: str) -> None:
    auth = OAuth(client_metadata_url=client_id, callback_port=int(port))
    async with Client(address, auth=auth) as client:
        print((await client.call_tool("whoami", {})).structured_content)


asyncio.run(main(*sys.argv[1:]))
