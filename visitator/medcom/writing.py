"""Domain messages -> bytes a hospital accepts: XDIS91, receipts, VANSEnvelope (standard §3, §6).

ISO-8859-1 with a declaration, and line breaks in the message's own namespace. What had to be
changed to fit is told, never silent: `Written` holds the message as it reads in the bytes, and
the remarks a person must see before it goes.
"""

import base64
import datetime as dt
import re

import msgspec

from visitator.domain.citizen import Citizen
from visitator.domain.messages import (
    Correspondence,
    Message,
    Receipt,
    ReceiptLetter,
    ReceiptOutcome,
    Reference,
    Transport,
)
from visitator.domain.notice import Notice
from visitator.domain.party import Organisation
from visitator.domain.text import RichText
from visitator.medcom.element import Element, emessage, write_citizen, write_party
from visitator.medcom.errors import Problem, WriteError, WriteReason
from visitator.medcom.fitting import Fitting

CORRESPONDENCE_NAMESPACE = "http://rep.oio.dk/sundcom.dk/medcom.dk/xml/schemas/2006/07/01/"
RECEIPT_NAMESPACE = "http://rep.oio.dk/sundcom.dk/medcom.dk/xml/schemas/2005/08/07/"
VANS_NAMESPACE = "urn:oio:medcom:vans-envelope:1.0.4"

_UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_VANS_NUMBER = re.compile(r"[0-9A-Z]{1,18}")
_ZONED_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_DOCUMENT_WORD = re.compile(r"[A-Za-z0-9._-]{1,255}")
_RELIABILITY = re.compile(r"reliable|unreliable")


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes ready to send, the message as it reads in them, and what was changed to fit."""

    data: bytes
    message: Message
    notices: tuple[Notice, ...] = ()


def write_correspondence(message: Correspondence) -> Written:
    """A correspondence as XDIS91 XD9134L in an Emessage.

    Raises:
        WriteError: something the schema demands is missing and nobody may make up.
    """
    fitting = Fitting()
    fitted = fitting.correspondence(message)
    root = emessage(CORRESPONDENCE_NAMESPACE, fitted)
    email = root.add("ClinicalEmail")
    letter = email.add("Letter")
    letter.leaf("Identifier", fitted.letter_id)
    letter.leaf("VersionCode", fitted.version_code)
    letter.leaf("StatisticalCode", fitted.statistical_code)
    letter.add("Authorisation").date_time(fitted.authorised_at)
    letter.leaf("TypeCode", fitted.type_code)
    letter.leaf("StatusCode", fitted.status_code)
    letter.leaf("EpisodeOfCareIdentifier", fitted.episode_id)
    write_party(email.add("Sender"), fitted.sender)
    write_party(email.add("Receiver"), fitted.receiver)
    write_citizen(email.add("Patient"), fitted.citizen or Citizen())
    if fitted.priority or fitted.subject:
        information = email.add("AdditionalInformation")
        information.leaf("Priority", fitted.priority)
        information.leaf("Subject", fitted.subject)
    for text in fitted.texts:
        email.add("ClinicalInformation").rich("Text01", text)
    for reference in fitted.references:
        _write_reference(email.add("Reference"), reference)
    return Written(data=root.bytes(), message=fitted, notices=fitting.notices)


def write_receipt(receipt: Receipt) -> Written:
    """A receipt as XCTL03 (positive) or XCTL02 (negative).

    Raises:
        WriteError: the original cannot be named, or it is a receipt only VANS may send.
    """
    fitting = Fitting()
    fitted = fitting.receipt(receipt)
    positive = fitted.outcome is ReceiptOutcome.POSITIVE
    root = emessage(RECEIPT_NAMESPACE, fitted)
    body = root.add("PositiveReceipt" if positive else "NegativeReceipt")
    letter = body.add("Letter")
    letter.leaf("Identifier", fitted.letter_id)
    letter.leaf("VersionCode", fitted.version_code)
    letter.leaf("StatisticalCode", fitted.statistical_code)
    body.add("Sender").leaf("EANIdentifier", fitted.sender.gln)
    body.add("Receiver").leaf("EANIdentifier", fitted.receiver.gln)
    original = body.add("OriginalEmessage")
    original.leaf("OriginalEnvelopeIdentifier", fitted.original_envelope_id)
    original.add("OriginalSender").leaf("EANIdentifier", fitted.original_sender_gln)
    original.add("OriginalReceiver").leaf("EANIdentifier", fitted.original_receiver_gln)
    original.leaf("RefuseCode", fitted.refuse_code)
    original.rich("RefuseText", fitted.refuse_text)
    for item in fitted.original_letters:
        element = original.add("OriginalLetter")
        element.leaf("OriginalLetterIdentifier", item.letter_id)
        element.leaf("OriginalVersionCode", item.version_code)
        element.leaf("RefuseCode", item.refuse_code)
        element.rich("RefuseText", item.refuse_text)
    return Written(data=root.bytes(), message=fitted, notices=fitting.notices)


def receipt_for(
    message: Message,
    problem: Problem | None = None,
    *,
    letter_id: str,
    envelope_id: str,
    sent_at: dt.datetime,
) -> Receipt:
    """The receipt a letter is to have: positive, or negative with the cause in `problem`.

    It goes back the way the letter came: we answer as the original receiver (standard §6.2).
    Whether one is to be sent at all is the caller's decision.

    Args:
        message: the letter as read; for a refused one, of `Problem.letters`.
        problem: why it is refused, or None when it was received.
        letter_id: a new identifier for the receipt's own letter.
        envelope_id: a new identifier for its envelope.
        sent_at: now, in Danish civil time without zone.
    """
    original = ReceiptLetter(
        letter_id=message.letter_id,
        version_code=message.version_code,
        refuse_code=problem.refuse_code.value if problem else None,
        refuse_text=RichText(problem.reason.text) if problem else None,
    )
    return Receipt(
        outcome=ReceiptOutcome.NEGATIVE if problem else ReceiptOutcome.POSITIVE,
        letter_id=letter_id,
        envelope_id=envelope_id,
        sent_at=sent_at,
        sender=Organisation(gln=message.receiver.gln),
        receiver=Organisation(gln=message.sender.gln),
        original_envelope_id=message.envelope_id,
        original_sender_gln=message.sender.gln,
        original_receiver_gln=message.receiver.gln,
        original_letters=(original,),
    )


def write_vans_envelope(payload: bytes, transport: Transport) -> bytes:
    """`payload` in a VANSEnvelope 1.0.4, addressed by location numbers (standard §6.1).

    Args:
        payload: the bytes of an Emessage.
        transport: sender, receiver, envelope and message identifiers (UUIDs, made once and
            kept), time with zone, document name and version. Size and format are set here.

    Raises:
        WriteError: one of these is missing, or is not what the schema takes.
    """
    _require_vans(transport)
    root = Element.root(VANS_NAMESPACE, "VANSEnvelope")
    root.leaf("SenderID", transport.sender_id, WriteReason.LOCATION_NUMBER, EndPointType="EAN")
    root.leaf("ReceiverID", transport.receiver_id, WriteReason.LOCATION_NUMBER, EndPointType="EAN")
    root.leaf("EnvelopeIdentifier", transport.envelope_id, WriteReason.IDENTIFIER)
    root.leaf("SentDateTime", transport.sent, WriteReason.TIME)
    message = root.add("Message")
    meta = message.add("MetaInformation")
    meta.leaf("Identifier", transport.message_id, WriteReason.IDENTIFIER)
    document = meta.add("Document")
    document.leaf("Format", "XML")
    document.leaf("Name", transport.name, WriteReason.IDENTIFIER)
    document.leaf("Version", transport.version)
    document.leaf("SizeInBytes", str(len(payload)))
    if transport.reliability:
        delivery = meta.add("Transport")
        delivery.leaf("Type", transport.reliability)
        delivery.leaf("TransformMessage", "false")
    message.leaf("Data", base64.b64encode(payload).decode("ascii"))
    return root.bytes()


def _require_vans(transport: Transport) -> None:
    for number in (transport.sender_id, transport.receiver_id):
        _require(number, _VANS_NUMBER, WriteReason.LOCATION_NUMBER)
    for identifier in (transport.envelope_id, transport.message_id):
        _require(identifier, _UUID, WriteReason.IDENTIFIER)
    _require(transport.sent, _ZONED_TIME, WriteReason.TIME)
    for word in (transport.name, transport.version or "-"):
        _require(word, _DOCUMENT_WORD, WriteReason.IDENTIFIER)
    _require(transport.reliability or "reliable", _RELIABILITY, WriteReason.IDENTIFIER)


def _require(value: str | None, pattern: re.Pattern[str], reason: WriteReason) -> None:
    if not pattern.fullmatch(value or ""):
        raise WriteError(reason)


def _write_reference(element: Element, reference: Reference) -> None:
    element.leaf("RefDescription", reference.description)
    if reference.object_id:
        item = element.add("BIN")
        item.leaf("ObjectIdentifier", reference.object_id)
        item.leaf("ObjectCode", reference.object_code)
        item.leaf("ObjectExtensionCode", reference.extension)
        item.leaf("OriginalObjectSize", str(reference.size))
    elif reference.url:
        element.leaf("URL", reference.url)
    else:
        element.leaf("SUP", "true")
