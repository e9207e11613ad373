"""Reading a message, against the XML parser alone on the same bytes."""

import timeit
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from visitator.medcom.decoding import normalise
from visitator.medcom.reader import read

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = (
    ROOT.parent / "shared/medcom/oioxml/samples/masked/XDIS21_masked.xml",
    ROOT / "tests/fixtures/xdis21_latin1_no_declaration.xml",
)
ROUNDS, TIMES = 7, 200
AIM = 3.0


def best(action: Callable[[], object], times: int = TIMES) -> float:
    """Seconds for one call: the best of several rounds, which noise can only make slower."""
    return min(timeit.repeat(action, number=times, repeat=ROUNDS)) / times


def report() -> Iterator[str]:
    """A line per message there is."""
    for file in FILES:
        if not file.is_file():
            yield f"{file.name}: skipped, the file is not here"
            continue
        data = file.read_bytes()
        parser = etree.XMLParser(encoding=normalise(data)[1])
        floor = best(lambda data=data, parser=parser: etree.fromstring(data, parser))  # type: ignore[misc]
        ours = best(lambda data=data: read(data))  # type: ignore[misc]
        yield (
            f"{file.name}: read {ours * 1e6:.0f} µs, lxml alone {floor * 1e6:.0f} µs, "
            f"ratio {ours / floor:.2f} (aim {AIM:.0f})"
        )
