"""Log: who did what when (casenote §4, point 16)."""

from visitator.domain.entries import (
    ChecklistExported,
    DeliveryFailed,
    Entry,
    MessageReceived,
    NoteExported,
    Opened,
    ReplyHandedOver,
    ReplySent,
)
from visitator.domain.letters import category_label
from visitator.domain.messages import KIND_LABELS
from visitator.domain.terms import Transit
from visitator.domain.titles import entry_title
from visitator.export.note import Table
from visitator.export.notes import say
from visitator.export.notes.case import Case
from visitator.export.notes.say import Blocks

_BY_ITSELF = f"{say.PROGRAM} (automatisk)"


def log(case: Case) -> Blocks:
    """Log: who did what when. That somebody has looked is in the journal only."""
    rows = [
        row
        for entry in case.pathway.timeline
        if not isinstance(entry.body, Opened)
        for row in (_log_row(case, entry),)
    ]
    if rows:
        header = ("Tidspunkt", "Hvem", "Hændelse")
        yield Table(
            title="Hvem har gjort hvad hvornår",
            header=header,
            rows=tuple(rows),
            widths=(25, 35, 40),
        )


def _log_row(case: Case, entry: Entry) -> tuple[str, str, str]:
    body = entry.body
    at, who, what = entry.occurred_at, case.name(entry), entry_title(entry)
    match body:
        case MessageReceived(message=message, received_at=received_at):
            what = f"{KIND_LABELS[type(message)]} modtaget"
            at, who = received_at, message.sender.name or _BY_ITSELF
        case ReplySent(category=category):
            what = f"Svar: {category_label(category, case.agreement)}"
        case NoteExported(note=note, way=way):
            what = f"{what}: {note.label} ({way.label.lower()})"
        case ChecklistExported(way=way):
            what = f"{what} ({way.label.lower()})"
        case ReplyHandedOver():
            who, what = _BY_ITSELF, Transit.HANDED_OVER.label
        case DeliveryFailed(reason=reason):
            who, what = _BY_ITSELF, f"{Transit.ATTENTION.label}: {reason}"
    return say.at(at), who, what
