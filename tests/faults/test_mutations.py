"""Damaged bytes: whatever happens to a message on its way, it is decoded or refused by name."""

from __future__ import annotations

import base64
import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.medcom.files import FIXTURES, file_name, identity, read_or_nothing, refused
from tests.medcom.wrappings import ENCODED
from visitator.domain.messages import AnyMessage
from visitator.medcom.errors import MessageError, Reason, RefuseCode
from visitator.medcom.reader import read

NIGHTLY = os.environ.get("VISITATOR_NIGHTLY") == "1"
TOTAL = 20_000 if NIGHTLY else 740
PER_FILE = -(-TOTAL // len(FIXTURES))
_TAG = re.compile(rb"</?[\w:.-]+|[\w:.-]+>")
_NAME = re.compile(rb"<([\w:.-]+)")
_TEXT = re.compile(rb"(?<=>)[^<>\s][^<>]*(?=</)")
_LEAF = re.compile(rb"<([\w:.-]+)(?: [^<>]*)?>[^<>]*</\1>")
_PAYLOAD = re.compile(rb"<Data>([^<]+)</Data>")
_HOSTILE = (
    *(b"<", b">", b"&", b"&#", b"&#0;", b"]]>", b"<![CDATA[", b"<!--", b"<?", b"<!DOCTYPE x>"),
    *(b"<Emessage>", b"</Emessage>", b"<ClinicalEmail>", b"<Break/>", b'"', b"'", b"=", b"\r\n"),
    *(b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xc3", b"\x80", "\u202e".encode()),
    *(b"2030-02-30", b"25:61", b"9" * 400),
)


def _place(data: bytes, source: random.Random) -> int:
    return source.randint(0, len(data))


def _flip(data: bytes, source: random.Random) -> bytes:
    if not data:
        return data
    at = source.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << source.randrange(8))]) + data[at + 1 :]


def _insert(data: bytes, source: random.Random) -> bytes:
    at = _place(data, source)
    return data[:at] + source.choice((*_HOSTILE, source.randbytes(3))) + data[at:]


def _delete(data: bytes, source: random.Random) -> bytes:
    at = _place(data, source)
    return data[:at] + data[at + source.choice((1, 1, 2, 30, 400)) :]


def _repeat(data: bytes, source: random.Random) -> bytes:
    first, last = sorted((_place(data, source), _place(data, source)))
    at = _place(data, source)
    return data[:at] + data[first:last] + data[at:]


def _swap_tags(data: bytes, source: random.Random) -> bytes:
    tags = list(_TAG.finditer(data))
    if len(tags) < 2:
        return data
    one, other = sorted(source.sample(tags, 2), key=lambda tag: tag.start())
    return (
        data[: one.start()]
        + other.group()
        + data[one.end() : other.start()]
        + one.group()
        + data[other.end() :]
    )


def _truncate(data: bytes, source: random.Random) -> bytes:
    return data[: _place(data, source)] or b" "


def _replace_digit(data: bytes, source: random.Random) -> bytes:
    """A digit becomes another: dates, sizes and versions that are well-formed and wrong."""
    digits = [match.start() for match in re.finditer(rb"[0-9]", data)]
    at = source.choice(digits) if digits else 0
    return data[:at] + b"%d" % source.randrange(10) + data[at + 1 :]


def _rename(data: bytes, source: random.Random) -> bytes:
    """An element gets another element's name everywhere: well-formed, and in the wrong place."""
    names = sorted(set(_NAME.findall(data)))
    if len(names) < 2:
        return data
    one, other = source.sample(names, 2)
    return re.sub(rb"(</?)%s(?=[\s/>])" % re.escape(one), rb"\g<1>" + other, data)


def _swap_texts(data: bytes, source: random.Random) -> bytes:
    """Two texts change places: a name where a date should be, a code in a free text."""
    texts = list(_TEXT.finditer(data))
    if len(texts) < 2:
        return data
    one, other = sorted(source.sample(texts, 2), key=lambda text: text.start())
    between = data[one.end() : other.start()]
    return data[: one.start()] + other.group() + between + one.group() + data[other.end() :]


def _move_leaf(data: bytes, source: random.Random) -> bytes:
    """An element is taken from its place and put somewhere else, or is there twice."""
    leaves = list(_LEAF.finditer(data))
    if not leaves:
        return data
    leaf, after = source.choice(leaves), source.choice(leaves)
    twice = data[: after.end()] + leaf.group() + data[after.end() :]
    return twice if source.random() < 0.5 else twice.replace(leaf.group(), b"", 1)


def _inside_the_payload(data: bytes, source: random.Random) -> bytes:
    """The message in a VANSEnvelope is damaged before it was put there."""
    found = _PAYLOAD.search(data)
    if not found:
        return _swap_texts(data, source)
    try:
        content = base64.b64decode(found.group(1))
    except ValueError:
        return data
    inner = source.choice(MUTATIONS)(content, source)
    return data[: found.start(1)] + base64.b64encode(inner) + data[found.end(1) :]


Mutation = Callable[[bytes, random.Random], bytes]
MUTATIONS: tuple[Mutation, ...] = (
    _flip,
    _insert,
    _delete,
    _repeat,
    _swap_tags,
    _truncate,
    _replace_digit,
    _rename,
    _swap_texts,
    _move_leaf,
    _inside_the_payload,
)


def mutated(data: bytes, seed: str) -> bytes:
    """The bytes with one to four damages, the same for the same seed."""
    source = random.Random(seed)
    for _ in range(source.choice((1, 1, 2, 4))):
        data = source.choice(MUTATIONS)(data, source) or b" "
    return data


def outcome(data: bytes) -> str:
    """``read`` or ``refused``; everything else is a failure of the test."""
    try:
        delivery = read(data)
    except MessageError as error:
        told, messages = error.problems, list[AnyMessage]()
    else:
        told, messages = delivery.problems, list(delivery.messages)
    assert told or messages
    for problem in told:
        assert isinstance(problem.reason, Reason)
        assert isinstance(problem.refuse_code, RefuseCode)
    for message in (*messages, *(letter for problem in told for letter in problem.letters)):
        stored = msgspec.json.encode(message)
        assert msgspec.json.decode(stored, type=AnyMessage) == message
    return "read" if messages else "refused"


@pytest.mark.parametrize("file", FIXTURES, ids=file_name)
def test_a_damaged_file_is_decoded_or_refused_and_nothing_else(file: Path) -> None:
    original = file.read_bytes()
    outcomes: set[str] = set()
    for number in range(PER_FILE):
        seed = f"{file.name}:{number}"
        try:
            outcomes.add(outcome(mutated(original, seed)))
        except Exception as error:
            error.add_note(f"mutated(<bytes of {file.name}>, {seed!r})")
            raise
    assert outcomes


@pytest.mark.parametrize("file", FIXTURES, ids=file_name)
def test_a_wrapping_changes_nothing_of_what_is_read_and_what_is_refused(file: Path) -> None:
    original = file.read_bytes()
    for number in range(PER_FILE // 4):
        seed = f"{file.name}:{number}"
        data = mutated(original, seed)
        delivery, wrapped = read_or_nothing(data), read_or_nothing(ENCODED["vans"](data))
        told = [(problem.reason, problem.detail) for problem in delivery.problems]
        assert [(problem.reason, problem.detail) for problem in wrapped.problems] == told, seed
        assert refused(wrapped) == refused(delivery), seed
        letters = [identity(message) for message in delivery.messages]
        assert [identity(message) for message in wrapped.messages] == letters, seed


def test_damage_is_neither_always_harmless_nor_always_fatal() -> None:
    data = FIXTURES[0].read_bytes()
    outcomes = [outcome(mutated(data, f"share:{number}")) for number in range(200)]
    assert 20 < outcomes.count("read") < 180


def test_there_are_as_many_as_were_asked_for() -> None:
    assert PER_FILE * len(FIXTURES) >= (20_000 if NIGHTLY else 500)


def test_the_same_seed_gives_the_same_damage() -> None:
    data = FIXTURES[0].read_bytes()
    assert mutated(data, "a:1") == mutated(data, "a:1")
    assert len({mutated(data, f"a:{number}") for number in range(50)}) > 40
