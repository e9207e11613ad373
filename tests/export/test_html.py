"""A note as HTML: the same words as the text of it, and none of them is a tag."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.export.cases import OWN, note_of, whole
from visitator.domain.entries import NoteKind
from visitator.export.html import as_html
from visitator.export.notes import OwnWords, kinds_for, own_words_in
from visitator.export.text import as_text
from visitator.export.writable import writable

PATHWAY = whole()


def plain(html: str) -> str:
    """The words alone, as a browser shows them."""
    return unescape(re.sub(r"<[^>]+>", "\n", html))


def words(text: str) -> list[str]:
    return re.sub(r"[>:;]", " ", text).casefold().split()


@pytest.mark.parametrize("kind", list(NoteKind), ids=lambda kind: kind.value)
def test_every_word_of_the_text_stands_in_it(kind: NoteKind) -> None:
    note = note_of(PATHWAY, kind=kind)
    assert set(words(as_text(note))) <= set(words(plain(as_html(note))))


@given(st.text(max_size=80))
def test_no_text_is_read_as_a_tag(text: str) -> None:
    assume(text.strip())  # what is empty is left out
    own = OwnWords(needs=text)
    shown = plain(as_html(note_of(PATHWAY, own=own)))
    assert "".join(writable(text).split()) in "".join(shown.split())


@pytest.mark.parametrize("text", ["<b>fed</b>", '<img src="https://eksempel.dk/x.png">', "&amp;"])
def test_what_looks_like_a_tag_is_shown_as_it_was_written(text: str) -> None:
    html = as_html(note_of(PATHWAY, own=OwnWords(needs=text)))
    assert text not in html.replace("&amp;amp;", "")
    assert text in plain(html)


def test_what_the_author_can_write_is_what_the_note_has_a_section_for() -> None:
    for kind in NoteKind:
        with_words = as_text(note_of(PATHWAY, kind=kind, own=OWN))
        for field in OWN.__struct_fields__:
            assert (getattr(OWN, field) in with_words) == (field in own_words_in(kind)), field


def test_a_pathway_with_everything_has_every_kind() -> None:
    assert kinds_for(PATHWAY) == tuple(NoteKind)
