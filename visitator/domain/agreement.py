"""The agreement profile (aftaleprofil): what hospitals and municipalities of a region agreed.

A profile is a TOML file; every fact in it says where it comes from and how sure it is. What the
sources do not give stays visibly unknown (ikke oplyst). Facts: agreements §1, requirements §0-§13.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from typing import Annotated, Generic, Literal, TypeVar

import msgspec

from visitator.domain.calendar import Calendar, ClosingDay
from visitator.domain.deadlines import DateRule, HoursAfter, InstantRule, LocalTime, NextWeekday

Text = Annotated[str, msgspec.Meta(min_length=1)]
Status = Literal["fixed", "none", "unknown"]
Confidence = Literal["high", "medium", "low"]
"""high: read in a primary text. medium: official but old, in part or second hand. low: inferred."""

UNKNOWN_TEXT = "Ikke oplyst i de kilder, profilen bygger på."
WARNING_DAYS = 90
"""How long before a profile ends or must be reviewed the user is told."""

_D = TypeVar("_D")


class Fact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing the agreement says (fixed), is known to leave open (none), or is not known to us.

    Raises:
        ValueError: a known fact without text, source or confidence (Danish text).
    """

    status: Status
    text: Text = UNKNOWN_TEXT
    """Danish, for the screen: the rule in short, or what holds instead of one."""
    source: Text | None = None
    """Where it stands, for a reader."""
    source_url: Text | None = None
    confidence: Confidence | None = None

    def __post_init__(self) -> None:
        if self.status == "unknown":
            return
        if self.text == UNKNOWN_TEXT:
            raise ValueError("text: nøglen 'text' mangler; kun status \"unknown\" kan undvære den")
        for key in ("source", "confidence"):
            if getattr(self, key) is None:
                raise ValueError(
                    f"{key}: nøglen '{key}' mangler; kun status \"unknown\" kan undvære den"
                )

    @property
    def status_label(self) -> str:
        """The status in Danish."""
        return {"fixed": "Aftalt", "none": "Ikke aftalt", "unknown": "Ikke oplyst"}[self.status]


class Rule(Fact, Generic[_D], frozen=True, kw_only=True):
    """A fact about time (frist). Only a fixed rule has a deadline, and it always has one.

    Raises:
        ValueError: status and deadline do not fit together (Danish text).
    """

    deadline: _D | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.status == "fixed" and self.deadline is None:
            raise ValueError("deadline: en regel med status \"fixed\" skal have 'deadline'")
        if self.status != "fixed" and self.deadline is not None:
            raise ValueError(
                f"deadline: en regel med status \"{self.status}\" må ikke have 'deadline'"
            )

    @property
    def status_label(self) -> str:
        """The status in Danish."""
        labels = {"fixed": "Fast frist", "none": "Ingen fast frist aftalt"}
        return labels.get(self.status, "Ikke oplyst")


class Choice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the things an agreement lets one choose between, with its exact Danish label."""

    code: Text
    label: Text
    meaning: str = ""


class ReplyCategory(Choice, frozen=True, kw_only=True):
    """Svarkategori: one way to answer a plejeforløbsplan (R4.7)."""

    code: Literal["ok", "question", "coordination"]


class ReplyRule(Rule[InstantRule], frozen=True, kw_only=True):
    """The municipality's answer to a plejeforløbsplan (rules D, F and G).

    Raises:
        ValueError: two categories with the same code (Danish text).
    """

    required: bool | None = None
    """Whether an answer must be given. None: ikke oplyst."""
    receipt_is_acceptance: bool | None = None
    """Whether the automatic receipt counts as accept (rule F). None: ikke oplyst."""
    ok_without_comment_is_agreement: bool | None = None
    """Whether an OK without comment makes the plan the agreed discharge (rule G)."""
    categories: tuple[ReplyCategory, ...] = ()
    """In the order to show; empty where the agreement has no categories."""

    def __post_init__(self) -> None:
        super().__post_init__()
        codes = [category.code for category in self.categories]
        if len(codes) != len(set(codes)):
            raise ValueError("categories: den samme 'code' er brugt to gange")


class CarePlanTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Plejeforløbsplan (PFP)."""

    reply: ReplyRule
    sent_latest: Rule[DateRule]
    """When the hospital sends it, from the planned discharge date (rule C); it never blocks."""
    changes: Fact
    """What happens when a plan changes (R4.4)."""
    minimum_stay: Fact
    """How short a stay may be and still have a plan (agreements §1, forløbssplit)."""
    effective_hours_before_discharge: Annotated[int, msgspec.Meta(ge=0, le=8760)] = 0
    """N of the effektiv frist; set by the municipality, the agreements are silent."""


class CorrespondenceTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Korrespondancemeddelelser (KM) about inpatients."""

    reply_subject: Text | None = None
    """Emnefelt of the answer to a plan (R4.8). None: ikke oplyst."""
    phone_required: bool | None = None
    """Whether the municipality must write its telephone number. None: ikke oplyst."""
    send_before: LocalTime | None = None
    """Local time by which a message must be sent to be read the same day. None: ikke oplyst."""
    reading: Fact
    """When messages are read and who can be reached."""
    urgent: Fact
    """When a message is not enough and one must telephone."""


class AmbulatoryTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ambulante forløb."""

    from_hospital: Rule[DateRule]
    """Hospital to municipality, from the date it is sent (rule I)."""
    to_hospital: Rule[DateRule]
    """Municipality to outpatient clinic, from the date of the visit (rule J)."""
    purposes: tuple[Choice, ...] = ()
    """The purposes (formål) a message must state (R8.2)."""


class CoordinationTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Udvidet koordinering and the planlægningskonference (R6.1-R6.5)."""

    conference: Fact
    """Who calls it and who does what."""
    triggers: tuple[Choice, ...] = ()
    forms: tuple[Choice, ...] = ()
    agenda: tuple[Text, ...] = ()
    """What the conference deals with at least, in order."""


class AdmissionReportTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Indlæggelsesrapport, when the municipality sends it by hand."""

    update: Rule[InstantRule]
    """From receipt of the indlæggelsesadvis (rules A and B)."""
    mandatory_texts: tuple[Choice, ...] = ()
    """What must be written when a municipal employee was present (R3.7)."""


class MunicipalTask(Fact, frozen=True, kw_only=True):
    """A task that is the municipality's, for as long as it is."""

    municipal_until: dt.date | None = None
    """The last day; the region's after it. None: no end is known."""


class RehabilitationTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Genoptræning after a genoptræningsplan (GOP)."""

    municipality_start: Rule[DateRule]
    """Basal and avanceret niveau (rule L)."""
    hospital_start: Rule[DateRule]
    """Specialiseret niveau (rule M)."""
    hospital_answer: Rule[NextWeekday]
    """The hospital's answer to questions about a GOP (rule N)."""
    specialised_rehabilitation: MunicipalTask
    """Rehabilitering på specialiseret niveau (R9.1; it leaves the municipalities, §3)."""
    legal_basis: Fact


class EndedTreatmentTerms(Fact, frozen=True, kw_only=True):
    """Færdigbehandlet: the definition differs between regions and is never computed (R5.3)."""

    message_label: Text | None = None
    """What the message is called. None: ikke oplyst."""
    counts_terminal: bool | None = None
    """Whether terminal patients are registered as færdigbehandlet (rule Q). None: ikke oplyst."""
    wait_reasons: tuple[Choice, ...] = ()
    """Venteårsag: what a continued stay may be waiting for (R5.5)."""


class Agreement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One agreement profile, valid for one region and one period.

    Raises:
        ValueError: it ends before it begins (Danish text).
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]+$")]
    region: Text
    title: Text
    scope: Text
    """What the agreement covers, in Danish."""
    valid_from: dt.date
    valid_to: dt.date | None = None
    """The last day it holds; None while no end is known."""
    review_by: dt.date
    review_reason: Text
    source: Text
    source_url: Text | None = None
    confidence: Confidence
    closing_days: tuple[ClosingDay, ...] = ()
    checklist: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]+$")] | None = None
    """The id of the bring-along checklist (R3.2); None where the agreement has none."""
    care_plan: CarePlanTerms
    hospital_answer: Rule[InstantRule]
    """The hospital's answer to the municipality's question (rule E)."""
    correspondence: CorrespondenceTerms
    ambulatory: AmbulatoryTerms
    coordination: CoordinationTerms
    admission_report: AdmissionReportTerms
    discharge_report: Fact
    """Udskrivningsrapport (rule K)."""
    weekend_discharge: Fact
    """Discharge in a weekend or on a holiday (rule H)."""
    extended_responsibility: Rule[HoursAfter]
    """Udvidet behandlingsansvar, from the discharge (R7.7); an end in the report goes first."""
    rehabilitation: RehabilitationTerms
    ended_treatment: EndedTreatmentTerms

    def __post_init__(self) -> None:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to: aftalen slutter, før den begynder")

    @property
    def calendar(self) -> Calendar:
        """The weekdays this profile counts with: the law and its own closed days."""
        return Calendar(closing_days=self.closing_days)


class ValidityWarning(msgspec.Struct, frozen=True, kw_only=True):
    """Why a profile may not be the one to use on a given day."""

    code: Literal["not_yet_valid", "expired", "expires_soon", "review_soon", "review_passed"]
    text: str
    """Danish."""


def validity_warnings(agreement: Agreement, on: dt.date) -> tuple[ValidityWarning, ...]:
    """What the user must know about the profile's validity on the civil date `on`."""
    return (*_period_warnings(agreement, on), *_review_warnings(agreement, on))


def _period_warnings(agreement: Agreement, on: dt.date) -> Iterator[ValidityWarning]:
    start, end = agreement.valid_from, agreement.valid_to
    if on < start:
        yield ValidityWarning(
            code="not_yet_valid", text=f"Aftalen gælder først fra {_danish(start)}."
        )
    if end is not None and on > end:
        yield ValidityWarning(code="expired", text=f"Aftalen udløb {_danish(end)}.")
    elif end is not None and _is_near(end, on):
        yield ValidityWarning(code="expires_soon", text=f"Aftalen udløber {_danish(end)}.")


def _review_warnings(agreement: Agreement, on: dt.date) -> Iterator[ValidityWarning]:
    day, reason = agreement.review_by, agreement.review_reason
    if on >= day:
        yield ValidityWarning(
            code="review_passed",
            text=f"Aftaleprofilen skal kontrolleres: {reason} Datoen {_danish(day)} er nået.",
        )
    elif _is_near(day, on):
        yield ValidityWarning(
            code="review_soon",
            text=f"Aftaleprofilen skal kontrolleres: {reason} Senest {_danish(day)}.",
        )


def _is_near(day: dt.date, on: dt.date) -> bool:
    return (day - on).days <= WARNING_DAYS


def _danish(day: dt.date) -> str:
    return f"{day:%d-%m-%Y}"


class AgreementError(Exception):
    """A profile that cannot be used; the text names file, line and reason in Danish."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"{name}, linje {line}: {reason}")
        self.name = name
        self.line = line
        self.reason = reason


def parse_agreement(text: str, name: str) -> Agreement:
    """Read one agreement profile.

    Args:
        text: the TOML text of the profile.
        name: what to call it in an error, e.g. its file name.

    Raises:
        AgreementError: the text is not TOML, or not an agreement profile.
    """
    try:
        return msgspec.convert(tomllib.loads(text), Agreement)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(text, name, str(error)) from error
    except msgspec.ValidationError as error:
        raise _schema_error(text, name, str(error)) from error
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits, or lists thousands deep.
        raise AgreementError(name, 1, "filen kan ikke læses som en aftaleprofil") from error


def _syntax_error(text: str, name: str, message: str) -> AgreementError:
    reason, _, position = message.partition(" (at ")
    found = re.match(r"line (\d+)", position)
    line = int(found[1]) if found else text.count("\n") + 1
    if reason.startswith(("Cannot overwrite a value", "Cannot declare")):
        return AgreementError(name, line, "den samme nøgle er skrevet to gange")
    return AgreementError(name, line, f"linjen er ikke gyldig TOML ({reason})")


_REASONS = (
    (r"Object contains unknown field `(?P<key>.+)`", "ukendt nøgle '{key}'"),
    (r"Object missing required field `(?P<key>.+)`", "nøglen '{key}' mangler"),
    (r"Expected `(?P<type>[^`]+)`, got `(?P<got>.+)`", "forventede {type}, fik {got}"),
    (r"Expected `int` >= (?P<least>\d+)", "tallet skal være mindst {least}"),
    (r"Expected `int` <= (?P<most>\d+)", "tallet må højst være {most}"),
    (r"Expected `str` of length >= 1", "teksten må ikke være tom"),
    (r"Expected `str` matching regex .*", "kun små bogstaver a-z, tal og bindestreg er tilladt"),
    (r"Expected `time` with no timezone component", "klokkeslættet må ikke have en tidszone"),
    (r"Invalid RFC3339 encoded date", "datoen skrives uden anførselstegn, fx 2026-02-01"),
    (r"Invalid RFC3339 encoded time", "klokkeslættet skrives uden anførselstegn, fx 11:00:00"),
    (r"Invalid enum value '(?P<value>.*)'", "ugyldig værdi '{value}'"),
    (r"Invalid value '(?P<value>.*)'", "ukendt regeltype '{value}'"),
    (r"(?P<key>[a-z_]+): (?P<reason>.+)", "{reason}"),
)
"""msgspec's sentences in Danish; the last is how the structs here write their own."""

_TYPES = {
    "str": "tekst",
    "int": "heltal",
    "float": "decimaltal",
    "bool": "true eller false",
    "date": "dato",
    "time": "klokkeslæt",
    "datetime": "dato med klokkeslæt",
    "array": "liste",
    "list": "liste",
    "object": "tabel",
    "null": "ingenting",
}


_Path = tuple[str | int, ...]
"""Where a value stands in a profile: keys, and places in a list."""


def _schema_error(text: str, name: str, message: str) -> AgreementError:
    sentence, _, where = message.partition(" - at `$")
    steps = re.findall(r"\.(\w+)|\[(\d+)\]", where)
    path: _Path = tuple(int(index) if index else key for key, index in steps)
    key, reason = _danish_reason(sentence)
    place = where.strip("`.") or "profilen"
    return AgreementError(name, _line_of(text, (*path, key)), f"{place}: {reason}")


def _danish_reason(sentence: str) -> tuple[str, str]:
    """The key a sentence of msgspec is about, empty when it is the path itself; and the Danish."""
    for pattern, danish in _REASONS:
        found = re.fullmatch(pattern, sentence)
        if found:
            parts = found.groupdict()
            types = {part: _danish_types(parts[part]) for part in ("type", "got") if part in parts}
            return parts.get("key", ""), danish.format(**parts | types)
    return "", sentence


def _danish_types(names: str) -> str:
    kinds = [kind for kind in names.split(" | ") if kind != "null"]
    return " eller ".join(_TYPES.get(kind, kind) for kind in kinds) or "ingenting"


def _line_of(text: str, path: _Path) -> int:
    """The line where `path`, or the nearest table or list around it, is written."""
    lines = _scan(text)
    while path not in lines:
        path = path[:-1]
    return lines[path]


_HEADER = re.compile(r"\s*\[(?P<list>\[?)\s*(?P<name>[\w.-]+)\s*\]")
_KEY = re.compile(r"""\s*(?P<name>[\w."'-]+)\s*=\s*(?P<value>.*)""")
_ITEM = re.compile(r"""\s+[{"'\d]""")


def _scan(text: str) -> dict[_Path, int]:
    """The line of every table header, key and list item in a valid TOML text.

    tomllib does not tell. Items of a list are found when each begins a line of its own.
    """
    lines: dict[_Path, int] = {(): 1}
    last_of_list: dict[_Path, int] = {}
    table: _Path = ()
    list_at: _Path = ()
    items = 0
    in_string = False
    for number, line in enumerate(text.split("\n"), start=1):
        was_in_string = in_string
        if not line.lstrip().startswith("#"):
            in_string ^= line.count('"""') % 2 == 1
        if was_in_string:
            continue
        if list_at and _ITEM.match(line):
            path, items = (*list_at, items), items + 1
        elif header := _HEADER.match(line):
            path = table = _table_path(header, last_of_list)
        elif key := _KEY.match(line):
            path = (*table, *(part.strip("\"'") for part in key["name"].split(".")))
            list_at, items = (path, 0) if key["value"].strip() == "[" else ((), 0)
        else:
            continue
        for length in range(1, len(path) + 1):
            lines.setdefault(path[:length], number)
    return lines


def _table_path(header: re.Match[str], last_of_list: dict[_Path, int]) -> _Path:
    """The path a header opens; a list of tables gets its next place, and keeps it for what follows.

    `last_of_list` holds the last place of every list of tables, and is updated.
    """
    names = header["name"].split(".")
    path: _Path = ()
    for depth, name in enumerate(names, start=1):
        path = (*path, name)
        if header["list"] and depth == len(names):
            last_of_list[path] = last_of_list.get(path, -1) + 1
        if path in last_of_list:
            path = (*path, last_of_list[path])
    return path
