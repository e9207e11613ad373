"""Writes the correspondence: a bubble per letter, answer, call or note, the newest first."""

import datetime as dt
from collections.abc import Sequence

from ui import words
from ui.plan.head import sent_words
from ui.plan.writer import Look, Writer
from ui.theme import SPACE, Tone
from ui.translation import said, term, tr
from visitator.app.views import Letter, Sent, Transit


def write_thread(
    w: Writer, letters: Sequence[Letter], now: dt.datetime, *, unhandled: str, may_write: bool
) -> None:
    """Every letter, and under it how far it has come; `unhandled` nobody has seen to.

    What can be done about a letter is offered those who `may_write`.
    """
    if not letters:
        w.line(SPACE)
        w.text(tr("Ingen breve, opkald eller notater endnu."), Look.SECONDARY)
        return
    for letter in sorted(letters, key=lambda one: one.at, reverse=True):
        is_stuck = letter.sent is not None and letter.sent.transit is Transit.ATTENTION
        tone = Tone.OVERDUE if is_stuck else Tone.WAITING if letter.ours else None
        with w.card(tone, padding=SPACE * 2):
            _write_letter(w, letter, now)
            if letter.sent is not None and letter.sent.can_repeat and may_write:
                w.button(tr("Send igen"), f"again:{letter.sent.entry_id}")
                w.button(tr("Jeg har ringet i stedet"), f"called:{letter.sent.entry_id}")
            if letter.entry_id == unhandled and may_write:
                w.line()
                w.button(tr("Markér som behandlet"), f"handled:{letter.entry_id}")


def _write_letter(w: Writer, letter: Letter, now: dt.datetime) -> None:
    w.line()
    w.text(letter.who, Look.SMALL_STRONG)
    w.text(f" · {words.at(letter.at, now)}", Look.SECONDARY)
    title = _title(letter)
    if title:
        w.line()
        w.text(title, Look.SECONDARY_STRONG)
    if letter.purpose:
        w.line()
        w.text(tr("Formål: {purpose}", purpose=letter.purpose), Look.SECONDARY)
    if str(letter.text):
        w.line()
        for run in letter.text.runs:
            w.text(run.text, Look.SMALL_STRONG if run.bold else Look.SMALL)
    for attachment in letter.attachments:
        w.line()
        w.text(tr("Bilag: {name}", name=attachment), Look.SECONDARY)
    if letter.raw_id:
        w.line()
        w.text(tr("Vis original"), Look.SMALL_LINK, link=f"raw:{letter.raw_id}")
    if letter.sent is not None:
        _write_sent(w, letter.sent, now)


def _title(letter: Letter) -> str:
    title = term(letter.title)
    if letter.kind == "call":
        return tr("Telefonnotat: {whom}", whom=title) if title else tr("Telefonnotat")
    return (title or tr("Notat")) if letter.kind == "note" else title


def _write_sent(w: Writer, sent: Sent, now: dt.datetime) -> None:
    is_stuck = sent.transit is Transit.ATTENTION
    arrived = sent.transit is Transit.RECEIVED
    w.line()
    look = Look.PROBLEM if is_stuck else Look.DONE if arrived else Look.SECONDARY
    w.text(sent_words(sent.label, sent.at, now), look)
    if not sent.counts:
        w.line()
        w.text(tr("Gælder ikke: et andet svar står ved magt."), Look.SMALL)
    if sent.problem:
        w.line()
        w.text(said(sent.problem), Look.SMALL)
