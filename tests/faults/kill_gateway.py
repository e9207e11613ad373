"""A gateway to be killed: `visitator gateway serve` with a clock that can be ahead."""

from __future__ import annotations

import datetime as dt
import logging
import sys
from pathlib import Path

from visitator.gateway.config import load_config
from visitator.gateway.service import create_gateway, serve


def main(config: Path, ahead: dt.timedelta) -> None:
    """Serve until killed."""
    logging.basicConfig(level=logging.WARNING)
    told = load_config(config)
    serve(create_gateway(told, lambda: dt.datetime.now(dt.UTC) + ahead), told.listen)


if __name__ == "__main__":
    main(Path(sys.argv[1]), dt.timedelta(seconds=float(sys.argv[2])))
