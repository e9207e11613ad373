"""Where the example messages are: the project's own, and the published ones beside the repo."""

from __future__ import annotations

from pathlib import Path

import pytest

from visitator.domain.messages import AnyMessage, Message
from visitator.medcom.errors import MessageError
from visitator.medcom.reader import Delivery, read

FIXTURES = sorted((Path(__file__).parents[1] / "fixtures").glob("*.xml"))
"""The project's own messages, invented, with their bytes as a hospital might send them."""

SAMPLE_FOLDER = Path(__file__).resolve().parents[3] / "shared/medcom/oioxml/samples"
SAMPLES: list[object] = [*sorted(SAMPLE_FOLDER.rglob("*.xml"))] or [
    pytest.param(SAMPLE_FOLDER, marks=pytest.mark.skip(reason="../shared is absent"))
]
"""MedCom's and others' published messages, or one skipped case where they are absent."""


def file_name(file: object) -> str:
    """A file's name, for the name of its test."""
    return file.name if isinstance(file, Path) else str(file)


def fixture(name: str) -> bytes:
    """The bytes of one of the project's own messages."""
    return next(file for file in FIXTURES if file.stem == name).read_bytes()


def messages_in(name: str) -> tuple[AnyMessage, ...]:
    """What one of the project's own messages decodes to, all of it readable."""
    delivery = read(fixture(name))
    assert delivery.problems == ()
    return delivery.messages


def message_in(name: str) -> AnyMessage:
    """The only message in one of the project's own files."""
    (message,) = messages_in(name)
    return message


def read_or_nothing(data: bytes) -> Delivery:
    """What could be read of a file, which may be nothing."""
    try:
        return read(data)
    except MessageError as error:
        return Delivery(messages=(), problems=error.problems)


def identity(message: Message) -> tuple[str | None, ...]:
    """What a receipt names a letter by: its number, its envelope, its sender and receiver."""
    return message.letter_id, message.envelope_id, message.sender.gln, message.receiver.gln


def refused(delivery: Delivery) -> list[tuple[str | None, ...]]:
    """The letters that could not be read and can be named all the same."""
    return [identity(letter) for problem in delivery.problems for letter in problem.letters]


def notice_codes(message: AnyMessage) -> list[str]:
    return [notice.code for notice in message.notices]
