"""English is complete: every text of the screen and every word of the domain has one."""

from __future__ import annotations

import ast
import datetime as dt
import enum
import importlib
import itertools
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
from ui.translation import SAID, SENTENCES, TERMS, read_texts, said, term, tr
from visitator.app import inbox, rehabilitation_steps, rehabilitation_text, rehabilitations
from visitator.app.admissions import NO_HOSPITAL, NO_NAME
from visitator.app.answering import load_topics
from visitator.app.pathways import WORDS
from visitator.app.views import RowKind
from visitator.domain.calendar import statutory_holiday
from visitator.domain.labels import labels
from visitator.domain.messages import KIND_LABELS
from visitator.domain.titles import TITLES
from visitator.store.errors import Damaged, KeyringRefused

LITERALS = {"tr": 1, "mark": 1, "tr_count": 2}
"""How many of the first arguments are texts."""
SAID_IN_AN_ENTRY = "Ukendt hændelse"
TELLING = (
    "app/*.py",
    "store/*.py",
    "sync/*.py",
    "domain/*.py",
    "medcom/*.py",
    "export/errors.py",
    "export/pages.py",
    "export/saving.py",
    "export/word.py",
    "resources.py",
    "cli/desks.py",
    "cli/own_gateway.py",
    "gateway/database.py",
    "gateway/loopback.py",
    "gateway/outgoing.py",
    "gateway/receipts.py",
    "gateway/users.py",
)
"""The modules of visitator whose sentences a person may meet on the screen."""
NOT_ON_SCREEN = {
    "doctor.py": "`visitator doctor` answers on the command line",
    "status.py": "the screen has words of its own for how sync stands",
    "fitting.py": "what is left out of a letter stays with the gateway",
}
NO_SENTENCE = {
    *("Formål: {1}", "Tlf. {1}", "Vedr. genoptræningsplan"),  # for the hospital, in its letter
    "Genoptræning efter genoptræningsplan af {1} er afsluttet {2}.",  # for the GP, in the note
    *("Niveau: {1}.", "Diagnose: {1}.", "Startet: {1}."),
    "{1} kl. {2}",  # the screen is handed the instant
    "{1} Intet er gemt.",  # two sentences, each with an English one of its own
}
VALUES = {
    *("angivet som {1}", "ikke angivet", "Afsenderens", "Modtagerens", "{1}, linje {2}: {3}"),
    *("en lørdag", "en søndag", "mappen {1}", "Intet er gemt."),
    *("Låser databasen op", "Åbner databasen", "Finder gatewayen", "Gør demoen klar"),
    "Gør lister og søgning klar",
}
"""What stands in a sentence, or alone, and is none."""
FIELD = re.compile(r"\{[a-z_]*\}")
"""Where `str.format` puts a value in."""


def calls(root: Path, folder: str) -> Iterator[tuple[Path, str, ast.Call]]:
    for file in sorted((root / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                yield file, name, node


def literal(node: ast.AST) -> str | None:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text else None  # type: ignore[attr-defined]


def pattern(node: ast.AST) -> str | None:
    """A text with its values as ``{1}``, ``{2}``, also those of ``format``; None for no text."""
    numbers = itertools.count(1)
    if isinstance(node, ast.JoinedStr):
        return "".join(literal(part) or f"{{{next(numbers)}}}" for part in node.values)
    text = literal(node)
    return None if text is None else FIELD.sub(lambda _: f"{{{next(numbers)}}}", text)


def patterns(file: Path) -> Iterator[str]:
    """The texts of a module; not its docstrings, and not what goes into the log."""
    waiting: list[ast.AST] = [ast.parse(file.read_text("utf-8"))]
    while waiting:
        node = waiting.pop()
        if (text := pattern(node)) is not None:
            yield text
        elif not is_docstring(node) and not is_logged(node):
            waiting.extend(ast.iter_child_nodes(node))


def is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and literal(node.value) is not None


def is_logged(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and ast.unparse(called.value) == "_logger"


def is_sentence(text: str) -> bool:
    """Whether it is Danish that a person may read: a fault, a refusal, a notice, a state."""
    has_fields, rest = "{1}" in text, re.sub(r"\{\d+\}", "", text)
    begins = re.match(r"[A-ZÆØÅ{](?![A-Z]{2,} )", text) is not None
    has_words = len(re.findall(r"[a-zæøå]{2,}", rest)) > (0 if has_fields else 1)
    ends = text.endswith(".") or ". " in text or (has_fields and ": " in text)
    return begins and has_words and ends and " " in text


def told(root: Path) -> set[str]:
    """Every sentence visitator may hand to the screen."""
    found = set()
    for each in TELLING:
        files = sorted((root / "visitator").glob(each))
        assert files, each
        for file in files:
            if file.name not in NOT_ON_SCREEN:
                found |= {text for text in patterns(file) if is_sentence(text)}
    every_day = (dt.date(2023, 1, 1) + dt.timedelta(days) for days in range(2 * 365))
    holidays = {statutory_holiday(day) for day in every_day}
    return found - NO_SENTENCE | VALUES | {each for each in holidays if each}


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
    found |= {*TITLES.values(), *KIND_LABELS.values(), SAID_IN_AN_ENTRY, NO_HOSPITAL, NO_NAME}
    found |= rehabilitation_steps.WORDS | rehabilitation_text.WORDS | rehabilitations.WORDS
    found |= inbox.WORDS
    found |= {kind.value for kind in RowKind} | {topic.label for topic in load_topics()}
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


def test_every_sentence_of_visitator_has_an_english_one_and_none_is_left_over(
    root: Path, english: dict[tuple[str, str], str]
) -> None:
    """Faults, refusals, notices and steps; a remark may be one of the words of the domain."""
    assert told(root) - of(SAID, english).keys() - of(TERMS, english).keys() == set()
    assert of(SAID, english).keys() - told(root) == set()


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


def test_every_sentence_is_found_again_with_its_values(
    qapp: QApplication, english: dict[tuple[str, str], str]
) -> None:
    """Also where one sentence is the beginning of another."""
    values = [f"værdi-{number}" for number in range(9)]
    installed = translation.install(qapp, "en")
    try:
        for danish, text in of(SAID, english).items():
            assert said(danish.format(*values)) == text.format(*values)
    finally:
        translation.remove(qapp, installed)


@pytest.mark.parametrize(
    ("danish", "english"),
    [
        (str(Damaged()), "The database file is damaged. The file has not been deleted. Close Vis"),
        (
            str(KeyringRefused("Nøgleringen 'plain' bruges ikke.")),
            "The key to the database cannot be kept safely on this computer. Nothing has been"
            " changed. Visitator uses the operating system's own keyring only (Windows Credential"
            " Manager, macOS Keychain or Secret Service). The keyring 'plain' is not used.",
        ),
        (
            "En kollega svarede først, så dit svar er ikke sendt. Bo Borg svarede: Plejeforløbsplan"
            " OK. Teksten er bevaret.",
            "A colleague answered first, so your answer has not been sent. Bo Borg answered:"
            " Plejeforløbsplan OK. The text is kept.",
        ),
        (
            "Sygehusets system afviste det: Ukendt modtager. Ring til os.",
            "The hospital's system refused it: Ukendt modtager. Ring til os.",
        ),
        (
            "Meddelelsen kan ikke sendes: Borgerens efternavn mangler.",
            "The message cannot be sent: The citizen's surname is missing.",
        ),
        (
            "Planlagt udskrivning falder på Langfredag. Udskrivning aftales særskilt.",
            "The planned discharge falls on Good Friday. Udskrivning aftales særskilt.",
        ),
        (
            "Tegnsættet var ikke angivet og er læst som ISO-8859-1.",
            "The character set was not given and was read as ISO-8859-1.",
        ),
        (
            "En nyere gateway siger noget. Gatewayen har travlt.",
            "En nyere gateway siger noget. The",
        ),
        (
            "CPR-nummeret begynder med en dato, der ikke findes. Intet er gemt.",
            "The CPR number begins with a date that does not exist. Nothing has been saved.",
        ),
        (
            "2026-02-05_notat_7.docx er gemt i mappen, men det kunne ikke skrives i journalen:"
            " Forløbet findes ikke længere på denne computer. Intet er sendt. Gem notatet igen.",
            "2026-02-05_notat_7.docx is saved in the folder, but this could not be written in the"
            " journal: The pathway is no longer on this computer. Nothing has been sent. Save the"
            " note again.",
        ),
        (
            "Kan ikke finde mappen Notater. Filen er ikke gemt.",
            "Cannot find the folder Notater. The file was not saved.",
        ),
        (
            "Skabelonen notat.docx kan ikke bruges. Feltet »hilsen« findes ikke (kendte felter:"
            " kilde, titel). Det står i sidefoden: »Mvh. {{ hilsen }}«.",
            "The template notat.docx cannot be used. There is no field »hilsen« (known fields:"
            " kilde, titel). It stands in the footer: »Mvh. {{ hilsen }}«.",
        ),
        ("Noget, ingen kender", "Noget, ingen kender"),
        ("", ""),
    ],
)
def test_what_visitator_said_is_said_in_english(
    qapp: QApplication, danish: str, english: str
) -> None:
    installed = translation.install(qapp, "en")
    try:
        assert said(danish).startswith(english)
        assert bool(said(danish)) is bool(english)
    finally:
        translation.remove(qapp, installed)
    assert said(danish) == danish
