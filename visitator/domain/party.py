"""Who sends, receives, signs and can be called: organisations, persons, relatives."""

import functools
from typing import Annotated

import msgspec

from visitator.domain.labels import label
from visitator.domain.notice import Notice


class Telephone(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A number and what kind it is said to be (mobil, fastnet, arbejde, privat)."""

    number: Annotated[str | None, label("Telefon")] = None
    kind: Annotated[str | None, label("Telefontype")] = None


class Addressed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The address lines MedCom gives persons and organisations alike."""

    street: Annotated[str | None, label("Adresse")] = None
    suburb: Annotated[str | None, label("Stednavn")] = None
    district: Annotated[str | None, label("By")] = None
    post_code: Annotated[str | None, label("Postnummer")] = None

    @property
    def address(self) -> str:
        """The address on one line, or an empty string."""
        town = " ".join(part for part in (self.post_code, self.district) if part)
        return ", ".join(part for part in (self.street, self.suburb, town) if part)


class Person(Addressed, frozen=True, kw_only=True, omit_defaults=True):
    """A named person: signer (underskriver), co-writer, team member, care-of address."""

    identifier: Annotated[str | None, label("Identifikation")] = None
    identifier_code: Annotated[str | None, label("Identifikationstype")] = None
    given_name: Annotated[str | None, label("Fornavn")] = None
    surname: Annotated[str | None, label("Efternavn")] = None
    title: Annotated[str | None, label("Titel")] = None
    telephone: Annotated[str | None, label("Telefon")] = None
    department: Annotated[str | None, label("Afdeling")] = None

    @property
    def name(self) -> str:
        """Given name and surname as written."""
        return full_name(self.given_name, self.surname)


class ContactInformation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whom to call (kontaktoplysninger), when."""

    names: Annotated[tuple[str, ...], label("Kontaktperson")] = ()
    telephone: Annotated[str | None, label("Telefon")] = None
    telefax: Annotated[str | None, label("Telefax")] = None
    email: Annotated[str | None, label("E-mail")] = None
    hours: Annotated[str | None, label("Træffetid")] = None


class Organisation(Addressed, frozen=True, kw_only=True, omit_defaults=True):
    """A sender or receiver: hospital ward, municipality, practice.

    ``gln`` is the location number (lokationsnummer, EAN), kept as written: real test data holds
    numbers that are too short or fail the check digit (standard §8.1), so it is never refused.
    """

    gln: Annotated[str | None, label("Lokationsnummer")] = None
    identifier: Annotated[str | None, label("Identifikation")] = None
    identifier_code: Annotated[str | None, label("Identifikationstype")] = None
    organisation: Annotated[str | None, label("Organisation")] = None
    department: Annotated[str | None, label("Afdeling")] = None
    unit: Annotated[str | None, label("Afsnit")] = None
    telephone: Annotated[str | None, label("Telefon")] = None
    speciality: Annotated[str | None, label("Speciale")] = None
    signers: Annotated[tuple[Person, ...], label("Underskriver")] = ()
    co_writers: Annotated[tuple[Person, ...], label("Medunderskriver")] = ()
    contacts: Annotated[tuple[ContactInformation, ...], label("Kontakt")] = ()
    answer_to_gln: Annotated[str | None, label("Svar sendes til lokationsnummer")] = None

    @property
    def name(self) -> str:
        """Organisation, department and unit on one line, or an empty string."""
        return ", ".join(filter(None, (self.organisation, self.department, self.unit)))


class Practitioner(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The citizen's own doctor (egen læge, praktiserende læge)."""

    identifier: Annotated[str | None, label("Ydernummer")] = None
    identifier_code: Annotated[str | None, label("Identifikationstype")] = None
    name: Annotated[str | None, label("Navn")] = None
    telephone: Annotated[str | None, label("Telefon")] = None


class Relative(Addressed, frozen=True, kw_only=True, omit_defaults=True):
    """A relative (pårørende); the relation code is kept as sent, its list is not public."""

    relation: Annotated[str | None, label("Relation")] = None
    given_name: Annotated[str | None, label("Fornavn")] = None
    surname: Annotated[str | None, label("Efternavn")] = None
    telephones: Annotated[tuple[Telephone, ...], label("Telefon")] = ()
    email: Annotated[str | None, label("E-mail")] = None
    informed: Annotated[bool | None, label("Pårørende orienteret")] = None

    @property
    def name(self) -> str:
        """Given name and surname as written."""
        return full_name(self.given_name, self.surname)


def full_name(given_name: str | None, surname: str | None) -> str:
    """Both names on one line; an empty string when neither is known."""
    return " ".join(filter(None, (given_name, surname)))


@functools.lru_cache(maxsize=1024)
def is_location_number(gln: str) -> bool:
    """Whether a location number is 13 digits with a right check digit (GS1)."""
    # It loads TLS and pydoc, too, which no list of citizens needs.
    from stdnum import ean

    return len(gln) == 13 and ean.is_valid(gln)


def location_number_notices(party: Organisation, role: str) -> tuple[Notice, ...]:
    """A remark when the location number is missing or fails its check; never a refusal (§8.1).

    `role` is the Danish word for the party: ``Afsenderens`` or ``Modtagerens``.
    """
    if not party.gln:
        return (Notice("lokationsnummer_mangler", f"{role} lokationsnummer mangler."),)
    if not is_location_number(party.gln):
        return (
            Notice(
                "lokationsnummer_kontrol",
                f"{role} lokationsnummer {party.gln} er ikke 13 cifre med rigtigt kontrolciffer.",
            ),
        )
    return ()
