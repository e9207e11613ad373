"""What must be done to a message before it fits the schema: lengths, characters, number of parts.

Names and texts are shortened on a word boundary and said so; identifiers are never shortened,
a wrong one would point at somebody else's letter (standard §3, §8).
"""

import re
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from visitator.domain.citizen import Citizen, compact_number
from visitator.domain.labels import label_of
from visitator.domain.messages import (
    Correspondence,
    Receipt,
    ReceiptLetter,
    ReceiptOutcome,
    Reference,
)
from visitator.domain.notice import Notice
from visitator.domain.party import Organisation
from visitator.domain.text import RichText
from visitator.medcom.errors import RefuseCode, WriteError, WriteReason
from visitator.medcom.formatted import clean, writable_spans

TEXT_PARTS = 10
REFERENCES = 10
RECEIPTED_LETTERS = 99
TEXT_PART_LENGTH = 3150
"""Where a certified municipal product splits (standard §3); ten parts is the schema's limit."""
LEGACY_TEXT_LENGTH = 31150
"""Older receivers refuse more characters than this in one letter (standard §3)."""
IDENTIFIER_LENGTH = 14

_IDENTIFIER_CODES = frozenset(
    {"sygehusafdelingsnummer", "ydernummer", "lokationsnummer", "kommunenummer", "amt", "sorkode"}
)
_STAY_STATUSES = frozenset({"inaktiv", "indlagt", "ambulant", "doed", "ambulant_roentgen"})
_PRIORITIES = frozenset({"rutine", "høj_prioritet"})
_EXTENSIONS = frozenset(
    {
        "pcx",
        "tiff",
        "jpeg",
        "gif",
        "bmp",
        "png",
        "mpg",
        "dcm",
        "scp",
        "txt",
        "rtf",
        "doc",
        "xls",
        "wpd",
        "exe",
        "pdf",
        "wav",
        "avi",
        "mid",
        "rmi",
        "com",
        "zip",
        "bin",
        "inh",
    }
)
"""ObjectExtensionCode (standard §3)."""
_OBJECT_CODES = frozenset(
    {
        "tekstfil",
        "billede",
        "program",
        "vektor_grafik",
        "biosignaler",
        "multimedie",
        "proprietaert_indhold",
    }
)

_ADDRESS = {"street": 35, "suburb": 35, "district": 35, "post_code": 9}
_RECEIVER = _ADDRESS | {"organisation": 35, "department": 35, "unit": 35}
_SENDER = _RECEIVER | {"telephone": 25}
_CITIZEN = _ADDRESS | {"surname": 70, "given_name": 70, "occupation": 35}

_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\x7e\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_TYPOGRAPHIC = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-"}
)
_Word = TypeVar("_Word", str, None)


class Fitting:
    """Fits one message, and collects the remarks about what was changed."""

    def __init__(self) -> None:
        self._notices: dict[Notice, None] = {}

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What was changed, each remark once."""
        return tuple(self._notices)

    def correspondence(self, message: Correspondence) -> Correspondence:
        """The message as XDIS91 XD9134L can carry it.

        Raises:
            WriteError: something the schema demands is missing.
        """
        if message.authorised_at is None or message.sent_at is None:
            raise WriteError(WriteReason.TIME)
        return Correspondence(
            letter_id=_identifier(message.letter_id),
            envelope_id=_identifier(message.envelope_id),
            version_code="XD9134L",
            statistical_code="XDIS91",
            type_code="XDIS91",
            status_code="rettetbrev" if message.status_code == "rettetbrev" else "nytbrev",
            authorised_at=message.authorised_at.replace(second=0, microsecond=0),
            sent_at=message.sent_at.replace(second=0, microsecond=0),
            wants_receipt=bool(message.wants_receipt),
            episode_id=_identifier(message.episode_id, 35) if message.episode_id else None,
            sender=self._sender(message.sender),
            receiver=self._party(message.receiver, _RECEIVER),
            citizen=self._citizen(message.citizen),
            priority=self._known(message.priority, _PRIORITIES, None, "Prioritet"),
            subject=self._line(message.subject, 70, label_of(Correspondence, "subject")),
            texts=self._texts(message.texts),
            references=self._at_most(REFERENCES, self._references(message.references)),
        )

    def receipt(self, receipt: Receipt) -> Receipt:
        """The receipt as XCTL02 or XCTL03 can carry it.

        Raises:
            WriteError: it is a VANS receipt, or the original cannot be named.
        """
        if receipt.outcome is ReceiptOutcome.NEGATIVE_VANS:
            raise WriteError(WriteReason.NOT_A_RECEIPT)
        if receipt.sent_at is None:
            raise WriteError(WriteReason.TIME)
        positive = receipt.outcome is ReceiptOutcome.POSITIVE
        return Receipt(
            outcome=receipt.outcome,
            letter_id=_identifier(receipt.letter_id),
            envelope_id=_identifier(receipt.envelope_id),
            version_code="XC0330Q" if positive else "XC0230Q",
            statistical_code="XCTL03" if positive else "XCTL02",
            sent_at=receipt.sent_at.replace(second=0, microsecond=0),
            wants_receipt=False,
            sender=Organisation(gln=_location(receipt.sender.gln)),
            receiver=Organisation(gln=_location(receipt.receiver.gln)),
            original_envelope_id=_original(receipt.original_envelope_id, IDENTIFIER_LENGTH),
            original_sender_gln=_location(receipt.original_sender_gln),
            original_receiver_gln=_location(receipt.original_receiver_gln),
            refuse_code=None if positive else _refuse_code(receipt.refuse_code),
            refuse_text=None if positive else self._plain(receipt.refuse_text),
            original_letters=tuple(
                self._receipted(letter, positive) for letter in receipt.original_letters
            )[:RECEIPTED_LETTERS],
        )

    def _receipted(self, letter: ReceiptLetter, positive: bool) -> ReceiptLetter:
        return ReceiptLetter(
            letter_id=_original(letter.letter_id, IDENTIFIER_LENGTH),
            version_code=_original(letter.version_code, 7),
            refuse_code=None if positive else _refuse_code(letter.refuse_code),
            refuse_text=None if positive else self._plain(letter.refuse_text),
        )

    def _sender(self, party: Organisation) -> Organisation:
        fitted = self._party(party, _SENDER)
        if not fitted.organisation:
            raise WriteError(WriteReason.SENDER_NAME)
        speciality = clean(party.speciality)
        if not re.fullmatch(r"\w+", speciality):
            return fitted
        return msgspec.structs.replace(fitted, speciality=speciality)

    def _party(self, party: Organisation, limits: dict[str, int]) -> Organisation:
        """Who it is from or to; an unknown kind of identification gives way to the location."""
        gln = _location(party.gln)
        identifier, code = clean(party.identifier), party.identifier_code
        if not _fits(identifier, 17) or code not in _IDENTIFIER_CODES:
            if not _fits(gln, 17):
                raise WriteError(WriteReason.LOCATION_NUMBER)
            if identifier:
                self._remark(
                    "identifikation_erstattet",
                    "Afsnittets identifikation kan ikke sendes; lokationsnummeret er brugt.",
                )
            identifier, code = gln, "lokationsnummer"
        return Organisation(
            gln=gln, identifier=identifier, identifier_code=code, **self._lines(party, limits)
        )

    def _citizen(self, citizen: Citizen | None) -> Citizen:
        number = citizen.key if citizen else None
        if citizen is None or not number or len(number) != 10 or not number.isascii():
            raise WriteError(WriteReason.CITIZEN_NUMBER)
        is_cpr = number == compact_number(citizen.cpr)
        if is_cpr and not number.isdigit():
            raise WriteError(WriteReason.CITIZEN_NUMBER)
        lines = self._lines(citizen, _CITIZEN)
        if not lines["surname"]:
            raise WriteError(WriteReason.CITIZEN_NAME)
        status = self._known(citizen.stay_status, _STAY_STATUSES, "inaktiv", "Status for forløbet")
        return Citizen(
            cpr=number if is_cpr else None,
            replacement_cpr=None if is_cpr else number,
            stay_status=status,
            **lines,
        )

    def _references(self, references: Iterable[Reference]) -> Iterable[Reference]:
        for reference in references:
            description = self._line(reference.description, 70, label_of(Reference, "description"))
            kept = Reference(description=description or "Henvisning")
            object_id, url = clean(reference.object_id), clean(reference.url)
            if _fits(object_id, 35) and reference.size:
                yield msgspec.structs.replace(
                    kept,
                    object_id=object_id,
                    object_code=self._known(
                        reference.object_code, _OBJECT_CODES, "proprietaert_indhold", "Bilagstype"
                    ),
                    extension=self._known(reference.extension, _EXTENSIONS, "bin", "Filtype"),
                    size=reference.size,
                )
            elif _fits(url, 350):
                yield msgspec.structs.replace(kept, url=url)
            elif reference.sup:
                yield msgspec.structs.replace(kept, sup=True)
            else:
                self._left_out()

    def _at_most(self, limit: int, references: Iterable[Reference]) -> tuple[Reference, ...]:
        fitted = tuple(references)
        if len(fitted) > limit:
            self._left_out()
        return fitted[:limit]

    def _left_out(self) -> None:
        self._remark("henvisning_udeladt", "En henvisning kan ikke sendes og er udeladt.")

    def _lines(self, struct: msgspec.Struct, limits: dict[str, int]) -> dict[str, Any]:
        return {
            field: self._line(getattr(struct, field), limit, label_of(type(struct), field))
            for field, limit in limits.items()
        }

    def _line(self, value: str | None, limit: int, label: str) -> str | None:
        """One line of at most `limit` characters, cut between words where there is a space."""
        text = clean(self._characters(value or "").replace("\n", " "))
        if len(text) > limit:
            cut = text[: limit + 1].rfind(" ")
            text = text[: cut if cut > 0 else limit].rstrip(" ")
            self._remark("felt_afkortet", f"Feltet {label} er afkortet til {limit} tegn.")
        return text or None

    def _known(
        self, value: str | None, known: frozenset[str], otherwise: _Word, label: str
    ) -> str | _Word:
        """A word of a closed list; another one gives way and is told."""
        if value in known and value is not None:
            return value
        if value is not None:
            self._remark("felt_erstattet", f"Feltet {label} har en værdi, der ikke kan sendes.")
        return otherwise

    def _plain(self, text: RichText | None) -> RichText | None:
        """Receipt texts carry line breaks and nothing else."""
        return RichText(self._characters(text.text)) if text else None

    def _texts(self, texts: tuple[RichText, ...]) -> tuple[RichText, ...]:
        fitted = tuple(self._characters_of(text) for text in texts)
        length = sum(len(text.text) for text in fitted)
        if length > LEGACY_TEXT_LENGTH:
            self._remark(
                "tekst_lang",
                f"Teksten er {length} tegn; ældre systemer afviser mere end {LEGACY_TEXT_LENGTH}.",
            )
        if len(fitted) > TEXT_PARTS:
            fitted = (*fitted[: TEXT_PARTS - 1], _joined(fitted[TEXT_PARTS - 1 :]))
            if any(text.spans for text in texts):
                self._format_lost()
        return _split_in_parts(fitted[0]) if len(fitted) == 1 else fitted

    def _characters_of(self, text: RichText) -> RichText:
        """Replacing characters one for one keeps the formats in place."""
        fitted = self._characters(text.text)
        spans = writable_spans(text) if len(fitted) == len(text.text) else ()
        if len(spans) < len(text.spans):
            self._format_lost()
        return RichText(fitted, spans)

    def _format_lost(self) -> None:
        self._remark("format_udeladt", "Noget af tekstens formatering kan ikke sendes.")

    def _characters(self, text: str) -> str:
        """Characters XML and ISO-8859-1 receivers can show."""
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        if _NOT_XML.search(text):
            text = _NOT_XML.sub("", text)
            self._remark("tegn_fjernet", "Tegn, der ikke kan sendes, er fjernet.")
        if not text.isascii():
            plain = text.translate(_TYPOGRAPHIC)
            if plain != text:
                text = plain
                self._remark(
                    "tegn_erstattet", "Typografiske citationstegn og streger er erstattet."
                )
            if not _is_latin1(text):
                self._remark(
                    "tegn_uden_for_latin1", "Teksten har tegn, som ikke alle systemer kan vise."
                )
        return text

    def _remark(self, code: str, text: str) -> None:
        self._notices[Notice(code, text)] = None


def _is_latin1(text: str) -> bool:
    try:
        text.encode("iso-8859-1")
    except UnicodeEncodeError:
        return False
    return True


def _fits(value: str, limit: int) -> bool:
    """Whether an identifier can be written as it is: identifiers are never changed."""
    return bool(value) and len(value) <= limit and value.isprintable()


def _identifier(value: str | None, limit: int = IDENTIFIER_LENGTH) -> str:
    return _exact(value, limit, WriteReason.IDENTIFIER)


def _location(gln: str | None) -> str:
    return _exact(gln, 35, WriteReason.LOCATION_NUMBER)


def _original(value: str | None, limit: int) -> str:
    return _exact(value, limit, WriteReason.ORIGINAL)


def _exact(value: str | None, limit: int, reason: WriteReason) -> str:
    value = clean(value)
    if not _fits(value, limit):
        raise WriteError(reason)
    return value


def _refuse_code(code: str | None) -> str | None:
    known = {item.value for item in RefuseCode}
    if code is None or code in known:
        return code
    return RefuseCode.UNSPECIFIED.value


def _joined(texts: tuple[RichText, ...]) -> RichText:
    return RichText("\n".join(text.text for text in texts))


def _split_in_parts(text: RichText) -> tuple[RichText, ...]:
    """At most ten parts, near the length other systems use."""
    size = TEXT_PART_LENGTH
    while len(parts := _split(text, size)) > TEXT_PARTS:
        size += size // 4
    return parts


def _split(text: RichText, size: int) -> tuple[RichText, ...]:
    """Parts of at most `size` characters, cut at a line break, else between words.

    `Correspondence.text` puts the parts together again with the line break that was cut at.
    """
    parts: list[RichText] = []
    start = 0
    while len(text.text) - start > size:
        earliest, latest = start + size * 3 // 4, start + size
        cut = text.text.rfind("\n", earliest, latest)
        if cut < 0:
            cut = text.text.rfind(" ", earliest, latest)
        skip = 1
        if cut < 0:
            cut, skip = latest, 0
        parts.append(text.part(start, cut))
        start = cut + skip
    return (*parts, text.part(start, len(text.text)))
