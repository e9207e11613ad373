"""Hypothesis builders: any domain value from its type, and whole journal histories."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect as mi

from visitator.domain.citizen import Citizen
from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportNotNeeded,
    AdmissionReportSent,
    AnswerCategory,
    AnyBody,
    Assigned,
    ChecklistExported,
    ChecklistTicked,
    ChoiceChannel,
    Closed,
    ConferenceAgreed,
    ConferenceForm,
    ConferenceMinutesReceived,
    ControlStatusWritten,
    CorrespondenceSent,
    DeliveryFailed,
    Entry,
    FollowUpAssigned,
    FollowUpClosed,
    FreeChoiceExplained,
    Lapsed,
    LapseReason,
    LeaveNoted,
    LetterHandled,
    MessageReceived,
    MunicipalLevel,
    NoteAdded,
    NoteExported,
    NoteKind,
    NoteWay,
    Opened,
    PartState,
    PhoneCall,
    PlanState,
    PresentAtAdmission,
    RehabilitationContacted,
    RehabilitationDate,
    RehabilitationDateSet,
    RehabilitationEnded,
    RehabilitationLevelSet,
    RehabilitationLinked,
    RehabilitationOfferChosen,
    RehabilitationPostponed,
    RehabilitationStartAgreed,
    RehabilitationStarted,
    RehabilitationStepWithdrawn,
    ReplyHandedOver,
    ReplySent,
    ReportText,
    Tick,
    TransportArranged,
    TreatmentResumed,
    UnknownBody,
)
from visitator.domain.messages import (
    AdmissionNotification,
    AnyMessage,
    CarePlan,
    Correspondence,
    DischargeNotification,
    DischargeReport,
    EndedTreatment,
    Receipt,
    ReceiptLetter,
    ReceiptOutcome,
    RehabilitationPlan,
    UnknownMessage,
)
from visitator.domain.moment import Moment
from visitator.domain.party import Organisation
from visitator.domain.pathway import fold
from visitator.domain.reply import Signature
from visitator.domain.terms import PostponementReason, Provider
from visitator.domain.text import RichText

WORDS = st.sampled_from(["", "Ja", "Nej", "Vaske sig", "Gå på toilet", "svære", "12 34 56 78"])


_LEAVES: dict[type[mi.Type], st.SearchStrategy[Any]] = {
    mi.NoneType: st.none(),
    mi.StrType: WORDS,
    mi.BoolType: st.booleans(),
    mi.IntType: st.integers(0, 9),
    mi.BytesType: st.binary(max_size=3),
    mi.DateType: st.dates(dt.date(2026, 2, 1), dt.date(2026, 2, 4)),
    mi.TimeType: st.sampled_from([dt.time(8, 0), dt.time(13, 30)]),
    mi.DateTimeType: st.sampled_from([dt.datetime(2026, 2, 2, 8), dt.datetime(2026, 2, 2, 9)]),
}


def anything(kind: object) -> st.SearchStrategy[Any]:
    """Values of any type that a message is made of, from a few words so that they meet again."""
    return _strategy(mi.type_info(kind))


def _strategy(kind: mi.Type) -> st.SearchStrategy[Any]:
    match kind:
        case mi.Metadata():
            return _strategy(kind.type)
        case mi.UnionType():
            return st.one_of([_strategy(each) for each in kind.types])
        case mi.VarTupleType():
            return st.lists(_strategy(kind.item_type), max_size=2).map(tuple)
        case mi.EnumType():
            return st.sampled_from(list(kind.cls))
        case mi.StructType():
            return _structs(kind)
    return _LEAVES[type(kind)]


def _structs(kind: mi.StructType) -> st.SearchStrategy[Any]:
    """Structs with some of their optional fields filled, as messages come: most are absent."""
    fields = {field.name: _strategy(field.type) for field in kind.fields}
    required = [field.name for field in kind.fields if field.required]
    optional = [name for name in fields if name not in required]
    if not optional:
        return st.builds(kind.cls, **fields)

    @st.composite
    def structs(draw: st.DrawFn) -> msgspec.Struct:
        filled = draw(st.lists(st.sampled_from(optional), unique=True, max_size=12))
        return kind.cls(**{name: draw(fields[name]) for name in (*required, *filled)})

    return structs()


_PLAN = {field.name: anything(field.type) for field in msgspec.structs.fields(CarePlan)}
_LISTS = ["ability", "nursing_problem_areas", "relatives", "extra", "sender"]


@st.composite
def plan_versions(draw: st.DrawFn) -> tuple[CarePlan, CarePlan]:
    """Two versions of a plan: some fields changed, some added, the others alike."""
    names = st.sampled_from([*_PLAN, *_LISTS, *_LISTS])
    filled = draw(st.lists(names, unique=True, max_size=8))
    changed = draw(st.lists(st.sampled_from(filled) | names, max_size=6)) if filled else []
    old = CarePlan(**{name: draw(_PLAN[name]) for name in filled})
    new = {name: draw(_PLAN[name]) for name in changed}
    return old, msgspec.structs.replace(old, **new)


HOSPITAL = Organisation(gln="5790001382445")
START = dt.datetime(2026, 2, 2, 7, 0, tzinfo=dt.UTC)


def at(minutes: int) -> dt.datetime:
    """An instant so many minutes after the histories' start."""
    return START + dt.timedelta(minutes=minutes)


_LETTER_DATES = st.sampled_from([None, *(dt.datetime(2026, 2, 2, hour) for hour in (8, 9, 10))])
_MOMENTS = st.none() | st.builds(
    Moment,
    st.dates(dt.date(2026, 2, 1), dt.date(2026, 2, 3)),
    st.none() | st.sampled_from([dt.time(8), dt.time(12)]),
)
_STATUS = st.sampled_from([None, "nytbrev", "rettetbrev", "annulleretbrev"])
_CITIZENS = st.none() | st.builds(
    Citizen,
    cpr=st.just("2512489996"),
    surname=st.none() | st.just("Testesen"),
    stay_status=st.sampled_from(
        [
            None,
            None,
            None,
            "indlagt",
            "doed",
            "udskrevet_til_hjemmet",
            "flyttet_til_sygehus",
            "uoplyst",
        ]
    ),
)
_OWN_LETTERS = st.sampled_from([None, "SVAR1", "SVAR2"])
_NAMES = st.none() | st.sampled_from(["AHN", "BKR"])


def _header() -> dict[str, st.SearchStrategy[Any]]:
    return {
        "letter_id": st.none() | st.integers(0, 15).map("BREV{}".format),
        "sender": st.sampled_from([HOSPITAL, Organisation()]),
        "authorised_at": _LETTER_DATES,
        "status_code": _STATUS,
        "episode_id": st.sampled_from([None, "AB-12", "CD-34"]),
        "citizen": _CITIZENS,
    }


def receipts() -> st.SearchStrategy[Receipt]:
    """Technical receipts, of any outcome, for the letters the histories send."""
    return st.builds(
        Receipt,
        outcome=st.sampled_from(ReceiptOutcome),
        original_envelope_id=_OWN_LETTERS,
        refuse_text=st.none() | st.just(RichText("Ukendt modtager")),
        original_letters=st.lists(st.builds(ReceiptLetter, letter_id=_OWN_LETTERS), max_size=2).map(
            tuple
        ),
    )


def plans() -> st.SearchStrategy[CarePlan]:
    """Plans of a stay, with few dates and letter numbers so that they meet again."""
    return st.builds(CarePlan, admitted=_MOMENTS, **_header())


def stay_messages() -> st.SearchStrategy[AnyMessage]:
    """What the hospital says about the stay itself."""
    header = _header()
    return st.one_of(
        st.builds(AdmissionNotification, admitted=_MOMENTS, **header),
        st.builds(DischargeNotification, discharged=_MOMENTS, **header),
        st.builds(DischargeReport, admitted=_MOMENTS, **header),
        st.builds(EndedTreatment, admitted=_MOMENTS, **header),
    )


def replies() -> st.SearchStrategy[ReplySent]:
    """Replies to any state, with and without something in the comment."""
    ids = st.integers(0, 15).map("E{:02}".format)
    return st.builds(
        ReplySent,
        category=st.sampled_from(AnswerCategory),
        answers=st.builds(PlanState, plan=ids, seen=st.none() | ids),
        comment=st.sampled_from(["", "", " \n", "Nøglen ligger hos naboen"]),
        letter_id=_OWN_LETTERS,
        envelope_id=_OWN_LETTERS,
        signature=st.none() | st.builds(Signature, name=WORDS, telephone=WORDS),
    )


def letters_sent() -> st.SearchStrategy[CorrespondenceSent]:
    """The municipality's own letters, with the numbers that the receipts name."""
    return st.builds(
        CorrespondenceSent,
        subject=WORDS,
        text=WORDS,
        purpose=st.sampled_from([None, "action"]),
        answers=st.none() | st.integers(0, 15).map("E{:02}".format),
        letter_id=_OWN_LETTERS,
        envelope_id=_OWN_LETTERS,
    )


_PARTS = st.sampled_from(["keys", "glasses", "hearing_aid"])


def ticks() -> st.SearchStrategy[ChecklistTicked]:
    """Some parts of the checklist, few so that people meet at them."""
    tick = st.builds(Tick, part=_PARTS, state=st.none() | st.sampled_from(PartState), note=WORDS)
    return st.builds(ChecklistTicked, ticks=st.lists(tick, min_size=1, max_size=3).map(tuple))


def admission_side() -> st.SearchStrategy[AnyBody]:
    """What the municipality says about an admission (indlæggelse)."""
    return st.one_of(
        ticks(),
        st.builds(PresentAtAdmission, was_present=st.booleans(), who=WORDS),
        st.builds(FollowUpAssigned, part=_PARTS, owner=_NAMES),
        st.builds(FollowUpClosed, part=_PARTS, text=WORDS),
        st.builds(
            AdmissionReportSent,
            texts=st.lists(st.builds(ReportText, code=_PARTS, text=WORDS), max_size=2).map(tuple),
            supplement=WORDS,
            letter_id=_OWN_LETTERS,
            envelope_id=_OWN_LETTERS,
        ),
        st.builds(AdmissionReportNotNeeded, reason=WORDS),
        st.builds(ChecklistExported, way=st.sampled_from(NoteWay)),
        st.builds(LeaveNoted, is_on_leave=st.booleans(), at=_MOMENTS.filter(bool)),
        st.builds(
            AdmissionEntered,
            citizen=_CITIZENS.filter(bool),
            admitted=_MOMENTS.filter(bool),
            ward=WORDS,
        ),
    )


def rehabilitation_plans() -> st.SearchStrategy[RehabilitationPlan]:
    """Rehabilitation plans, of which some lack what a deadline counts from."""
    return st.builds(
        RehabilitationPlan,
        level_text=st.sampled_from([None, "almen", "specialiseret", "rehabilitering", "andet"]),
        contact_start=_MOMENTS,
        contact_expected_end=_MOMENTS,
        **_header(),
    )


def rehabilitation_side() -> st.SearchStrategy[AnyBody]:
    """What the municipality does about rehabilitation (genoptræning)."""
    day: dict[str, Any] = {"day": st.dates(dt.date(2026, 2, 1), dt.date(2026, 2, 20))}
    ids = st.integers(0, 15).map("E{:02}".format)
    return st.one_of(
        st.builds(RehabilitationContacted, note=WORDS, **day),
        st.builds(FreeChoiceExplained, channel=st.sampled_from(ChoiceChannel), **day),
        st.builds(RehabilitationOfferChosen, provider=st.sampled_from(Provider), name=WORDS, **day),
        st.builds(RehabilitationStartAgreed, start=_MOMENTS.filter(bool), **day),
        st.builds(RehabilitationStarted, **day),
        st.builds(RehabilitationPostponed, reason=st.sampled_from(PostponementReason), **day),
        st.builds(TransportArranged, is_entitled=st.booleans(), **day),
        st.builds(ControlStatusWritten, text=WORDS, **day),
        st.builds(RehabilitationEnded, closing_note=WORDS, **day),
        st.builds(RehabilitationStepWithdrawn, step=ids),
        st.builds(
            RehabilitationDateSet,
            kind_of_date=st.sampled_from(RehabilitationDate),
            date=st.none() | day["day"],
        ),
        st.builds(RehabilitationLevelSet, level=st.none() | st.sampled_from(MunicipalLevel)),
        st.builds(RehabilitationLinked, admission=st.sampled_from([None, "P1", "P2"])),
    )


def _received(message: st.SearchStrategy[AnyMessage]) -> st.SearchStrategy[MessageReceived]:
    received_at = st.integers(0, 100).map(at)
    return st.builds(
        MessageReceived, message=message, received_at=received_at, raw_id=st.just("raw")
    )


def bodies() -> st.SearchStrategy[AnyBody]:
    """Bodies of every kind, what happens often more often; what they name may be there or not."""
    moments = _MOMENTS.filter(bool)
    ids = st.integers(0, 15).map("E{:02}".format)
    kinds: list[tuple[int, st.SearchStrategy[Any]]] = [
        (5, _received(plans())),
        (8, replies()),
        (2, letters_sent()),
        (3, _received(st.builds(Correspondence, **_header()))),
        (3, _received(receipts())),
        (3, _received(stay_messages())),
        (1, _received(st.builds(UnknownMessage, root=st.just("Nyt"), **_header()))),
        (2, st.builds(Assigned, owner=_NAMES, previous=_NAMES)),
        (1, st.just(Opened())),
        (1, st.builds(PhoneCall, whom=WORDS, at=st.just(START), text=WORDS, clears=st.booleans())),
        (2, st.builds(ConferenceAgreed, form=st.sampled_from(ConferenceForm), at=moments)),
        (2, st.builds(ConferenceMinutesReceived, letter=st.just("E01"))),
        (1, st.builds(TreatmentResumed, at=moments)),
        (1, st.builds(Lapsed, reason=st.sampled_from(LapseReason)) | st.just(Closed())),
        (1, st.builds(LetterHandled, letter=ids)),
        (1, st.builds(NoteAdded, text=WORDS)),
        (3, admission_side()),
        (1, st.builds(NoteExported, note=st.sampled_from(NoteKind), purpose=WORDS)),
        (2, _received(rehabilitation_plans())),
        (2, rehabilitation_side()),
        (1, st.builds(ReplyHandedOver, reply=ids)),
        (1, st.builds(DeliveryFailed, reply=ids, reason=WORDS)),
        (1, st.just(UnknownBody(kind="robot_waved", raw=b'{"kind":"robot_waved","arms":2}'))),
    ]
    weighted = [kind for weight, kind in kinds for _ in range(weight)]
    return st.sampled_from(weighted).flatmap(lambda kind: kind)


def entry(number: int, body: AnyBody, *, seq: int | None = None, author: str = "AHN") -> Entry:
    """The entry with a number: its id, and when it was written."""
    return Entry(
        id=f"E{number:02}",
        pathway_id="P1",
        author=author,
        device="PC1",
        occurred_at=at(number),
        seq=seq,
        body=body,
    )


def letter_of(entry: Entry) -> object:
    """What makes two entries show the same letter; the entry itself when nothing does."""
    body = entry.body
    if isinstance(body, MessageReceived):
        found = body.message
        if found.sender.gln and found.letter_id:
            return (type(found), found.sender.gln, found.letter_id, found.authorised_at)
    return entry.id


_BODIES = bodies()
_AUTHORS = st.sampled_from(["AHN", "BKR"])
_USUALLY = st.sampled_from([True, True, True, False])


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """A journal in order: accepted entries, then pending ones; most replies name what holds."""
    found: list[Entry] = []
    size = draw(st.sampled_from([0, 2, 4, 8, 12, 16]))
    accepted = draw(st.integers(0, size))
    for number in range(size):
        body = draw(_BODIES)
        state = fold(found).to_answer
        if isinstance(body, ReplySent) and state and draw(_USUALLY):
            body = msgspec.structs.replace(body, answers=state)
        seq = number + 1 if number < accepted else None
        found.append(entry(number, body, seq=seq, author=draw(_AUTHORS)))
    return found
