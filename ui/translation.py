"""Danish is the source of every text on screen; another language is looked up here.

`tr` is for the screen's own sentences, `term` for words that come from visitator.app, `said` for
whole sentences that come from there or from the gateway. What an agreement or a hospital says is
shown as it was written and goes through none of them.
"""

import functools
import re
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QFile,
    QIODevice,
    QLibraryInfo,
    QTranslator,
    QXmlStreamReader,
)

from visitator.app.files import resource_folder

SENTENCES = "ui"
TERMS = "terms"
SAID = "said"
LANGUAGES = ("da", "en")


def tr(danish: str, **values: object) -> str:
    """A sentence of the screen in the chosen language, with ``{name}`` filled in afterwards.

    `danish` is a literal, never an f-string: a test collects them and requires a translation.
    """
    text = QCoreApplication.translate(SENTENCES, danish)
    return text.format(**values) if values else text


def tr_count(one: str, many: str, count: int, **values: object) -> str:
    """`one` or `many` by `count`, which both can show as ``{count}``."""
    return tr(one if count == 1 else many, count=count, **values)


def mark(danish: str) -> str:
    """A sentence that is kept in a table and goes through `tr` where it is shown."""
    return danish


def term(danish: str) -> str:
    """A word from visitator.app (label of a field, state, group) in the chosen language.

    A label that stands under another (``Afsender: Telefon``) is looked up part by part.
    """
    if not danish:
        return ""
    text = QCoreApplication.translate(TERMS, danish)
    if text != danish or ": " not in danish:
        return text
    parts = danish.split(": ")
    return ": ".join(QCoreApplication.translate(TERMS, part) for part in parts if part)


def said(danish: str) -> str:
    """One or more finished sentences from visitator or the gateway, in the chosen language.

    Many stand in the journal for good, with their values filled in, so a sentence is found by the
    pattern it was made of (``Gatewayen svarede med fejl {1}.``). An unknown one stays Danish.
    """
    return QCoreApplication.translate(SAID, danish) if danish else ""


def read_texts(path: Path) -> dict[tuple[str, str], str]:
    """The finished translations of a Qt TS file: (context, Danish) -> text.

    Raises:
        ValueError: it is not well-formed XML; names the file and the line.
    """
    file = QFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise ValueError(f"{path.name}: kan ikke læses")
    xml = QXmlStreamReader(file)
    texts: dict[tuple[str, str], str] = {}
    context = source = ""
    while not xml.atEnd():
        if xml.readNext() is not QXmlStreamReader.TokenType.StartElement:
            continue
        match xml.name():
            case "name":
                context = xml.readElementText()
            case "source":
                source = xml.readElementText()
            case "translation" if xml.attributes().value("type") != "unfinished":
                texts[context, source] = xml.readElementText()
    if xml.hasError():
        raise ValueError(f"{path.name}, linje {xml.lineNumber()}: {xml.errorString()}")
    return texts


_FIELD = re.compile(r"\{\d+\}")
_SENTENCE_END = re.compile(r"\. ")


def _pattern(danish: str) -> re.Pattern[str]:
    """What a sentence with fields looks like when they are filled in."""
    parts = map(re.escape, _FIELD.split(danish))
    return re.compile("(.+?)".join(parts), re.DOTALL)


class Texts(QTranslator):
    """The translations of one TS file, read as it is; nothing is compiled."""

    def __init__(self, texts: dict[tuple[str, str], str]) -> None:
        super().__init__()
        self._texts = texts
        self._patterns = [
            (_pattern(danish), text)
            for (context, danish), text in texts.items()
            if context == SAID and _FIELD.search(danish)
        ]

    def isEmpty(self) -> bool:
        """Whether there is nothing to look up."""
        return not self._texts

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """The text in this language; None leaves the Danish."""
        if context == SAID:
            return self._said(sourceText)
        return self._texts.get((context, sourceText))

    def _said(self, danish: str) -> str:
        """The first sentences that are known together, and what follows in the same way."""
        ends = [found.start() + 1 for found in _SENTENCE_END.finditer(danish)]
        for end in (*ends, len(danish)):
            known = self._known(danish[:end])
            if known is not None:
                return f"{known} {self._said(danish[end + 1 :])}".rstrip()
        first, space, rest = danish.partition(". ")
        return f"{first}{space}{self._said(rest)}" if rest else danish

    def _known(self, danish: str) -> str | None:
        """What is known as a whole, or but for the values in it; they may be sentences, too."""
        whole = self._texts.get((SAID, danish)) or self._texts.get((TERMS, danish))
        if whole is not None:
            return whole
        for pattern, text in self._patterns:
            if found := pattern.fullmatch(danish):
                return text.format("", *map(self._said, found.groups()))
        return None


@functools.cache
def _english() -> Texts:
    return Texts(read_texts(resource_folder("i18n") / "en.ts"))


def install(app: QCoreApplication, language: str) -> list[QTranslator]:
    """Let the application speak `language` (``da`` or ``en``); for Qt's own words, too.

    Returns what was installed; keep it, and hand it to `remove` before another language.
    """
    translators: list[QTranslator] = []
    qt_words = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qt_words.load(f"qtbase_{language}", folder):
        translators.append(qt_words)
    if language == "en":
        translators.append(_english())
    for translator in translators:
        app.installTranslator(translator)
    return translators


def remove(app: QCoreApplication, translators: list[QTranslator]) -> None:
    """Take away what `install` installed."""
    for translator in translators:
        app.removeTranslator(translator)
