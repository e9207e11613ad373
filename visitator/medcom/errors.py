"""Everything that can be wrong with a message that cannot be read, each a named case."""

import enum

import msgspec

from visitator.domain.messages import Message


class Reason(enum.Enum):
    """Reason code -> a Danish sentence saying what happened; without personal data."""

    EMPTY = "tom_fil", "Filen er tom."
    TOO_LARGE = "for_stor", "Meddelelsen er større, end programmet modtager."
    SYNTAX = "syntaksfejl", "Meddelelsen er ikke gyldig XML."
    DTD = "dtd_afvist", "Meddelelsen indeholder en DTD; den afvises, og intet i den er slået op."
    TOO_DEEP = "for_dyb", "Meddelelsens elementer er indlejret dybere, end programmet læser."
    BASE64 = "base64_fejl", "Indholdet er ikke gyldig base64; det kan være afkortet undervejs."
    NO_LETTER = "intet_brev", "Kuverten indeholder ingen breve."
    VERSION = "problem_med_version", "Brevets version understøttes ikke."

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        self.text = text


class RefuseCode(enum.Enum):
    """What a negative receipt may state as cause (XCTL02, standard §6.2)."""

    UNSPECIFIED = "ikke_specificeret"
    UNKNOWN_LOCATION = "ukendt_lokationsnummer"
    RECEIVER_ID = "problem_med_modtagerID"
    VERSION = "problem_med_version"
    SYNTAX = "syntaksfejl"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why something could not be read, and whose it is."""

    reason: Reason
    detail: str = ""
    """What the parser said: positions and codes only, never content."""
    letters: tuple[Message, ...] = ()
    """The letters it is about, as far as they can be named. One that is well-formed is kept raw, as
    an `UnknownMessage`; one that is not is read up to its receiver, if all of that is undamaged."""

    @property
    def refuse_code(self) -> RefuseCode:
        """What a negative receipt says about this problem (standard §6.2)."""
        return RefuseCode.VERSION if self.reason is Reason.VERSION else RefuseCode.SYNTAX

    def __str__(self) -> str:
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.reason.code}: {self.reason.text}{detail}"


class MessageError(Exception):
    """Nothing could be read. The bytes are the caller's to keep.

    ``problems`` has one problem per letter, or one for the whole.
    """

    def __init__(self, reason: Reason, detail: str = "", *letters: Message) -> None:
        self.problems: tuple[Problem, ...] = (
            Problem(reason=reason, detail=detail, letters=letters),
        )
        super().__init__(str(self.problems[0]))

    @property
    def problem(self) -> Problem:
        """The first problem."""
        return self.problems[0]


class WriteReason(enum.Enum):
    """Why a message cannot be written: something the schema demands that nobody may make up."""

    LOCATION_NUMBER = (
        "lokationsnummer_mangler",
        "Et lokationsnummer mangler eller kan ikke bruges.",
    )
    SENDER_NAME = "afsender_mangler", "Afsenderens navn mangler."
    CITIZEN_NUMBER = "cpr_mangler", "Borgerens CPR-nummer eller erstatnings-CPR mangler."
    CITIZEN_NAME = "borgernavn_mangler", "Borgerens efternavn mangler."
    IDENTIFIER = (
        "nummer_mangler",
        "Et kuvert-, brev- eller forløbsnummer mangler eller er for langt.",
    )
    TIME = "tidspunkt_mangler", "Afsendelsestidspunktet mangler."
    ORIGINAL = "original_mangler", "Det oprindelige brev kan ikke identificeres i en kvittering."
    NOT_A_RECEIPT = "ikke_vores", "Kun VANS-operatøren sender denne slags kvittering."

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        self.text = text


class WriteError(Exception):
    """The message was not written; nothing was sent and the caller still has it."""

    def __init__(self, reason: WriteReason) -> None:
        self.reason = reason
        super().__init__(f"{reason.code}: {reason.text}")
