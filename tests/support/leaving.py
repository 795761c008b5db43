"""Requests that customers left: a journal's, a receiver of the webhook, and everything between them."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from bot.journal.requests import Requests
from bot.journal.sealing import Seal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.journal.journal import Journal

KEY = b"k" * 32
ABOUT = "요금이 두 번 빠져나갔어요."
CONTACT = "김손님 010-2345-6789"


def requests_of(journal: Journal) -> Requests:
    return Requests(journal, Seal(KEY))


class Receiver:
    """Of a webhook on this machine. ``codes``: what it answers, in turn; the last one for ever.

    ``hold``: while it is not set, a request is taken and not answered. ``got``: headers and body of each request.
    """

    def __init__(self, codes: Sequence[int]) -> None:
        self.codes = list(codes)
        self.hold = threading.Event()
        self.hold.set()
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.address = ""

    @property
    def texts(self) -> list[str]:
        return [json.loads(body)["text"] for _, body in self.got]


@contextmanager
def receiving(*codes: int) -> Iterator[Receiver]:
    receiver = Receiver(codes)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            receiver.hold.wait(30)
            code = receiver.codes.pop(0) if len(receiver.codes) > 1 else receiver.codes[0]
            self.send_response(code)
            if 300 <= code < 400:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nothing to say."""

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                """Who sent it has given up waiting."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    receiver.address = f"http://127.0.0.1:{server.server_address[1]}/hook"
    try:
        yield receiver
    finally:
        receiver.hold.set()
        server.shutdown()
        thread.join()
        server.server_close()
