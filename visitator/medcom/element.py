"""The XML elements of a letter being written, in the namespace of its message."""

import datetime as dt

from lxml import etree

from visitator.domain.citizen import Citizen
from visitator.domain.messages import Message
from visitator.domain.party import Organisation
from visitator.domain.text import RichText
from visitator.medcom.errors import WriteError, WriteReason
from visitator.medcom.formatted import write_rich

_ENCODING = "ISO-8859-1"


class Element:
    """An element being written; its children get its namespace."""

    def __init__(self, element: etree._Element) -> None:
        self._element = element
        self._namespace = f"{{{etree.QName(element).namespace}}}"

    @classmethod
    def root(cls, namespace: str, name: str) -> "Element":
        """A document's root element, in its namespace without a prefix."""
        return cls(etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace}))

    def add(self, name: str) -> "Element":
        """A new last child."""
        return Element(etree.SubElement(self._element, self._namespace + name))

    def leaf(
        self, name: str, text: str | None, required: WriteReason | None = None, **attributes: str
    ) -> None:
        """A child with text; no child when there is none, or an error when there must be."""
        if text:
            child = etree.SubElement(self._element, self._namespace + name, attributes)
            child.text = text
        elif required:
            raise WriteError(required)

    def rich(self, name: str, text: RichText | None) -> None:
        """A child with formatted text; no child when there is no text."""
        if text is not None:
            write_rich(etree.SubElement(self._element, self._namespace + name), text)

    def date_time(self, at: dt.datetime | None) -> None:
        """The children ``Date`` and ``Time`` of a moment in Danish civil time.

        Raises:
            WriteError: there is no time.
        """
        if at is None:
            raise WriteError(WriteReason.TIME)
        self.leaf("Date", at.date().isoformat())
        self.leaf("Time", at.strftime("%H:%M"))

    def bytes(self) -> bytes:
        """The document in ISO-8859-1 with a declaration; other characters as references (§8.4)."""
        data = etree.tostring(self._element, encoding=_ENCODING, xml_declaration=True)
        if data.isascii() or not _reads_as_utf8(data):
            return data
        # "Â" before a no-break space is UTF-8 to a reader that tries it first, as ours does.
        ascii_only = etree.tostring(self._element, encoding="US-ASCII", xml_declaration=False)
        return b"<?xml version='1.0' encoding='" + _ENCODING.encode() + b"'?>\n" + ascii_only


def _reads_as_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def emessage(namespace: str, message: Message) -> Element:
    """An Emessage with its envelope, as the message states it (standard §1.1)."""
    root = Element.root(namespace, "Emessage")
    envelope = root.add("Envelope")
    envelope.add("Sent").date_time(message.sent_at)
    envelope.leaf("Identifier", message.envelope_id)
    wanted = "pluspositivkvitt" if message.wants_receipt else "minuspositivkvitt"
    envelope.leaf("AcknowledgementCode", wanted)
    return root


def write_party(element: Element, party: Organisation) -> None:
    """The children of a Sender or Receiver."""
    element.leaf("EANIdentifier", party.gln)
    element.leaf("Identifier", party.identifier)
    element.leaf("IdentifierCode", party.identifier_code)
    element.leaf("OrganisationName", party.organisation)
    element.leaf("DepartmentName", party.department)
    element.leaf("UnitName", party.unit)
    _write_address(element, party)
    element.leaf("TelephoneSubscriberIdentifier", party.telephone)
    element.leaf("MedicalSpecialityCode", party.speciality)


def _write_address(element: Element, party: Organisation | Citizen) -> None:
    element.leaf("StreetName", party.street)
    element.leaf("SuburbName", party.suburb)
    element.leaf("DistrictName", party.district)
    element.leaf("PostCodeIdentifier", party.post_code)


def write_citizen(element: Element, citizen: Citizen) -> None:
    """The children of a Patient."""
    element.leaf("CivilRegistrationNumber", citizen.cpr)
    element.leaf("AlternativeIdentifier", citizen.replacement_cpr)
    element.leaf("PersonSurnameName", citizen.surname)
    element.leaf("PersonGivenName", citizen.given_name)
    _write_address(element, citizen)
    element.leaf("OccupancyText", citizen.occupation)
    element.leaf("EpisodeOfCareStatusCode", citizen.stay_status)
