"""What can be answered in a pathway now, and what the one who answers needs at hand."""

import datetime as dt
import enum
import tomllib
from pathlib import Path
from typing import Annotated

import msgspec

from visitator.app.labelled import point_of
from visitator.app.plans import sender_contact
from visitator.app.steps import hospital_deadline
from visitator.app.views import Answering, Option, ReplyChoice
from visitator.domain.agreement import Agreement, Choice
from visitator.domain.letters import MAX_SUBJECT, addressee
from visitator.domain.messages import KIND_LABELS, CarePlan
from visitator.domain.moment import Moment
from visitator.domain.pathway import Pathway
from visitator.domain.terms import Stay
from visitator.resources import ResourceError, resource_folder

TOPICS_FILE = "spoergsmaal.toml"


class WhyNot(enum.StrEnum):
    """Why a plan cannot be answered."""

    NO_PLAN = "Forløbet har ingen plejeforløbsplan at svare på."
    NO_CATEGORIES = "Aftaleprofilen har ingen svarkategorier. Skriv til sygehuset i stedet."
    AGREED = "Planen er besvaret og gælder som aftale om udskrivelse."
    LAPSED = "Forløbet er bortfaldet."
    CLOSED = "Forløbet er afsluttet."


_Text = Annotated[str, msgspec.Meta(min_length=1)]


class _Topic(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something one can ask the hospital about."""

    code: _Text
    label: _Text
    text: _Text


class _Topics(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    topics: tuple[_Topic, ...]


def load_topics(folder: Path | None = None) -> tuple[Option, ...]:
    """What one can ask about, with the phrase each writes; the program's own suggestions.

    Args:
        folder: where the file is; `resources/phrases` without it.

    Raises:
        ResourceError: the file is missing, or is not a list of topics.
    """
    file = (folder or resource_folder("phrases")) / TOPICS_FILE
    try:
        found = msgspec.toml.decode(file.read_bytes(), type=_Topics).topics
    except OSError as error:
        raise ResourceError(f"Filen '{TOPICS_FILE}' mangler i 'resources/phrases'.") from error
    except (msgspec.DecodeError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ResourceError(f"Filen '{TOPICS_FILE}' kan ikke læses ({error}).") from error
    if len({topic.code for topic in found}) != len(found):
        raise ResourceError(f"Filen '{TOPICS_FILE}' bruger den samme 'code' to gange.")
    return tuple(Option(code=each.code, label=each.label, text=each.text) for each in found)


def state_token(pathway: Pathway) -> bytes:
    """The state an answer written now is to; empty when there is no plan."""
    return msgspec.json.encode(pathway.to_answer) if pathway.to_answer else b""


def answering(
    pathway: Pathway, *, agreement: Agreement, now: dt.datetime, topics: tuple[Option, ...]
) -> Answering:
    """What can be answered now.

    Args:
        pathway: the fold.
        agreement: the profile with the categories and their meaning.
        now: aware instant at which a question would be asked.
        topics: what one can ask about.
    """
    plan = pathway.current_plan
    letter = addressee(pathway)
    ward = sender_contact(letter.sender) if letter else None
    reply, coordination = agreement.care_plan.reply, agreement.coordination
    planned = plan.message.planned_discharge if plan else None
    due = hospital_deadline(now, agreement)
    why_not = _why_not(pathway, agreement)
    return Answering(
        can_answer=why_not is None,
        why_not=why_not.value if why_not else "",
        choices=tuple(
            ReplyChoice(code=each.code, label=each.label, meaning=each.meaning)
            for each in reply.categories
        ),
        ok_is_agreement=bool(reply.ok_without_comment_is_agreement),
        subject=agreement.correspondence.reply_subject or KIND_LABELS[CarePlan],
        state_token=state_token(pathway),
        to=ward.name if ward else "",
        telephone=ward.telephone if ward else "",
        topics=topics,
        triggers=_options(coordination.triggers),
        forms=_options(coordination.forms),
        purposes=_options(agreement.ambulatory.purposes),
        hospital_due=due.local if due else None,
        planned_discharge=point_of(planned),
        is_after_discharge=due is not None
        and planned is not None
        and not _is_before(due.local, planned),
        is_free=why_not is WhyNot.NO_CATEGORIES,
        max_subject=MAX_SUBJECT,
    )


def _why_not(pathway: Pathway, agreement: Agreement) -> WhyNot | None:
    if pathway.current_plan is None:
        return WhyNot.NO_PLAN
    if pathway.stay is Stay.CLOSED:
        return WhyNot.CLOSED
    if pathway.stay is Stay.LAPSED:
        return WhyNot.LAPSED
    if not agreement.care_plan.reply.categories:
        return WhyNot.NO_CATEGORIES
    return WhyNot.AGREED if pathway.agreement else None


def _is_before(due: dt.datetime, planned: Moment) -> bool:
    """A discharge without a time of day may be any time that day (as the effektiv frist has it)."""
    return due.replace(tzinfo=None) < dt.datetime.combine(planned.date, planned.time or dt.time())


def _options(choices: tuple[Choice, ...]) -> tuple[Option, ...]:
    return tuple(Option(code=each.code, label=each.label) for each in choices)
