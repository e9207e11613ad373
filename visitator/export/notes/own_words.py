"""What only the author can say (casenote §4, points 7, 8, 10 and 15)."""

from visitator.domain.plan_diff import shown
from visitator.export.note import Fact, Heading, Paragraph, Quote
from visitator.export.notes.case import Case
from visitator.export.notes.say import Blocks

NO_DECISION = (
    "Notatet er ikke en afgørelse. En afgørelse med begrundelse og klagevejledning gives i et "
    "særskilt brev."
)
"""A note must not pretend to be the decision (casenote §4, point 10)."""


def wishes(case: Case) -> Blocks:
    """Borgerens og pårørendes ønsker."""
    if case.order.own.wishes.strip():
        yield Quote(text=case.order.own.wishes, source="Borgerens og pårørendes egne ord")


def assessment(case: Case) -> Blocks:
    """Faglig vurdering: Behov, Årsag, Symptomer."""
    own = case.order.own
    for heading, text in (
        ("Behov", own.needs),
        ("Årsag", own.cause),
        ("Symptomer", own.symptoms),
    ):
        if text.strip():
            yield Heading(text=heading)
            yield Paragraph(text=text)


def decided(case: Case) -> Blocks:
    """Aftale og beslutning."""
    if case.pathway.agreement and case.plan:
        agreed = case.plan.message.agreed_discharge
        yield Fact(
            label="Aftale om udskrivelse", text=shown(agreed) or "Indgået uden dato i planen"
        )
    if case.pathway.agreement_superseded:
        yield Paragraph(text="En tidligere aftale bortfaldt, da der kom en ny plan.")
    if case.order.own.decided.strip():
        yield Paragraph(text=case.order.own.decided)
    if case.pathway.agreement or case.order.own.decided.strip():
        yield Paragraph(text=NO_DECISION)


def follow_up(case: Case) -> Blocks:
    """Opfølgning og opgaver."""
    if case.order.own.follow_up.strip():
        yield Paragraph(text=case.order.own.follow_up)
