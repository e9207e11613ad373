"""The five case notes of a pathway; headings and their order are casenote §4.

A note says what messages and journal say, and what its author adds. A section without content is
left out; the hospital's own words stand as quotations.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from visitator.domain.admission import (
    CONFIRMED,
    REPORT_SUBJECT,
    Admission,
    FollowUp,
    Present,
    ReportState,
    Said,
    admission,
    report_due,
)
from visitator.domain.admission import OPEN as OPEN_REPORT
from visitator.domain.agreement import Agreement
from visitator.domain.calendar import CalendarRangeError
from visitator.domain.checklist import Checklist
from visitator.domain.citizen import Citizen, compact_number, format_cpr
from visitator.domain.codes import in_danish, limitation
from visitator.domain.deadlines import Due, to_copenhagen
from visitator.domain.duties import Duty, agenda
from visitator.domain.entries import (
    AdmissionEntered,
    AdmissionReportSent,
    ChecklistExported,
    ChecklistTicked,
    CorrespondenceSent,
    DeliveryFailed,
    Entry,
    MessageReceived,
    NoteExported,
    NoteKind,
    Opened,
    PhoneCall,
    PresentAtAdmission,
    ReplyHandedOver,
    ReplySent,
    ReportChannel,
)
from visitator.domain.labels import label_of, labels
from visitator.domain.letters import category_label, purpose_label
from visitator.domain.messages import (
    KIND_LABELS,
    AdmissionNotification,
    AnyMessage,
    CarePlan,
    Correspondence,
    DischargeNotification,
    DischargeReport,
    EndedTreatment,
    Message,
    Receipt,
    RehabilitationPlan,
)
from visitator.domain.notice import RawField
from visitator.domain.party import Organisation, Relative
from visitator.domain.pathway import (
    Dispatch,
    LetterSent,
    Pathway,
    PlanVersion,
    Reply,
    ReportSent,
    Transit,
)
from visitator.domain.plan_diff import PlanChange, diff_plans, shown
from visitator.domain.text import RichText, Style
from visitator.domain.titles import entry_title
from visitator.export.note import (
    AnyBlock,
    Author,
    Fact,
    Heading,
    Note,
    Paragraph,
    Quote,
    Section,
    Table,
    without_cpr,
)

PROGRAM = "Visitator"
_BY_ITSELF = f"{PROGRAM} (automatisk)"
NO_DECISION = (
    "Notatet er ikke en afgørelse. En afgørelse med begrundelse og klagevejledning gives i et "
    "særskilt brev."
)
"""A note must not pretend to be the decision (casenote §4, point 10)."""

_COORDINATION = (
    "home_changes",
    "auxiliaries",
    "rehabilitation_needs",
    "home_care_needs",
    "medicine_administration",
    "medicine_consumption",
    "lunch_box",
    "shopping_at_discharge",
    "other_municipal_work",
)
_OF_EVERY_LETTER = frozenset(labels(Message))
_OF_ADMISSION = (AdmissionEntered, ChecklistTicked, PresentAtAdmission, AdmissionReportSent)
"""What people here say of an admission, whether or not a notification has come."""

_Blocks = Iterator[AnyBlock]


class OwnWords(msgspec.Struct, frozen=True, kw_only=True):
    """What only the author can say; an empty one is left out (casenote §4, points 7, 8, 10, 15)."""

    needs: str = ""
    """Behov: B of Faglig vurdering (BÅS)."""
    cause: str = ""
    """Årsag til funktionsnedsættelsen."""
    symptoms: str = ""
    """Symptomer."""
    wishes: str = ""
    """The citizen's and the relatives' wishes, in their own words."""
    decided: str = ""
    """What was agreed: help, supplier, start."""
    follow_up: str = ""
    """Who does what when."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What a user asks for when a note is to be written."""

    kind: NoteKind
    case_number: str
    purpose: str
    author: Author
    municipality: str
    unit: str = ""
    own: OwnWords = OwnWords()
    with_cpr: bool = True
    is_signed: bool = False


def write_note(
    pathway: Pathway,
    order: Order,
    *,
    agreement: Agreement,
    checklist: Checklist | None,
    names: Mapping[str, str],
    now: dt.datetime,
) -> Note:
    """The note of a pathway.

    Args:
        pathway: the fold.
        order: what was asked for.
        agreement: the profile in force: its deadlines and its words.
        checklist: of that profile, what is brought along to hospital; None where it has none.
        names: user id -> the person's name.
        now: aware instant.
    """
    writer = _Writer(pathway, order, agreement=agreement, checklist=checklist, names=names, now=now)
    citizen = pathway.citizen or Citizen()
    numbers = tuple(number for number in (citizen.cpr, citizen.replacement_cpr) if number)
    parts = (citizen.given_name, citizen.surname)
    note = Note(
        kind=order.kind,
        case_number=order.case_number,
        municipality=order.municipality,
        unit=order.unit,
        author=order.author,
        purpose=order.purpose,
        written_at=to_copenhagen(now),
        is_signed=order.is_signed,
        source=writer.source(),
        sections=tuple(writer.sections()),
        personal=(*numbers, *(part for part in parts if part)),
    )
    return note if order.with_cpr else without_cpr(note, numbers)


def kinds_for(pathway: Pathway) -> tuple[NoteKind, ...]:
    """The kinds that have something of their own to say of a pathway; a discharge note always."""
    received = [
        entry.body.message for entry in pathway.timeline if isinstance(entry.body, MessageReceived)
    ]
    plan = pathway.current_plan
    proposed = plan.message.conference if plan else None
    has = {
        NoteKind.DISCHARGE: True,
        NoteKind.TELEPHONE: any(isinstance(each.body, PhoneCall) for each in pathway.timeline),
        NoteKind.CONFERENCE: bool(pathway.conference or proposed),
        NoteKind.REHABILITATION: any(isinstance(each, RehabilitationPlan) for each in received),
        NoteKind.ADMISSION: any(isinstance(each, AdmissionNotification) for each in received)
        or any(isinstance(each.body, _OF_ADMISSION) for each in pathway.timeline),
    }
    return tuple(kind for kind, is_there in has.items() if is_there)


def own_words_in(kind: NoteKind) -> tuple[str, ...]:
    """The fields of `OwnWords` that a kind of note has a section for, in its order."""
    return tuple(field for key in _KINDS[kind] for field in _OWN_WORDS.get(key, ()))


class _Writer:
    """One note being written."""

    def __init__(
        self,
        pathway: Pathway,
        order: Order,
        *,
        agreement: Agreement,
        checklist: Checklist | None,
        names: Mapping[str, str],
        now: dt.datetime,
    ) -> None:
        self._pathway = pathway
        self._plan = pathway.current_plan
        self._order = order
        self._admission = admission(pathway)
        self._agreement = agreement
        self._checklist = checklist
        self._names = names
        self._now = now
        dispatches: tuple[Reply | LetterSent | ReportSent, ...] = (
            *pathway.replies,
            *pathway.letters_sent,
            *pathway.reports_sent,
        )
        self._dispatches = {each.entry.id: each for each in dispatches}

    def sections(self) -> Iterator[Section]:
        """The sections of this kind of note that have content."""
        for key in _KINDS[self._order.kind]:
            heading, write = _SECTIONS[key]
            blocks = tuple(_without_bare_headings(write(self)))
            if blocks:
                yield Section(key=key, heading=heading, blocks=blocks)

    def source(self) -> str:
        """The message the note is drawn from: the current plan, else the last that came."""
        message = self._latest()
        if message is None:
            return f"Udtræk fra {PROGRAM}"
        letter = f" {message.letter_id}" if message.letter_id else ""
        return f"Udtræk fra {PROGRAM}. Kilde: {KIND_LABELS[type(message)]}{letter}"

    def _received(self, kind: object) -> Iterator[tuple[Entry, MessageReceived]]:
        for entry in self._pathway.timeline:
            body = entry.body
            if isinstance(body, MessageReceived) and isinstance(body.message, kind):  # type: ignore[arg-type]
                yield entry, body

    # --- 1 and 2: who and why -----------------------------------------------------------------

    def citizen(self) -> _Blocks:
        """Borger: the citizen, the relatives and the doctor."""
        citizen = self._pathway.citizen or Citizen()
        yield from _fact("Navn", citizen.name)
        key = citizen.key or ""
        is_replaced = key == compact_number(citizen.replacement_cpr)
        label = label_of(Citizen, "replacement_cpr" if is_replaced else "cpr")
        yield from _fact(label, format_cpr(key) if key else "")
        yield from _fact(label_of(Citizen, "street"), citizen.address)
        yield from _fact("Telefon", _numbers(citizen.telephones))
        plan = self._plan.message if self._plan else None
        for relative in plan.relatives if plan else ():
            yield from _fact(label_of(CarePlan, "relatives"), _relative(relative))
        message = self._latest()
        doctor = message.practitioner if message else None
        if doctor:
            yield from _fact("Egen læge", _listed(doctor.name, doctor.telephone))
        if plan:
            yield from _said(plan, "relatives_comment")

    def occasion(self) -> _Blocks:
        """Anledning: where the citizen is, why, and what was received."""
        message = self._latest()
        if message:
            yield from _fact("Henvendelse fra", message.sender.name)
            yield from _fact("Underskrevet af", _signers(message.sender))
            yield from _fact("Afdelingens telefon", _telephone(message.sender))
            yield from _fact(label_of(Message, "episode_id"), message.episode_id)
        yield from _fact("Indlagt", shown(self._pathway.admitted))
        yield Fact(label="Status", text=self._pathway.stay.label)
        for _, body in self._received(EndedTreatment):
            assert isinstance(body.message, EndedTreatment)  # noqa: S101 - for the type checker
            yield from _fact("Melding om færdigbehandling", shown(body.message.end_of_treatment))
        yield from _fact("Udskrevet", shown(self._pathway.discharged))
        if self._pathway.discharged_without_agreement:
            yield Paragraph(text="Borgeren er udskrevet, uden at der forelå en aftale.")
        if self._plan:
            yield from _said(self._plan.message, "cause_of_admission")
        rows = tuple(_message_row(body) for _, body in self._received(AnyMessage))
        if rows:
            yield Heading(text="Modtagne meddelelser")
            header = ("Meddelelse", "Sendt", "Modtaget", "Brevnummer")
            yield Table(
                title="Modtagne meddelelser", header=header, rows=rows, widths=(32, 23, 23, 22)
            )

    def _latest(self) -> Message | None:
        """The current plan, else the last letter that came."""
        if self._plan:
            return self._plan.message
        letters = [
            body.message
            for _, body in self._received(AnyMessage)
            if not isinstance(body.message, Receipt)
        ]
        return letters[-1] if letters else None

    # --- 3 to 6: the plan ---------------------------------------------------------------------

    def plan(self) -> _Blocks:
        """Resumé af plejeforløbsplan, and what changed between its versions."""
        if self._plan is None:
            return
        plan, versions = self._plan.message, self._pathway.plans
        count = f"{len(versions)} af {len(versions)}"
        yield Fact(
            label="Gældende version", text=f"{count}, modtaget {_at(self._plan.received_at)}"
        )
        for field in ("expected_end_of_treatment", "agreed_discharge"):
            yield from _said(plan, field)
        for field in ("agreed_discharge_comment", "expected_course", "risk_of_contagion"):
            yield from _said(plan, field)
        for number, (before, after) in enumerate(itertools.pairwise(versions), 1):
            yield from _changes(before, after, number)
        for extra in plan.extra:
            yield from _raw(extra)

    def abilities(self) -> _Blocks:
        """Funktionsevne: the hospital's score word for word, and the number it stands for."""
        ability = self._plan.message.ability if self._plan else None
        if ability is None:
            return
        yield from _fact("Relevans", in_danish("relevance", ability.relevance or ""))
        yield from _fact("Sidst ændret", shown(ability.last_modified))
        rows = []
        for each in ability.scores:
            known = limitation(each.score or "")
            suggested = str(known.score) if known else ""
            name = each.description or each.code or ""
            rows.append((name, each.score or "", suggested, str(each.comment or "")))
        if rows:
            header = ("Tilstand", "Sygehusets score", "FSIII 0–4 (forslag)", "Sygehusets kommentar")
            yield Table(
                title="Funktionsevne ved udskrivelsen",
                header=header,
                rows=tuple(rows),
                widths=(26, 20, 16, 38),
            )

    def problems(self) -> _Blocks:
        """Sygeplejefaglige problemområder: only those with content."""
        for area in self._plan.message.nursing_problem_areas if self._plan else ():
            yield from _quote(area.text, area.description or area.code or "Problemområde")

    def coordination(self) -> _Blocks:
        """Behov for yderligere koordinering."""
        if self._plan is None:
            return
        yield from _facts_first(_said(self._plan.message, field) for field in _COORDINATION)

    # --- 7, 8, 10 and 15: the author's own words ----------------------------------------------

    def wishes(self) -> _Blocks:
        """Borgerens og pårørendes ønsker."""
        if self._order.own.wishes.strip():
            yield Quote(text=self._order.own.wishes, source="Borgerens og pårørendes egne ord")

    def assessment(self) -> _Blocks:
        """Faglig vurdering: Behov, Årsag, Symptomer."""
        own = self._order.own
        for heading, text in (
            ("Behov", own.needs),
            ("Årsag", own.cause),
            ("Symptomer", own.symptoms),
        ):
            if text.strip():
                yield Heading(text=heading)
                yield Paragraph(text=text)

    def decided(self) -> _Blocks:
        """Aftale og beslutning."""
        if self._pathway.agreement and self._plan:
            agreed = self._plan.message.agreed_discharge
            yield Fact(
                label="Aftale om udskrivelse", text=shown(agreed) or "Indgået uden dato i planen"
            )
        if self._pathway.agreement_superseded:
            yield Paragraph(text="En tidligere aftale bortfaldt, da der kom en ny plan.")
        if self._order.own.decided.strip():
            yield Paragraph(text=self._order.own.decided)
        if self._pathway.agreement or self._order.own.decided.strip():
            yield Paragraph(text=NO_DECISION)

    def follow_up(self) -> _Blocks:
        """Opfølgning og opgaver."""
        if self._order.own.follow_up.strip():
            yield Paragraph(text=self._order.own.follow_up)

    # --- 9: what was said ---------------------------------------------------------------------

    def answer(self) -> _Blocks:
        """Svar til sygehus: the deadlines, then everything that was said, word for word."""
        for number, version in enumerate(self._pathway.plans, start=1):
            yield from self._deadline(version, number)
        minutes = self._minutes() if NoteKind.TELEPHONE is not self._order.kind else None
        for entry in self._pathway.timeline:
            if minutes is None or entry.id != minutes[0].id:
                yield from self._letter(entry)

    def _deadline(self, version: PlanVersion, number: int) -> _Blocks:
        """By when a version had to be answered, and whether it was."""
        is_only = len(self._pathway.plans) == 1
        of = "" if is_only else f" (version {number})"
        duty = self._duty(version.message, version.received_at)
        answered = next(
            (
                reply
                for reply in self._pathway.replies
                if reply.counts and reply.sent.answers.plan == version.entry_id
            ),
            None,
        )
        if duty is not None and duty.due is not None:
            yield Fact(label=f"Svarfrist{of}", text=_due(duty.due))
        elif duty is not None:
            yield Fact(label=f"Svarfrist{of}", text=duty.text)
        is_current = self._plan is not None and version.entry_id == self._plan.entry_id
        yield Fact(label=f"Svar{of}", text=self._kept(duty, answered, is_current=is_current))

    def _kept(self, duty: Duty | None, answered: Reply | None, *, is_current: bool) -> str:
        """Whether an answer was in time, in one sentence."""
        due = duty.due if duty else None
        if answered is None and not is_current:
            return "Ikke besvaret, før der kom en ny version"
        if answered is None:
            is_late = due is not None and due.is_passed(self._now)
            return "Ikke besvaret. Fristen er overskredet." if is_late else "Ikke besvaret endnu"
        said = category_label(answered.sent.category, self._agreement)
        at = answered.entry.occurred_at
        text = f"{said}, {_at(at)}, af {self._name(answered.entry)}"
        if is_current and self._pathway.is_undelivered:
            return f"{text}. Svaret er ikke nået frem til sygehuset."
        if due is None:
            return text
        return f"{text}. {'Efter fristen.' if due.is_passed(at) else 'Rettidigt.'}"

    def _duty(self, message: AnyMessage, received_at: dt.datetime) -> Duty | None:
        try:
            duties = agenda(message, received_at, self._agreement).duties
        except CalendarRangeError:
            return None
        return duties[0] if duties else None

    def _letter(self, entry: Entry) -> _Blocks:
        """Something said by either side, word for word; nothing of what was not said."""
        body = entry.body
        if isinstance(body, MessageReceived) and isinstance(body.message, Correspondence):
            yield from self._received_letter(body, body.message)
            return
        who = self._name(entry)
        match body:
            case ReplySent():
                title, text = category_label(body.category, self._agreement), body.comment
            case CorrespondenceSent():
                purpose = purpose_label(body.purpose, self._agreement)
                title, text = _listed(body.subject, purpose), body.text
            case PhoneCall():
                yield Heading(text=f"{_at(body.at)} – Telefonisk aftale, {who}")
                yield Fact(label="Talt med", text=body.whom)
                yield from _written(body.text, f"Telefonnotat af {who}")
                return
            case _:
                return
        yield Heading(text=f"{_at(entry.occurred_at)} – Sendt: {title}")
        yield Fact(label="Afsender", text=_signed(body, who))
        yield from self._transit(entry)
        yield from _written(text, "Kommunens ord")

    def _received_letter(self, body: MessageReceived, letter: Correspondence) -> _Blocks:
        subject = letter.subject or KIND_LABELS[Correspondence]
        yield Heading(text=f"{_at(body.received_at)} – Modtaget: {subject}")
        yield from _fact("Afsender", letter.sender.name)
        for text in letter.texts:
            yield from _words(text, f"Ordret fra {letter.sender.name or 'afsenderen'}")
        for each in letter.references:
            yield from _fact("Henvisning eller bilag", shown(each))

    def _transit(self, entry: Entry) -> _Blocks:
        dispatch: Dispatch | None = self._dispatches.get(entry.id)
        if dispatch is None:
            return
        yield Fact(label="Forsendelse", text=dispatch.transit.label)
        if isinstance(dispatch, Reply) and not dispatch.counts:
            yield Paragraph(text="Svaret gælder ikke: et andet svar eller en ny plan kom først.")

    def _name(self, entry: Entry | Said) -> str:
        return self._names.get(entry.author, entry.author)

    # --- 11 to 13 and 16: what follows --------------------------------------------------------

    def conference(self) -> _Blocks:
        """Konference: what was proposed, what was agreed, and the minutes."""
        proposed = self._plan.message.conference if self._plan else None
        agreed, minutes = self._pathway.conference, self._minutes()
        if proposed is not None:
            yield from _fact("Foreslået af sygehuset", shown(proposed.at))
            if proposed.video is not None:
                yield Fact(label="Videokonference", text="Ja" if proposed.video else "Nej")
            yield from _quote(proposed.comment, "Udskrivningskonference")
        if agreed is not None:
            form = agreed.form.label if agreed.form else ""
            yield from _fact("Aftalt", _listed(shown(agreed.at), form))
        if (agreed or proposed) and self._agreement.coordination.agenda:
            yield Heading(text="Dagsorden efter aftalen")
            for number, point in enumerate(self._agreement.coordination.agenda, start=1):
                yield Paragraph(text=f"{number}. {point}")
        if minutes is not None:
            yield from self._received_letter(*minutes[1:])

    def _minutes(self) -> tuple[Entry, MessageReceived, Correspondence] | None:
        agreed = self._pathway.conference
        for entry, body in self._received(Correspondence):
            if agreed and entry.id == agreed.minutes and isinstance(body.message, Correspondence):
                return entry, body, body.message
        return None

    def rehabilitation(self) -> _Blocks:
        """Genoptræningsplan (GOP): who starts by when, and what the plan says."""
        for _, body in self._received(RehabilitationPlan):
            plan = body.message
            yield Heading(text=f"{KIND_LABELS[type(plan)]} modtaget {_at(body.received_at)}")
            yield from _fact("Fra", plan.sender.name)
            yield from self._fact_of_duty(plan, body.received_at)
            yield from _everything(plan)

    def _fact_of_duty(self, message: AnyMessage, received_at: dt.datetime) -> _Blocks:
        duty = self._duty(message, received_at)
        if duty is None:
            return
        actor = "kommunen" if duty.actor == "municipality" else "sygehuset"
        if duty.due is not None:
            yield Fact(label="Frist", text=f"{_due(duty.due)}: {duty.label}, {actor}")
        yield Fact(label="Regel", text=duty.text)

    def report(self) -> _Blocks:
        """Udskrivningsrapport."""
        for _, body in self._received(DischargeReport):
            yield Heading(text=f"Modtaget {_at(body.received_at)}")
            yield from _fact("Fra", body.message.sender.name)
            yield from _everything(body.message)

    def responsibility(self) -> _Blocks:
        """The hospital's responsibility after the discharge, and whom to call."""
        found = [
            body
            for _, body in self._received(DischargeNotification | DischargeReport)
            if not body.message.is_cancelled
        ]
        for body in found[-1:]:
            yield from self._fact_of_duty(body.message, body.received_at)
            yield from _fact("Afdelingens telefon", _telephone(body.message.sender))

    def admission(self) -> _Blocks:
        """Indlæggelse: what the notification says, and what the municipality has to send."""
        for _, body in self._received(AdmissionNotification):
            message = body.message
            yield Heading(text=f"{KIND_LABELS[type(message)]} modtaget {_at(body.received_at)}")
            yield from _fact("Fra", message.sender.name)
            yield from _fact("Afdelingens telefon", _telephone(message.sender))
            if message.is_cancelled:
                yield Paragraph(text="Meddelelsen annullerer en tidligere meddelelse.")
            yield from _everything(message)
            yield from self._fact_of_duty(message, body.received_at)
        for entry in self._pathway.timeline:
            if isinstance(entry.body, AdmissionEntered):
                yield Heading(text=f"{entry_title(entry)} {self._by(entry)}")
                yield from _fact("Indlagt", shown(entry.body.admitted))
                yield from _fact("Afdeling", entry.body.ward)

    # --- 14: what was brought along, and the admission report ---------------------------------

    def brought(self) -> _Blocks:
        """Medbragt ved indlæggelse: only when somebody recorded something of this stay."""
        found = self._admission
        if found is None:
            return
        if found.present is not None:
            yield from self._present(found.present)
        if found.parts:
            header = ("Genstand", "Status", "Notat", "Noteret")
            rows = tuple(self._part_rows(found))
            title = self._checklist.title if self._checklist else "Medbragt ved indlæggelsen"
            yield Table(title=title, header=header, rows=rows, widths=(34, 15, 26, 25))
        if found.follow_ups:
            title = "Opfølgning på det, der manglede"
            yield Heading(text=title)
            header = ("Genstand", "Meldt manglende", "Ansvarlig", "Afsluttet")
            rows = tuple(self._follow_up_row(each) for each in found.follow_ups)
            yield Table(title=title, header=header, rows=rows, widths=(24, 28, 20, 28))

    def _present(self, present: Present) -> _Blocks:
        """Whether an employee of the municipality was in the home, and who."""
        said = _listed("Ja", present.who) if present.was_present else "Nej"
        text = f"{said} (noteret {self._by(present.said)})"
        yield Fact(label="Til stede ved indlæggelsen", text=text)

    def _part_rows(self, found: Admission) -> Iterator[tuple[str, str, str, str]]:
        """Every part of the list, and what was said of a part the list no longer has."""
        parts = self._checklist.parts if self._checklist else ()
        labels_of = {each.code: _with_always(each.label, each.always) for each in parts}
        for code in dict.fromkeys((*labels_of, *found.parts)):
            tick = found.parts.get(code)
            if tick is None or tick.state is None:
                yield labels_of[code], "Ikke oplyst", "", ""
            else:
                yield labels_of.get(code, code), tick.state.label, tick.note, self._by(tick.said)

    def _follow_up_row(self, each: FollowUp) -> tuple[str, str, str, str]:
        parts = self._checklist.parts if self._checklist else ()
        label = next((part.label for part in parts if part.code == each.part), each.part)
        owner = self._names.get(each.owner, each.owner) if each.owner else "Ingen"
        opened = "\n".join(part for part in (self._by(each.opened), each.note) if part)
        if each.closed is None:
            return label, opened, owner, "Nej"
        text = each.text or "Rettet på tjeklisten"
        return label, opened, owner, f"{self._by(each.closed)}\n{text}"

    def _by(self, said: Entry | Said) -> str:
        at = said.at if isinstance(said, Said) else said.occurred_at
        return f"{_at(at)} af {self._name(said)}"

    def admission_report(self) -> _Blocks:
        """The admission report: by when, whether it was sent by then, and every word of it."""
        found = self._admission
        if found is None:
            return
        due = report_due(found, self._agreement)
        if due.state is ReportState.NO_LONGER and not found.reports:
            return
        yield from _fact("Frist", _due(due.due) if due.due else due.text)
        is_late = due.state in OPEN_REPORT and due.due and due.due.is_passed(self._now)
        late = ". Fristen er overskredet." if is_late else ""
        yield Fact(label="Status", text=f"{due.state.label}{late}")
        if found.not_needed is not None and due.state is ReportState.NOT_NEEDED:
            by = self._by(found.not_needed.said)
            yield Fact(label="Begrundelse", text=f"{found.not_needed.reason} (noteret {by})")
        for each in found.reports:
            yield from self._admission_report(each)

    def _admission_report(self, report: ReportSent) -> _Blocks:
        entry, sent = report.entry, report.sent
        yield Heading(text=f"{_at(entry.occurred_at)} – {sent.channel.label}")
        yield Fact(label="Afsender", text=_signed(sent, self._name(entry)))
        if sent.channel is ReportChannel.LETTER:
            yield from self._transit(entry)
        labels_of = {
            each.code: each.label for each in self._agreement.admission_report.mandatory_texts
        }
        for each in sent.texts:
            yield from _written(each.text, labels_of.get(each.code, each.code))
        yield from _written(sent.supplement, "Supplerende oplysninger")
        confirmed = sent.confirmed.label if sent.confirmed else "Ikke oplyst"
        yield Fact(label=CONFIRMED, text=confirmed)

    def log(self) -> _Blocks:
        """Log: who did what when. That somebody has looked is in the journal only."""
        rows = [
            row
            for entry in self._pathway.timeline
            if not isinstance(entry.body, Opened)
            for row in (self._log_row(entry),)
        ]
        if rows:
            header = ("Tidspunkt", "Hvem", "Hændelse")
            yield Table(
                title="Hvem har gjort hvad hvornår",
                header=header,
                rows=tuple(rows),
                widths=(25, 35, 40),
            )

    def _log_row(self, entry: Entry) -> tuple[str, str, str]:
        body = entry.body
        at, who, what = entry.occurred_at, self._name(entry), entry_title(entry)
        match body:
            case MessageReceived(message=message, received_at=received_at):
                what = f"{KIND_LABELS[type(message)]} modtaget"
                at, who = received_at, message.sender.name or _BY_ITSELF
            case ReplySent(category=category):
                what = f"Svar: {category_label(category, self._agreement)}"
            case NoteExported(note=note, way=way):
                what = f"{what}: {note.label} ({way.label.lower()})"
            case ChecklistExported(way=way):
                what = f"{what} ({way.label.lower()})"
            case ReplyHandedOver():
                who, what = _BY_ITSELF, Transit.HANDED_OVER.label
            case DeliveryFailed(reason=reason):
                who, what = _BY_ITSELF, f"{Transit.ATTENTION.label}: {reason}"
        return _at(at), who, what


_SECTIONS: dict[str, tuple[str, Callable[[_Writer], _Blocks]]] = {
    "borger": ("Borger", _Writer.citizen),
    "anledning": ("Anledning", _Writer.occasion),
    "indlaeggelse": ("Indlæggelse", _Writer.admission),
    "plan": ("Resumé af plejeforløbsplan", _Writer.plan),
    "funktionsevne": ("Funktionsevne", _Writer.abilities),
    "problemomraader": ("Sygeplejefaglige problemområder", _Writer.problems),
    "koordinering": ("Behov for yderligere koordinering", _Writer.coordination),
    "oensker": ("Borgerens og pårørendes ønsker", _Writer.wishes),
    "vurdering": ("Faglig vurdering", _Writer.assessment),
    "svar": ("Svar til sygehus", _Writer.answer),
    "aftale": ("Aftale og beslutning", _Writer.decided),
    "konference": ("Konference", _Writer.conference),
    "genoptraening": ("Genoptræningsplan", _Writer.rehabilitation),
    "rapport": ("Udskrivningsrapport", _Writer.report),
    "ansvar": ("Sygehusets behandlingsansvar", _Writer.responsibility),
    "medbragt": ("Medbragt ved indlæggelse", _Writer.brought),
    "indlaeggelsesrapport": (REPORT_SUBJECT, _Writer.admission_report),
    "opfoelgning": ("Opfølgning og opgaver", _Writer.follow_up),
    "log": ("Log", _Writer.log),
}
"""Key -> heading and who writes it, in the order of casenote §4."""

_OWN_WORDS = {
    "oensker": ("wishes",),
    "vurdering": ("needs", "cause", "symptoms"),
    "aftale": ("decided",),
    "opfoelgning": ("follow_up",),
}
"""Section -> what its author writes in it."""

_ALL = tuple(key for key in _SECTIONS if key not in {"indlaeggelse", "indlaeggelsesrapport"})
_KINDS: dict[NoteKind, tuple[str, ...]] = {
    NoteKind.DISCHARGE: _ALL,
    NoteKind.TELEPHONE: ("borger", "anledning", "svar", "aftale", "opfoelgning"),
    NoteKind.CONFERENCE: ("borger", "oensker", "aftale", "konference", "opfoelgning"),
    NoteKind.REHABILITATION: ("borger", "vurdering", "genoptraening", "opfoelgning"),
    NoteKind.ADMISSION: (
        "borger",
        "indlaeggelse",
        "medbragt",
        "indlaeggelsesrapport",
        "opfoelgning",
        "log",
    ),
}
"""The variants of casenote §4."""


# --- pieces ---------------------------------------------------------------------------------------


def _without_bare_headings(blocks: Iterable[AnyBlock]) -> _Blocks:
    """The blocks but the headings that nothing stands under."""
    waiting: Heading | None = None
    for block in blocks:
        if isinstance(block, Heading):
            waiting = block
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        yield block


def _fact(label: str, text: str | None) -> _Blocks:
    if text and text.strip():
        yield Fact(label=label, text=text)


def _said(struct: Message, field: str) -> _Blocks:
    """A field of a message: free text as a quotation, all else as a fact."""
    value = getattr(struct, field)
    label = label_of(type(struct), field)
    if isinstance(value, RichText):
        yield from _quote(value, label)
    else:
        yield from _fact(label, shown(value))


def _quote(text: RichText | None, label: str) -> _Blocks:
    if text is not None and text.text.strip():
        yield Heading(text=label)
        yield from _words(text, "Sygehusets ord")


def _words(text: RichText, source: str) -> _Blocks:
    if text.text.strip():
        is_fixed = any(span.style is Style.FIXED for span in text.spans)
        yield Quote(text=text.text, source=source, is_fixed=is_fixed)


def _written(text: str, source: str) -> _Blocks:
    if text.strip():
        yield Quote(text=text, source=source)


def _everything(message: Message) -> _Blocks:
    """Every value a message has of its own, under the label of its field."""
    own = [name for name in labels(type(message)) if name not in _OF_EVERY_LETTER]
    yield from _facts_first(_value(message, name) for name in own)
    for extra in message.extra:
        yield from _raw(extra)


def _facts_first(found: Iterable[_Blocks]) -> _Blocks:
    """The same with every fact before the headings, under which it would seem to belong."""
    blocks = [block for each in found for block in each]
    yield from (block for block in blocks if isinstance(block, Fact))
    yield from (block for block in blocks if not isinstance(block, Fact))


def _value(message: Message, name: str) -> _Blocks:
    """One field; a plan that was read out of a text does not repeat the text."""
    value = getattr(message, name)
    label = label_of(type(message), name)
    is_repeated = isinstance(message, RehabilitationPlan) and message.sections and name == "texts"
    if is_repeated or value is False:
        return
    if not isinstance(value, tuple):
        yield from _said(message, name)
    elif any(isinstance(item, RichText) for item in value):
        for item in value:
            yield from _quote(item, label)
    else:
        yield from _items(value, label)


def _items(items: tuple[msgspec.Struct, ...], label: str) -> _Blocks:
    """The items of a list; the free text of an item is a quotation under what it is about."""
    for item in items:
        texts = [
            value
            for name in item.__struct_fields__
            if isinstance(value := getattr(item, name), RichText) and value
        ]
        if not texts:
            yield from _fact(label, shown(item))
            continue
        about = (getattr(item, name, None) for name in ("heading", "description", "title"))
        subject = next((each for each in about if each), label)
        for text in texts:
            yield from _quote(text, subject)


def _raw(extra: RawField) -> _Blocks:
    """A text no field holds: it may matter, so it stands in the note as it came."""
    if extra.value.strip():
        yield Heading(text=extra.label or extra.path)
        yield Quote(text=extra.value, source="Sygehusets ord")


def _changes(before: PlanVersion, after: PlanVersion, number: int) -> _Blocks:
    rows = tuple(
        (
            change.label,
            _as_read(change, change.before) or "Ikke oplyst",
            _as_read(change, change.after) or "Ikke længere oplyst",
        )
        for change in diff_plans(before.message, after.message)
    )
    title = f"Ændringer fra version {number} til {number + 1}"
    yield Heading(text=title)
    yield Fact(label="Modtaget", text=_at(after.received_at))
    if rows:
        yield Table(title=title, header=("Felt", "Før", "Nu"), rows=rows, widths=(28, 36, 36))
    else:
        yield Paragraph(text="Ingen ændringer i indholdet.")


def _as_read(change: PlanChange, value: str | None) -> str:
    """One side of a change; a code stands in Danish, as on the screen."""
    return in_danish(change.path.rpartition(".")[2], value or "")


def _message_row(body: MessageReceived) -> tuple[str, str, str, str]:
    message = body.message
    name = KIND_LABELS[type(message)]
    if message.is_cancelled:
        name = f"{name} (annulleret)"
    sent = shown(message.sent_at or message.authorised_at) or ""
    return name, sent, _at(body.received_at), message.letter_id or ""


def _signed(body: ReplySent | CorrespondenceSent | AdmissionReportSent, who: str) -> str:
    signature = body.signature
    return _listed(signature.name, signature.title, signature.telephone) if signature else who


def _relative(relative: Relative) -> str:
    informed = {True: "orienteret", False: "ikke orienteret", None: ""}[relative.informed]
    relation = in_danish("relation", relative.relation or "")
    return _listed(relative.name, relation, _numbers(relative.telephones), relative.email, informed)


def _numbers(telephones: Iterable[object]) -> str:
    return ", ".join(number for each in telephones if (number := getattr(each, "number", None)))


def _signers(sender: Organisation) -> str:
    return "; ".join(_listed(each.name, each.title) for each in sender.signers)


def _telephone(sender: Organisation) -> str:
    numbers = (sender.telephone, *(contact.telephone for contact in sender.contacts))
    return next((number for number in numbers if number), "")


def _with_always(label: str, always: str) -> str:
    return f"{label} ({always})" if always else label


def _listed(*said: str | None) -> str:
    return ", ".join(each for each in said if each)


def _at(instant: dt.datetime) -> str:
    return shown(to_copenhagen(instant)) or ""


def _due(due: Due) -> str:
    return f"{due.local:%d-%m-%Y}" if due.whole_day else _at(due.at)
