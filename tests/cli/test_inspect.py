"""`visitator inspect`, as a person or a script runs it."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from visitator.cli.commands import app

KEYS = {
    "kind",
    "letter_id",
    "version_code",
    "episode_id",
    "citizen",
    "sender",
    "receiver",
    "sent_at",
    "deadlines",
    "warnings",
}


@pytest.fixture
def fixtures(root: Path) -> Path:
    return root / "tests" / "fixtures"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["inspect", *map(str, arguments)])


def run_json(*arguments: object) -> list[dict[str, Any]]:
    result = run("--json", *arguments)
    assert result.exit_code == 0, result.stderr
    rows: list[dict[str, Any]] = json.loads(result.stdout)
    return rows


def test_a_plan_in_text_says_what_who_and_by_when(fixtures: Path) -> None:
    result = run(fixtures / "xdis21_latin1_no_declaration.xml", "--received", "2026-02-02T08:00")

    assert result.exit_code == 0
    assert result.stdout.startswith("Plejeforløbsplan")
    assert "tir 03-02-2026 kl. 11.00: Svar på plejeforløbsplanen (Kommunen)" in result.stdout
    assert "Sundhedsaftalen i Region Sjælland" in result.stdout
    assert "æ" in result.stdout
    assert result.stderr == ""


def test_a_plan_in_json_has_the_keys_scripts_rely_on(fixtures: Path) -> None:
    (row,) = run_json(
        fixtures / "xdis21_latin1_no_declaration.xml", "--received", "2026-02-02T08:00"
    )

    assert set(row) >= KEYS
    assert row["kind"] == "care_plan"
    assert row["version_code"] == "XD2134C"
    assert row["citizen"]["cpr"]
    assert row["citizen"]["name"]
    assert row["sender"]["gln"]
    assert row["sender"]["organisation"]
    assert row["receiver"]["gln"]
    (deadline,) = row["deadlines"]
    assert deadline["code"] == "answer_care_plan"
    assert deadline["due_at"] == "2026-02-03T11:00:00+01:00"
    assert {warning["code"] for warning in row["warnings"]} >= {"tegnsaet_rettet"}


def test_every_readable_fixture_has_every_key(fixtures: Path) -> None:
    files = sorted(fixtures.glob("*.xml"))
    result = run("--json", *files)

    rows = json.loads(result.stdout)
    assert len(rows) >= len(files) - 2
    assert all(set(row) >= KEYS for row in rows)
    assert all({"cpr", "name"} <= set(row["citizen"]) for row in rows)
    assert all({"gln", "organisation"} <= set(row["sender"]) for row in rows)


def test_without_a_time_of_receipt_the_clock_starts_when_it_was_sent(fixtures: Path) -> None:
    (row,) = run_json(fixtures / "xdis20_nytbrev.xml")

    assert row["deadlines"][0]["due_at"] > row["sent_at"]


def test_letters_come_in_the_order_of_the_files_and_of_the_envelope(fixtures: Path) -> None:
    two = fixtures / "xdis91_two_letters.xml"
    one = fixtures / "xdis20_nytbrev.xml"

    kinds = [row["kind"] for row in run_json(two, one, two)]

    assert kinds == [
        "correspondence",
        "correspondence",
        "admission_notification",
        "correspondence",
        "correspondence",
    ]


def test_an_attachment_is_told_by_size_and_hash(fixtures: Path) -> None:
    (row,) = run_json(fixtures / "xbin01_matching_reference.xml")

    item = row["objects"][0]
    assert row["kind"] == "attachment"
    assert set(item["content"]) == {"size", "sha256"}
    assert len(item["content"]["sha256"]) == hashlib.sha256().digest_size * 2


def test_another_agreement_gives_other_deadlines(fixtures: Path) -> None:
    file = fixtures / "xdis21_latin1_no_declaration.xml"

    (row,) = run_json(file, "--agreement", "region-midtjylland-2021-04")

    assert row["agreement"] == "region-midtjylland-2021-04"
    assert row["deadlines"][0]["status"] == "none"
    assert row["deadlines"][0]["due_at"] is None
    assert "ingen fast frist" in run(file, "--agreement", "region-midtjylland-2021-04").stdout


def test_an_agreement_about_to_be_replaced_is_pointed_out(fixtures: Path) -> None:
    file = fixtures / "xdis21_latin1_no_declaration.xml"

    early = run_json(file, "--received", "2026-02-02T08:00")
    late = run_json(file, "--received", "2026-11-23T08:00")

    assert "review_soon" not in {warning["code"] for warning in early[0]["warnings"]}
    assert "review_soon" in {warning["code"] for warning in late[0]["warnings"]}


def test_an_unknown_agreement_is_answered_with_the_known_ones(fixtures: Path) -> None:
    result = run(fixtures / "xdis20_nytbrev.xml", "--agreement", "region-nowhere")

    assert result.exit_code == 2
    assert "region-sjaelland-2025-11" in result.stderr


def test_a_time_that_is_none_is_answered_with_how_to_write_it(fixtures: Path) -> None:
    result = run(fixtures / "xdis20_nytbrev.xml", "--received", "i går")

    assert result.exit_code == 2
    assert "2026-02-02T08:00" in result.stderr


def test_what_cannot_be_read_is_one_line_and_the_rest_is_still_read(
    fixtures: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "tom.xml"
    empty.write_bytes(b"")
    noise = tmp_path / "stoej.bin"
    noise.write_bytes(bytes(range(256)))
    missing = tmp_path / "findes-ikke.xml"

    result = run(empty, fixtures / "xdis20_nytbrev.xml", noise, missing, tmp_path, "--json")

    assert result.exit_code == 2
    assert [row["kind"] for row in json.loads(result.stdout)] == ["admission_notification"]
    lines = result.stderr.splitlines()
    assert [line.split(": ")[1] for line in lines] == [
        "tom_fil",
        "syntaksfejl",
        "fil_kan_ikke_laeses",
        "fil_kan_ikke_laeses",
    ]
    assert "Traceback" not in result.output


def test_an_unsupported_version_is_refused_by_its_medcom_code(
    fixtures: Path, tmp_path: Path
) -> None:
    data = (fixtures / "xdis21_latin1_no_declaration.xml").read_bytes()
    newer = tmp_path / "nyere.xml"
    newer.write_bytes(data.replace(b"XD2134C", b"XD2199C"))

    result = run(newer)

    assert result.exit_code == 2
    assert "problem_med_version" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_broken_letter_does_not_hide_the_good_one(fixtures: Path, tmp_path: Path) -> None:
    data = (fixtures / "xdis91_two_letters.xml").read_bytes()
    place = data.rindex(b"</Subject>")
    broken = tmp_path / "to-breve.xml"
    broken.write_bytes(data[:place] + b"</Subjekt>" + data[place + 10 :])

    result = run(broken, "--json")

    assert result.exit_code == 2
    assert [row["kind"] for row in json.loads(result.stdout)] == ["correspondence"]
    assert "syntaksfejl" in result.stderr


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (
            "xdis20_nytbrev.xml",
            b"<Date>2030-02-26</Date><Time>14:41",
            b"<Date>2100-12-31</Date><Time>20:00",
        ),
        (
            "xdis17_nytbrev.xml",
            b"<Discharge><Date>2030-03-08",
            b"<Discharge><Date>2100-12-30",
        ),
        ("xdis21_changed.xml", b"Date>2030-", b"Date>9999-"),
        ("xdis21_changed.xml", b"Date>2030-", b"Date>0001-"),
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_dates_no_calendar_knows_are_remarked_on(
    fixtures: Path, tmp_path: Path, name: str, old: bytes, new: bytes, form: list[str]
) -> None:
    data = (fixtures / name).read_bytes()
    assert old in data
    odd = tmp_path / name
    odd.write_bytes(data.replace(old, new))

    result = run(odd, *form)

    assert result.exit_code == 0, result.output
    assert "kalender" in result.stdout.casefold()


@pytest.mark.parametrize("at", ["9999-12-31T23:59-10:00", "0001-01-01T00:00+14:00", "2500-01-01"])
def test_a_time_of_receipt_outside_the_calendar_is_refused(fixtures: Path, at: str) -> None:
    midtjylland = ["--agreement", "region-midtjylland-2021-04"]

    result = run(fixtures / "xdis21_changed.xml", *midtjylland, "--received", at)

    assert result.exit_code == 2
    assert "kalenderen" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")
@pytest.mark.parametrize("name", [b"\xe6.xml", b"to\nlinjer.xml"])
@pytest.mark.parametrize("content", [True, False])
def test_a_file_may_be_called_anything(
    fixtures: Path, tmp_path: Path, name: bytes, content: bool
) -> None:
    data = (fixtures / "xdis20_nytbrev.xml").read_bytes() if content else b""
    file = os.fsencode(tmp_path) + b"/" + name
    Path(os.fsdecode(file)).write_bytes(data)

    result = run(os.fsdecode(file), "--json")

    assert result.exit_code == (0 if content else 2), result.output
    assert len(json.loads(result.stdout)) == int(content)
    assert len(result.stderr.splitlines()) == int(not content)


def test_an_unknown_message_is_shown_raw(fixtures: Path) -> None:
    result = run(fixtures / "xdis16_unknown_type.xml")

    assert result.exit_code == 0
    assert result.stdout.startswith("Ukendt MedCom-meddelelse")
    assert result.stdout.count("Råt felt") > 3


def test_an_effective_deadline_says_why(fixtures: Path, tmp_path: Path) -> None:
    data = (fixtures / "xdis21_latin1_no_declaration.xml").read_bytes()
    file = tmp_path / "plan.xml"
    file.write_bytes(data)

    result = run(file, "--received", "2030-03-06T14:00")
    early = run(file, "--received", "2030-03-07T08:00")

    assert "Effektiv frist" not in result.stdout
    text = " ".join(early.stdout.split())
    assert "fordi borgeren ventes hjem 07-03-2030 kl. 11.00" in text


def test_a_clock_that_starts_at_the_sending_says_so(fixtures: Path) -> None:
    file = fixtures / "xdis20_nytbrev.xml"

    (guessed,) = run_json(file)
    (stated,) = run_json(file, "--received", "2030-02-26T14:41")

    assert "regnet_fra_afsendelse" in {w["code"] for w in guessed["warnings"]}
    assert "regnet_fra_afsendelse" not in {w["code"] for w in stated["warnings"]}


def test_when_nothing_can_be_read_nothing_is_printed(tmp_path: Path) -> None:
    empty = tmp_path / "tom.xml"
    empty.write_bytes(b"")

    assert run(empty).stdout == ""


def test_the_program_reads_messages_without_qt(fixtures: Path, root: Path) -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None; from visitator.cli import main; "
        f"sys.argv = ['visitator', 'inspect', {str(fixtures / 'xdis20_nytbrev.xml')!r}]; main()"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=root, check=False)

    assert done.returncode == 0, done.stderr
    assert "Indlæggelsesadvis".encode() in done.stdout
