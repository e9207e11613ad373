"""Indlæggelse: the stay, what was brought along, and the report (casenote §4, point 14)."""

from collections.abc import Iterator

from visitator.domain.admission import CONFIRMED, Admission, FollowUp, Present, report_due
from visitator.domain.admission import OPEN as OPEN_REPORT
from visitator.domain.entries import AdmissionEntered, ReportChannel
from visitator.domain.messages import KIND_LABELS, AdmissionNotification
from visitator.domain.pathway import ReportSent
from visitator.domain.plan_diff import shown
from visitator.domain.terms import ReportState
from visitator.domain.titles import entry_title
from visitator.export.note import Fact, Heading, Paragraph, Table
from visitator.export.notes import say
from visitator.export.notes.case import Case
from visitator.export.notes.say import Blocks


def admission(case: Case) -> Blocks:
    """Indlæggelse: what the notification says, and what the municipality has to send."""
    for _, body in case.received(AdmissionNotification):
        message = body.message
        yield Heading(text=f"{KIND_LABELS[type(message)]} modtaget {say.at(body.received_at)}")
        yield from say.fact("Fra", message.sender.name)
        yield from say.fact("Afdelingens telefon", say.telephone(message.sender))
        if message.is_cancelled:
            yield Paragraph(text="Meddelelsen annullerer en tidligere meddelelse.")
        yield from say.everything(message)
        yield from case.fact_of_duty(message, body.received_at)
    for entry in case.pathway.timeline:
        if isinstance(entry.body, AdmissionEntered):
            yield Heading(text=f"{entry_title(entry)} {case.by(entry)}")
            yield from say.fact("Indlagt", shown(entry.body.admitted))
            yield from say.fact("Afdeling", entry.body.ward)


def brought(case: Case) -> Blocks:
    """Medbragt ved indlæggelse: only when somebody recorded something of this stay."""
    found = case.admission
    if found is None:
        return
    if found.present is not None:
        yield from _present(case, found.present)
    if found.parts:
        header = ("Genstand", "Status", "Notat", "Noteret")
        rows = tuple(_part_rows(case, found))
        title = case.checklist.title if case.checklist else "Medbragt ved indlæggelsen"
        yield Table(title=title, header=header, rows=rows, widths=(34, 15, 26, 25))
    if found.follow_ups:
        title = "Opfølgning på det, der manglede"
        yield Heading(text=title)
        header = ("Genstand", "Meldt manglende", "Ansvarlig", "Afsluttet")
        rows = tuple(_follow_up_row(case, each) for each in found.follow_ups)
        yield Table(title=title, header=header, rows=rows, widths=(24, 28, 20, 28))


def _present(case: Case, present: Present) -> Blocks:
    """Whether an employee of the municipality was in the home, and who."""
    said = say.listed("Ja", present.who) if present.was_present else "Nej"
    text = f"{said} (noteret {case.by(present.said)})"
    yield Fact(label="Til stede ved indlæggelsen", text=text)


def _part_rows(case: Case, found: Admission) -> Iterator[tuple[str, str, str, str]]:
    """Every part of the list, and what was said of a part the list no longer has."""
    parts = case.checklist.parts if case.checklist else ()
    labels_of = {each.code: _with_always(each.label, each.always) for each in parts}
    for code in dict.fromkeys((*labels_of, *found.parts)):
        tick = found.parts.get(code)
        if tick is None or tick.state is None:
            yield labels_of[code], "Ikke oplyst", "", ""
        else:
            yield labels_of.get(code, code), tick.state.label, tick.note, case.by(tick.said)


def _follow_up_row(case: Case, each: FollowUp) -> tuple[str, str, str, str]:
    parts = case.checklist.parts if case.checklist else ()
    label = next((part.label for part in parts if part.code == each.part), each.part)
    owner = case.names.get(each.owner, each.owner) if each.owner else "Ingen"
    opened = "\n".join(part for part in (case.by(each.opened), each.note) if part)
    if each.closed is None:
        return label, opened, owner, "Nej"
    text = each.text or "Rettet på tjeklisten"
    return label, opened, owner, f"{case.by(each.closed)}\n{text}"


def admission_report(case: Case) -> Blocks:
    """The admission report: by when, whether it was sent by then, and every word of it."""
    found = case.admission
    if found is None:
        return
    due = report_due(found, case.agreement)
    if due.state is ReportState.NO_LONGER and not found.reports:
        return
    yield from say.fact("Frist", say.due(due.due) if due.due else due.text)
    is_late = due.state in OPEN_REPORT and due.due and due.due.is_passed(case.now)
    late = ". Fristen er overskredet." if is_late else ""
    yield Fact(label="Status", text=f"{due.state.label}{late}")
    if found.not_needed is not None and due.state is ReportState.NOT_NEEDED:
        by = case.by(found.not_needed.said)
        yield Fact(label="Begrundelse", text=f"{found.not_needed.reason} (noteret {by})")
    for each in found.reports:
        yield from _one_report(case, each)


def _one_report(case: Case, report: ReportSent) -> Blocks:
    entry, sent = report.entry, report.sent
    yield Heading(text=f"{say.at(entry.occurred_at)} – {sent.channel.label}")
    yield Fact(label="Afsender", text=say.signed(sent, case.name(entry)))
    if sent.channel is ReportChannel.LETTER:
        yield from case.transit(entry)
    labels_of = {each.code: each.label for each in case.agreement.admission_report.mandatory_texts}
    for each in sent.texts:
        yield from say.written(each.text, labels_of.get(each.code, each.code))
    yield from say.written(sent.supplement, "Supplerende oplysninger")
    confirmed = sent.confirmed.label if sent.confirmed else "Ikke oplyst"
    yield Fact(label=CONFIRMED, text=confirmed)


def _with_always(label: str, always: str) -> str:
    return f"{label} ({always})" if always else label
