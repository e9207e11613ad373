"""The template that comes with the program is the one its script makes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import make_templates
import pytest


def parts(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_template_is_what_the_script_makes(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "notat.docx"
    monkeypatch.setattr(make_templates, "TARGET", made)
    make_templates.main()
    assert parts(made) == parts(root / "resources" / "templates" / "notat.docx")
