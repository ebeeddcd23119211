"""The line protocol of the engine drivers, for those written in Python."""

import base64
import json
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass

PUBLIC_ADDRESS = "93.184.216.34"


class Refused(Exception):
    """The server refuses the document."""


@dataclass
class Case:
    url: str
    body: bytes
    redirect_uri: str | None


def serve(decide: Callable[[Case], str | None]) -> None:
    """Answers each line of stdin with a line on stdout.

    `decide` raises `Refused` for a document that the server refuses. Otherwise it returns None, or, where the
    case has a redirect URI, why that is refused. Any other exception is one that the server does not mean as a
    refusal.
    """
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        case = Case(asked["url"], base64.b64decode(asked["body"]), asked.get("redirectUri"))
        outcome, message = _outcome(decide, case)
        answer = {"id": asked["id"], "outcome": outcome, "message": message[:300]}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _outcome(decide: Callable[[Case], str | None], case: Case) -> tuple[str, str]:
    try:
        refusal = decide(case)
    except Refused as refused:
        return "refuses", str(refused)
    except Exception as crash:
        return "crashed", f"{type(crash).__name__}: {crash}"
    if case.redirect_uri is None:
        return "accepts", ""
    return ("allowed", "") if refusal is None else ("refused", refusal)


def stub_dns() -> None:
    """Makes every host name resolve to a public address, and names under localhost to the machine itself.

    IP literals stay what they are, in every spelling that the C library reads.
    """
    resolve = socket.getaddrinfo

    def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
        try:
            return resolve(host, port, family, type, proto, flags | socket.AI_NUMERICHOST)
        except socket.gaierror as error:
            if error.errno != socket.EAI_NONAME or ":" in host:
                raise
        name = host.lower().rstrip(".")
        own = name == "localhost" or name.endswith(".localhost")
        address = "127.0.0.1" if own else PUBLIC_ADDRESS
        return resolve(address, port, family, type, proto, flags | socket.AI_NUMERICHOST)

    socket.getaddrinfo = getaddrinfo
