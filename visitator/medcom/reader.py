"""Bytes from a hospital -> domain messages.

Unwraps SBDH, VANSEnvelope and Emessage, or any of them bare (standard §6.1), reads every letter in
the envelope, and keeps the good ones when one of several is broken.
"""

import re
from collections.abc import Iterator
from typing import Any, cast

import msgspec
from lxml import etree

from visitator.domain.citizen import citizen_notices
from visitator.domain.labels import labels
from visitator.domain.messages import (
    AnyMessage,
    Attachment,
    Correspondence,
    Message,
    Receipt,
    ReceiptOutcome,
    Transport,
    UnknownMessage,
)
from visitator.domain.notice import Notice, RawField
from visitator.domain.party import location_number_notices
from visitator.medcom import decoding
from visitator.medcom.errors import MessageError, Problem, Reason
from visitator.medcom.formatted import local_name
from visitator.medcom.letters import LETTERS, UNKNOWN
from visitator.medcom.rehabilitation import from_correspondence
from visitator.medcom.salvage import cut_letters
from visitator.medcom.shape import (
    Reading,
    Shape,
    Values,
    build,
    decode_base64,
    flag,
    inside,
    instant,
    number,
    rich,
    text,
)

_SBDH_PAYLOADS = frozenset({"Emessage", "VANSEnvelope", "BinaryContent"})
_MAX_WRAPPERS = 4
_MAX_LETTERS = 1000
"""Every letter carries what its wrappers said; a receipt names at most 99 (standard §6.2)."""
_ENVELOPE = Shape(
    {
        "Sent": instant("sent_at"),
        "Identifier": text("envelope_id"),
        "AcknowledgementCode": flag(
            "wants_receipt", true="pluspositivkvitt", false="minuspositivkvitt"
        ),
    }
)
_META = Shape(
    {
        "Identifier": text("message_id"),
        "Document": inside(
            Shape(
                {
                    "Format": text("format"),
                    "Name": text("name"),
                    "Version": text("version"),
                    "SizeInBytes": number("size"),
                }
            )
        ),
        "Transport": inside(Shape({"Type": text("reliability")})),
    }
)
_VANS = {
    "SenderID": text("sender_id"),
    "ReceiverID": text("receiver_id"),
    "EnvelopeIdentifier": text("envelope_id"),
    "SentDateTime": text("sent"),
}
_VANS_RECEIPT = Shape(
    {
        "Error": inside(Shape({"Code": text("refuse_code"), "Description": rich("refuse_text")})),
        "OriginalEnvelopeIdentifier": text("original_envelope_id"),
        "OriginalMessage": inside(Shape({"Identifier": text("original_message_id")})),
    }
)
_VANS_RECEIPTS = {
    "PositiveMessage": ReceiptOutcome.POSITIVE,
    "NegativeMessage": ReceiptOutcome.NEGATIVE,
    "NegativeVans": ReceiptOutcome.NEGATIVE_VANS,
}


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """What one file held: the messages that could be read, in order, and what could not."""

    messages: tuple[AnyMessage, ...]
    problems: tuple[Problem, ...] = ()


_NOTHING = Delivery(messages=())


class _Wrapping(msgspec.Struct, frozen=True, kw_only=True):
    """What the wrappers around an Emessage said; every letter inside carries it."""

    transport: Transport | None = None
    raw: tuple[RawField, ...] = ()
    notices: tuple[Notice, ...] = ()
    depth: int = 0

    def around(self, reading: Reading, **changes: Any) -> "_Wrapping":
        """This wrapping with what one more wrapper kept."""
        return msgspec.structs.replace(
            self,
            raw=(*self.raw, *reading.raw),
            notices=(*self.notices, *reading.notices),
            **changes,
        )


def read(data: bytes) -> Delivery:
    """Read one file or transmission as it came.

    Args:
        data: the bytes, untouched. The caller keeps them; nothing here does.

    Returns:
        Every letter that could be read, and a problem for each that could not.

    Raises:
        MessageError: nothing could be read.
    """
    delivery = _read(data, _Wrapping())
    if not delivery.messages:
        error = MessageError(delivery.problems[0].reason, delivery.problems[0].detail)
        error.problems = delivery.problems
        raise error
    return delivery


def _read(data: bytes, wrapping: _Wrapping) -> Delivery:
    try:
        root, corrections = decoding.parse(data)
    except MessageError as error:
        if error.problem.reason is not Reason.SYNTAX:
            raise
        return _salvage(data, error.problem, wrapping)
    return _read_root(
        root, msgspec.structs.replace(wrapping, notices=wrapping.notices + corrections)
    )


def _salvage(data: bytes, problem: Problem, wrapping: _Wrapping) -> Delivery:
    """The good letters of an envelope that is not well-formed somewhere.

    What is damaged is always told as a problem beside them, with the letters it names.
    """
    payload, encoding, corrections = decoding.normalise(data)
    wrapping = msgspec.structs.replace(wrapping, notices=wrapping.notices + corrections)
    good: list[Delivery] = []
    damaged: list[Message] = []
    for cut in cut_letters(payload, encoding):
        if whole := _try(cut.whole, wrapping):
            good.append(whole)
            continue
        letter, rest = _try(cut.letter, wrapping), _try(cut.rest, wrapping)
        good.extend(each for each in (letter, rest) if each)
        if letter is None and (header := _try(cut.header, wrapping)):
            damaged.extend(header.messages)
            damaged.extend(each for other in header.problems for each in other.letters)
    told = msgspec.structs.replace(problem, letters=tuple(damaged))
    return Delivery(
        messages=tuple(message for each in good for message in each.messages),
        problems=(told, *(problem for each in good for problem in each.problems)),
    )


def _try(document: bytes, wrapping: _Wrapping) -> Delivery | None:
    try:
        return _read_root(decoding.parse(document)[0], wrapping)
    except MessageError:
        return None


def _read_root(root: etree._Element, wrapping: _Wrapping) -> Delivery:
    match local_name(root):
        case "Emessage":
            return _read_emessage(root, wrapping)
        case "VANSEnvelope":
            return _read_vans(root, wrapping)
        case "StandardBusinessDocument":
            return _read_sbdh(root, wrapping)
        case _:
            return Delivery(messages=(_unknown(root, {}, wrapping),))


def _read_emessage(root: etree._Element, wrapping: _Wrapping) -> Delivery:
    envelope: Values = {}
    reading = Reading(root)
    reading.keep_attributes(root, below=False)
    reading.keep_stray(root, root.text)
    letters: list[etree._Element] = []
    for child in root:
        if local_name(child) == "Envelope":
            _ENVELOPE.read(child, envelope, reading)
            reading.keep_attributes(child)
        elif local_name(child) == "Local_Elements":
            reading.keep(child)
        else:
            letters.append(child)
        reading.keep_stray(root, child.tail)
    if not letters:
        raise MessageError(Reason.NO_LETTER)
    if len(letters) > _MAX_LETTERS:
        raise MessageError(Reason.TOO_LARGE)
    wrapping = wrapping.around(reading)
    messages: list[AnyMessage] = []
    problems: list[Problem] = []
    for letter in letters:
        try:
            messages.append(_read_letter(letter, envelope, wrapping))
        except MessageError as error:
            problems.extend(error.problems)
    return Delivery(messages=tuple(messages), problems=tuple(problems))


def _read_letter(element: etree._Element, envelope: Values, wrapping: _Wrapping) -> AnyMessage:
    """One letter.

    Raises:
        MessageError: its version is not supported, or an attachment is damaged.
    """
    kind = LETTERS.get(local_name(element))
    if kind is None:
        return _unknown(element, envelope, wrapping)
    reading = Reading(element)
    values = dict(envelope)
    try:
        kind.shape.read(element, values, reading)
        version = values.get("version_code")
        if version is not None and version not in kind.versions:
            raise MessageError(Reason.VERSION, _safe_code(version))
    except MessageError as error:
        raw = _unknown(element, envelope, wrapping)
        raise MessageError(error.problem.reason, error.problem.detail, raw) from None
    values |= _around(element, reading, wrapping)
    values.update(kind.given)
    message = cast(AnyMessage, build(kind.message, values))
    if isinstance(message, Correspondence):
        message = from_correspondence(message) or message
    return _with_checks(message)


def _safe_code(version: str) -> str:
    """A version code for an error text; what does not look like one is not repeated."""
    return version if re.fullmatch(r"[A-Z0-9]{1,8}", version) else ""


def _unknown(element: etree._Element, envelope: Values, wrapping: _Wrapping) -> UnknownMessage:
    reading = Reading(element)
    values = dict(envelope)
    UNKNOWN.read(element, values, reading)
    name = etree.QName(element)
    reading.remark("ukendt_type", "Meddelelsestypen er ukendt; alt dens indhold er vist råt.")
    values |= {"root": name.localname, "namespace": name.namespace}
    return build(UnknownMessage, values | _around(element, reading, wrapping))


def _around(element: etree._Element, reading: Reading, wrapping: _Wrapping) -> Values:
    """The fields every message gets from its reading and its wrappers."""
    reading.keep_attributes(element)
    return {
        "transport": wrapping.transport,
        "extra": (*wrapping.raw, *reading.raw),
        "notices": (*wrapping.notices, *reading.notices),
    }


def _with_checks(message: AnyMessage) -> AnyMessage:
    """Add the remarks the domain has about numbers and sizes."""
    notices = [
        *message.notices,
        *location_number_notices(message.sender, "Afsenderens"),
        *location_number_notices(message.receiver, "Modtagerens"),
        *_identity_notices(message),
        *_attachment_notices(message),
    ]
    if len(notices) == len(message.notices):
        return message
    return msgspec.structs.replace(message, notices=tuple(notices))


def _identity_notices(message: Message) -> Iterator[Notice]:
    if not isinstance(message, Receipt) and not (
        isinstance(message, Attachment) and message.system_information
    ):
        yield from citizen_notices(message.citizen)
    if not message.letter_id:
        yield Notice("brevnummer_mangler", "Brevet har intet brevnummer og kan ikke kvitteres.")
    elif len(message.letter_id) > 14:
        yield Notice("brevnummer_langt", "Brevnummeret er længere end 14 tegn.")
    if not message.version_code:
        yield Notice("version_mangler", "Brevet angiver ingen version.")


def _attachment_notices(message: Message) -> Iterator[Notice]:
    if isinstance(message, Attachment):
        for place, item in enumerate(message.objects, start=1):
            size = len(item.content)
            if item.size is not None and item.size != size:
                text = f"Fil {place} fylder {size} bytes, men er angivet til {item.size}."
                yield Notice("bilag_stoerrelse", text)


def _read_vans(root: etree._Element, wrapping: _Wrapping) -> Delivery:
    values: Values = {}
    reading = Reading(root)
    payloads: list[etree._Element] = []
    receipts: list[etree._Element] = []

    def take_data(element: etree._Element, _values: Values, inner: Reading) -> None:
        if payloads or len(element):
            inner.keep(element)
        else:
            payloads.append(element)

    def take_receipt(element: etree._Element, _values: Values, inner: Reading) -> None:
        receipts.extend(element)
        for stray in (element.text, *(child.tail for child in element)):
            inner.keep_stray(element, stray)

    message = inside(Shape({"MetaInformation": inside(_META), "Data": take_data}))
    Shape(_VANS | {"Message": message, "Receipt": take_receipt}).read(root, values, reading)
    reading.keep_attributes(root)
    if wrapping.transport:
        reading.raw.extend(_outer_fields(wrapping.transport))
    transport = build(Transport, values)
    wrapping = wrapping.around(reading, transport=transport)
    if not payloads and not receipts:
        raise MessageError(Reason.NO_LETTER)
    told = tuple(_vans_receipt(item, wrapping) for item in receipts)
    try:
        inner = _read_payload(payloads[0], transport, wrapping) if payloads else _NOTHING
    except MessageError as error:
        if not told:
            raise
        inner = Delivery(messages=(), problems=error.problems)
    return Delivery(messages=told + inner.messages, problems=inner.problems)


def _outer_fields(transport: Transport) -> Iterator[RawField]:
    """What an envelope around this envelope said."""
    for field, label in labels(Transport).items():
        if (value := getattr(transport, field)) is not None:
            yield RawField(path=f"VANSEnvelope/{field}", label=label, value=str(value))


def _read_payload(element: etree._Element, transport: Transport, wrapping: _Wrapping) -> Delivery:
    data = decode_base64(element.text)
    if transport.size is not None and transport.size != len(data):
        text = f"Indholdet fylder {len(data)} bytes, men kuverten angiver {transport.size}."
        notice = Notice("kuvert_stoerrelse", text)
        wrapping = msgspec.structs.replace(wrapping, notices=(*wrapping.notices, notice))
    if transport.format not in (None, "XML"):
        return Delivery(messages=(_not_xml(data, transport, wrapping),))
    return _inner(data, wrapping)


def _not_xml(data: bytes, transport: Transport, wrapping: _Wrapping) -> UnknownMessage:
    """EDIFACT and other formats use the same envelope; they are kept and shown as they are."""
    shown = RawField(path="Data", label="Indhold", value=data.decode("iso-8859-1"))
    notice = Notice("ukendt_type", "Meddelelsen er ikke XML; dens indhold er vist råt.")
    return UnknownMessage(
        root=transport.name or transport.format or "Data",
        transport=transport,
        extra=(*wrapping.raw, shown),
        notices=(*wrapping.notices, notice),
    )


def _inner(data: bytes, wrapping: _Wrapping) -> Delivery:
    if wrapping.depth >= _MAX_WRAPPERS:
        raise MessageError(Reason.TOO_DEEP)
    return _read(data, msgspec.structs.replace(wrapping, depth=wrapping.depth + 1))


def _vans_receipt(element: etree._Element, wrapping: _Wrapping) -> AnyMessage:
    outcome = _VANS_RECEIPTS.get(local_name(element))
    if outcome is None:
        return _unknown(element, {}, wrapping)
    reading = Reading(element)
    values: Values = {"outcome": outcome}
    _VANS_RECEIPT.read(element, values, reading)
    return build(Receipt, values | _around(element, reading, wrapping))


def _read_sbdh(root: etree._Element, wrapping: _Wrapping) -> Delivery:
    """The eDelivery header is kept raw; the payload carries the real data (standard §6.3)."""
    reading = Reading(root)
    reading.keep_attributes(root, below=False)
    reading.keep_stray(root, root.text)
    named = [child for child in root if local_name(child) in _SBDH_PAYLOADS]
    others = [child for child in root if local_name(child) != "StandardBusinessDocumentHeader"]
    payload = next(iter(named or others), None)
    for child in root:
        if child is not payload:
            reading.keep(child)
            reading.keep_attributes(child)
        reading.keep_stray(root, child.tail)
    if payload is None:
        raise MessageError(Reason.NO_LETTER)
    if local_name(payload) == "BinaryContent":
        reading.keep_attributes(payload)
        return _inner(decode_base64(payload.text), wrapping.around(reading))
    return _read_root(payload, wrapping.around(reading))
