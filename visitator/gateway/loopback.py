"""A gateway that answers this computer only: of a workstation that runs its own, and of a demo."""

import socket
import threading
import time

import uvicorn

from visitator.gateway.service import KEEP_ALIVE_SECONDS, Gateway

_HOST = "127.0.0.1"
_STARTED_WITHIN = 30.0


class LoopbackError(Exception):
    """The computer does not let the program answer itself; Danish text."""

    def __init__(self) -> None:
        super().__init__(
            "Programmets egen gateway kunne ikke startes på denne computer. Intet er ændret."
            " Start Visitator igen; bliver det ved, så tal med den, der driver computeren."
        )


class Loopback:
    """Answers calls to `gateway` on a free port of the loopback address, in a thread of its own.

    `close` ends the calls that are open. Neither the mail nor the gateway itself is its own.

    Raises:
        LoopbackError: there is no port to be had, or it does not begin to answer.
    """

    def __init__(self, gateway: Gateway) -> None:
        try:
            self._socket = socket.create_server((_HOST, 0))
        except OSError as error:
            raise LoopbackError from error
        self.address = f"http://{_HOST}:{self._socket.getsockname()[1]}"
        """Such as ``http://127.0.0.1:40123``."""
        self._server = uvicorn.Server(
            uvicorn.Config(
                gateway.app,
                # Addresses hold cursors and numbers, and the calls log themselves.
                access_log=False,
                log_config=None,
                server_header=False,
                ws="none",
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                # Only calls that were held open for news are left; nobody waits for them.
                timeout_graceful_shutdown=0,
                log_level="critical",
            )
        )
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name="loopback", daemon=True
        )
        self._thread.start()
        self._wait()

    def close(self) -> None:
        """Stop answering."""
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()

    def _wait(self) -> None:
        until = time.monotonic() + _STARTED_WITHIN
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > until:
                self.close()
                raise LoopbackError
            time.sleep(0.005)
