"""Writing a case note, against plain python-docx with the same content; and 500 of them."""

import gc
import io
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from docx import Document

from tests.benchmarks.decoding import best
from tests.export.cases import note_of, whole
from visitator.domain.entries import NoteKind
from visitator.export.note import Fact, Heading, Note, Quote, Table
from visitator.export.saving import save_all
from visitator.export.word import load_template, render
from visitator.resources import resource_folder

AIM_MILLISECONDS = 150
AIM_RATIO = 3.0
NOTES = 500
AIM_GROWTH_KIB = 1024
WARM = 50
"""Notes before the memory is measured the first time."""


def plainly(note: Note) -> bytes:
    """The same note by python-docx alone, without a template."""
    document = Document()
    document.add_heading(note.kind.label, 0)
    for section in note.sections:
        document.add_heading(section.heading, 1)
        for block in section.blocks:
            match block:
                case Heading():
                    document.add_heading(block.text, 2)
                case Fact():
                    paragraph = document.add_paragraph()
                    paragraph.add_run(block.label).bold = True
                    paragraph.add_run(f"\t{block.text}")
                case Quote():
                    document.add_paragraph(f"{block.source}:")
                    document.add_paragraph(block.text, style="Quote")
                case Table():
                    _plain_table(document.add_table(0, len(block.header)), block)
                case _:
                    document.add_paragraph(block.text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _plain_table(table: object, block: Table) -> None:
    for row in (block.header, *block.rows):
        cells = table.add_row().cells  # type: ignore[attr-defined]
        for cell, text in zip(cells, row, strict=True):
            cell.text = text


def report() -> Iterator[str]:
    """One note in time, then many in memory."""
    pathway = whole()
    template = load_template(NoteKind.DISCHARGE, [resource_folder("templates")])
    note = note_of(pathway)
    ours = best(lambda: render(note_of(pathway), template), times=5)
    floor = best(lambda: plainly(note), times=5)
    yield (
        f"one note: {ours * 1e3:.0f} ms (aim {AIM_MILLISECONDS}), python-docx alone "
        f"{floor * 1e3:.0f} ms, ratio {ours / floor:.2f} (aim {AIM_RATIO:.0f})"
    )
    grown = _growth(lambda number: note_of(pathway, case_number=str(number)))
    yield f"{NOTES} notes: memory grew {grown:.0f} KiB after note {WARM} (aim {AIM_GROWTH_KIB})"


def _growth(make: Callable[[int], Note]) -> float:
    """How many KiB more are held after the last note of a batch than after the first `WARM`."""
    template = load_template(NoteKind.DISCHARGE, [resource_folder("templates")])
    with tempfile.TemporaryDirectory() as folder:
        told = save_all(
            (partial(make, number) for number in range(1, NOTES + 1)),
            lambda note: render(note, template),
            Path(folder),
            total=NOTES,
            is_cancelled=lambda: False,
        )
        tracemalloc.start()
        try:
            held = {each.done: _held() for each in told if each.done in {WARM, NOTES}}
        finally:
            tracemalloc.stop()
    return (held[NOTES] - held[WARM]) / 1024


def _held() -> int:
    """The bytes that are held and not only waiting to be cleared away."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0]
