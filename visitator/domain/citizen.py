"""The citizen (borger) a message is about, and the numbers that identify one."""

import datetime as dt
import re
from typing import Annotated

from visitator.domain.labels import label
from visitator.domain.notice import Notice
from visitator.domain.party import Addressed, Person, Telephone, full_name

UNKNOWN_CPR = "0000000000"
"""MedCom's way of writing that the CPR number is not known (standard §8.1)."""

_CPR = re.compile(r"[0-9]{10}")
_REPLACEMENT_CPR = re.compile(r"[0-9]{6}[0-9A-Z]{4}", re.IGNORECASE)
_CENTURY_OF_REPLACEMENT = {"0": 1900, "1": 1900, "5": 1800, "6": 2000, "7": 2000}


class Citizen(Addressed, frozen=True, kw_only=True, omit_defaults=True):
    """A citizen as one message describes them; the numbers are kept as written."""

    cpr: Annotated[str | None, label("CPR-nummer")] = None
    replacement_cpr: Annotated[str | None, label("Erstatnings-CPR")] = None
    given_name: Annotated[str | None, label("Fornavn")] = None
    surname: Annotated[str | None, label("Efternavn")] = None
    occupation: Annotated[str | None, label("Stilling")] = None
    telephones: Annotated[tuple[Telephone, ...], label("Telefon")] = ()
    no_telephone_reason: Annotated[str | None, label("Årsag til manglende telefon")] = None
    email: Annotated[str | None, label("E-mail")] = None
    care_of: Annotated[Person | None, label("c/o-adresse")] = None
    stay_status: Annotated[str | None, label("Status for forløbet")] = None
    """EpisodeOfCareStatusCode as sent: indlagt, inaktiv, ambulant, doed, udskrevet_til_hjemmet …"""

    @property
    def name(self) -> str:
        """Given name and surname as written."""
        return full_name(self.given_name, self.surname)

    @property
    def key(self) -> str | None:
        """What tells this citizen from another: the CPR number, else the replacement number.

        Without hyphen and in upper case; None when neither is known. The real CPR number goes
        first when a message carries both (standard §8.1).
        """
        number = compact_number(self.cpr)
        if number and number != UNKNOWN_CPR:
            return number
        return compact_number(self.replacement_cpr) or None


def compact_number(number: str | None) -> str:
    """A CPR or replacement number without hyphen and blanks, in upper case; empty for none."""
    return (number or "").replace("-", "").replace(" ", "").upper()


def format_cpr(number: str) -> str:
    """A CPR or replacement number as Danes write it, ``251248-9996``; others unchanged."""
    compact = compact_number(number)
    return f"{compact[:6]}-{compact[6:]}" if _REPLACEMENT_CPR.fullmatch(compact) else number


def mask_cpr(number: str) -> str:
    """A number for lists and pictures: the date of birth only, ``251248-••••``."""
    compact = compact_number(number)
    return f"{compact[:6]}-••••" if _REPLACEMENT_CPR.fullmatch(compact) else "••••••-••••"


def birth_date(citizen: Citizen) -> dt.date | None:
    """The date of birth the number states, or None when it states none that exists."""
    number = citizen.key or ""
    if _CPR.fullmatch(number):
        # It loads TLS and pydoc, too, which no list of citizens needs.
        from stdnum.dk import cpr as stdnum_cpr
        from stdnum.exceptions import ValidationError

        try:
            return stdnum_cpr.get_birth_date(number)
        except ValidationError:
            return None
    if _REPLACEMENT_CPR.fullmatch(number):
        century = _CENTURY_OF_REPLACEMENT.get(number[6])
        if century is not None:
            try:
                return dt.date(century + int(number[4:6]), int(number[2:4]), int(number[0:2]))
            except ValueError:
                return None
    return None


def _begins_with_a_date(number: str) -> bool:
    """Whether DDMM exists in some year; the century digit of a replacement number may be new."""
    if _CPR.fullmatch(number):
        return birth_date(Citizen(cpr=number)) is not None
    try:
        dt.date(2000, int(number[2:4]), int(number[0:2]))
    except ValueError:
        return False
    return True


def citizen_notices(citizen: Citizen | None) -> tuple[Notice, ...]:
    """Remarks about the citizen's number. Never a refusal, and never modulus 11.

    MedCom's own test persons fail modulus 11, and so do numbers given out since 2007
    (standard §8.1).
    """
    if citizen is None or not (citizen.cpr or citizen.replacement_cpr):
        return (Notice("cpr_mangler", "Meddelelsen har intet CPR-nummer."),)
    number = citizen.key
    if number is None:
        return (Notice("cpr_ukendt", "CPR-nummeret er angivet som ukendt (ti nuller)."),)
    pattern = _CPR if citizen.cpr and number == compact_number(citizen.cpr) else _REPLACEMENT_CPR
    if not pattern.fullmatch(number):
        return (Notice("cpr_format", "CPR-nummeret har ikke det format, MedCom foreskriver."),)
    if not _begins_with_a_date(number):
        return (Notice("cpr_dato", "CPR-nummeret begynder med en dato, der ikke findes."),)
    return ()
