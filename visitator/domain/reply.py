"""Answering a letter: the correspondence (korrespondancemeddelelse) that goes back to its sender.

There is no in-reply-to in XDIS91 (standard §3.1): the hospital finds the plan by the episode id,
the citizen, the two location numbers swapped and the subject of the agreement.
"""

import datetime as dt

import msgspec

from visitator.domain.citizen import Citizen
from visitator.domain.messages import Correspondence, Message
from visitator.domain.party import Addressed, Organisation
from visitator.domain.text import RichText


class Signature(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who answers (underskrift): shown under the text, with the number to call back on."""

    name: str
    title: str = ""
    telephone: str = ""

    def __str__(self) -> str:
        who = ", ".join(part for part in (self.name, self.title) if part)
        return "\n".join(
            part for part in (who, f"Tlf. {self.telephone}" if self.telephone else "") if part
        )


def reply_to(
    message: Message,
    *,
    category_label: str | None,
    text: str,
    subject: str,
    signature: Signature,
    is_admitted: bool,
    letter_id: str,
    envelope_id: str,
    at: dt.datetime,
) -> Correspondence:
    """The answer to a letter, addressed to the location number and ward that sent it.

    Args:
        message: the letter being answered.
        category_label: the exact Danish category (svarkategori, R4.7); it is the first line of
            the text, because no source says where else it belongs (standard §3.1). The purpose
            (formål, R8.2) stands there in a letter that has one; None for an ordinary letter.
        text: the comment; empty for none.
        subject: the subject the agreement prescribes.
        signature: who answers.
        is_admitted: whether the citizen is still in hospital.
        letter_id: a new letter identifier.
        envelope_id: a new envelope identifier.
        at: now, in Danish civil time without zone.
    """
    body = "\n\n".join(part for part in (category_label, text.strip(), str(signature)) if part)
    citizen = message.citizen or Citizen()
    return Correspondence(
        letter_id=letter_id,
        envelope_id=envelope_id,
        authorised_at=at,
        sent_at=at,
        status_code="nytbrev",
        wants_receipt=True,
        episode_id=message.episode_id.replace("-", "") if message.episode_id else None,
        sender=msgspec.structs.replace(
            _ward(message.receiver), telephone=signature.telephone or message.receiver.telephone
        ),
        receiver=_ward(message.sender),
        citizen=msgspec.structs.replace(
            citizen, stay_status="indlagt" if is_admitted else "inaktiv"
        ),
        priority="rutine",
        subject=subject,
        texts=(RichText(body),),
    )


def _ward(party: Organisation) -> Organisation:
    """The organisation without the persons: a reply goes to the ward, not to one signer."""
    address = {field: getattr(party, field) for field in Addressed.__struct_fields__}
    return Organisation(
        gln=party.gln,
        identifier=party.identifier,
        identifier_code=party.identifier_code,
        organisation=party.organisation,
        department=party.department,
        unit=party.unit,
        **address,
    )
