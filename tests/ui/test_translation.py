"""English is complete: every text of the screen and every word of the domain has one."""

from __future__ import annotations

import ast
import enum
import importlib
import pkgutil
import re
import string
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QApplication, QDialogButtonBox

import visitator.domain
from ui import translation
from ui.translation import SENTENCES, TERMS, read_texts, term, tr
from visitator.app.pathways import WORDS
from visitator.app.titles import TITLES
from visitator.app.views import RowKind
from visitator.domain.labels import labels
from visitator.domain.messages import KIND_LABELS

LITERALS = {"tr": 1, "mark": 1, "tr_count": 2}
"""How many of the first arguments are texts."""
SAID_IN_AN_ENTRY = "Ukendt hændelse"


def calls(root: Path, folder: str) -> Iterator[tuple[Path, str, ast.Call]]:
    for file in sorted((root / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                yield file, name, node


def literal(node: ast.expr) -> str | None:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text else None  # type: ignore[attr-defined]


def sentences(root: Path) -> set[str]:
    """What the screen says."""
    found = set()
    for _, name, call in calls(root, "ui"):
        texts = [literal(each) for each in call.args[: LITERALS.get(name, 0)]]
        found |= {each for each in texts if each is not None}
    return found


def words(root: Path) -> set[str]:
    """What visitator says in words of its own: labels, states, kinds and plain remarks."""
    found = {str(getattr(each, "value", each)) for each in WORDS}
    found |= {*TITLES.values(), *KIND_LABELS.values(), SAID_IN_AN_ENTRY}
    found |= {kind.value for kind in RowKind}
    for module in pkgutil.iter_modules(visitator.domain.__path__):
        for each in vars(importlib.import_module(f"visitator.domain.{module.name}")).values():
            if isinstance(each, type) and issubclass(each, msgspec.Struct):
                found |= set(labels(each).values())
            elif isinstance(each, type) and issubclass(each, enum.Enum):
                found |= {member.label for member in each if hasattr(member, "label")}
    for folder in ("visitator/domain", "visitator/medcom"):
        for _, name, call in calls(root, folder):
            if name == "Notice" and len(call.args) == 2 and (said := literal(call.args[1])):
                found.add(said)
    return found


@pytest.fixture(scope="module")
def english(root: Path) -> dict[tuple[str, str], str]:
    return read_texts(root / "resources" / "i18n" / "en.ts")


def of(context: str, texts: dict[tuple[str, str], str]) -> dict[str, str]:
    return {danish: text for (where, danish), text in texts.items() if where == context}


def test_every_text_of_the_screen_has_an_english_one_and_none_is_left_over(
    root: Path, english: dict[tuple[str, str], str]
) -> None:
    assert sentences(root) - of(SENTENCES, english).keys() == set()
    assert of(SENTENCES, english).keys() - sentences(root) == set()


def test_every_word_of_the_domain_has_an_english_one_and_none_is_left_over(
    root: Path, english: dict[tuple[str, str], str]
) -> None:
    assert words(root) - of(TERMS, english).keys() == set()
    assert of(TERMS, english).keys() - words(root) == set()


def test_what_is_filled_in_is_filled_in_in_english_too(
    english: dict[tuple[str, str], str],
) -> None:
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert [danish for (_, danish), text in english.items() if fields(danish) != fields(text)] == []


def test_no_english_text_is_empty_or_danish(english: dict[tuple[str, str], str]) -> None:
    """The agreement's own names of the answers stay as they are, in both languages."""
    kept = ("Plejeforløbsplan OK", "Uddybende spørgsmål", "Ønske om udvidet koordinering")
    left = {text: re.sub("|".join(kept), "", text) for text in english.values()}
    assert [text for text, rest in left.items() if not text or re.search("[æøåÆØÅ]", rest)] == []


def test_a_text_is_never_put_together_before_it_is_translated(root: Path) -> None:
    put_together = [
        f"{file.name}:{call.lineno}"
        for file, name, call in calls(root, "ui")
        for argument in call.args[: LITERALS.get(name, 0)]
        if isinstance(argument, ast.JoinedStr | ast.BinOp)
    ]
    assert put_together == []


def test_the_screen_speaks_english_and_danish_again(qapp: QApplication) -> None:
    installed = translation.install(qapp, "en")
    try:
        assert tr("Indbakke") == "Inbox"
        assert term("Pårørende") == "Relatives"
        assert term("Afsender: Telefon") == "Sender: Telephone"
        assert term("noget, sygehuset har skrevet") == "noget, sygehuset har skrevet"
    finally:
        translation.remove(qapp, installed)
    assert tr("Indbakke") == "Indbakke"
    assert term("Pårørende") == "Pårørende"


def test_qt_says_its_own_words_in_danish(qapp: QApplication) -> None:
    installed = translation.install(qapp, "da")
    try:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        said = box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "")
        assert said == "Annuller"
        box.deleteLater()
    finally:
        translation.remove(qapp, installed)
