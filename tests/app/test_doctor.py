"""`visitator doctor`: each line is OK or says what to do."""

import datetime as dt
import email.utils
import errno
import os
import shutil
import ssl
from pathlib import Path

import httpx
import keyring.backends.fail
import pytest
from typer.testing import CliRunner

from tests.app.keyring import MemoryKeyring
from visitator.app.doctor import Doctor
from visitator.app.settings import Settings, SettingsError, load_settings
from visitator.cli.commands import app
from visitator.resources import load_agreement, resource_folder
from visitator.sqlcipher import engine, fingerprint
from visitator.store import Store, schema
from visitator.store.keys import new_demo_key
from visitator.store.place import copy_of

NOW = dt.datetime(2026, 2, 2, 8, 0, tzinfo=dt.UTC)
OWN = bytes([7]) * 32
"""The key of the journal of a workstation that stands alone."""


def gateway(
    status: int = 200, date: dt.datetime = NOW, body: bytes = b'{"version": "0.1.0", "ok": true}'
) -> httpx.Client:
    def answer(_request: httpx.Request) -> httpx.Response:
        headers = {"Date": email.utils.format_datetime(date.astimezone(dt.UTC), usegmt=True)}
        return httpx.Response(status, content=body, headers=headers)

    return httpx.Client(transport=httpx.MockTransport(answer))


def unreachable() -> httpx.Client:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no", request=request)

    return httpx.Client(transport=httpx.MockTransport(answer))


def look(
    tmp_path: Path,
    client: httpx.Client | None = None,
    *,
    kept: bytes | None = None,
    own: bytes | None = None,
    now: dt.datetime = NOW,
    address: str = "https://gateway.example",
    agreement: str = "region-sjaelland-2025-11",
    folders: tuple[Path, ...] = (),
    templates: Path | None = None,
) -> dict[str, tuple[bool, str]]:
    settings = Settings(
        agreement=agreement,
        gateway=address if client else None,
        database=str(tmp_path / "visitator.db"),
        templates=str(templates) if templates else None,
    )
    with client or gateway() as called:
        backend = MemoryKeyring(kept)
        if own is not None:
            backend.kept["visitator/egen-gateway"] = own.hex()
        doctor = Doctor(settings, now=now, client=called, keyring=backend, folders=folders)
        return {each.what: (each.is_fine, each.text) for each in doctor.findings()}


def test_a_new_workstation_is_fine(tmp_path: Path) -> None:
    found = look(tmp_path)

    assert [what for what, (is_fine, _) in found.items() if not is_fine] == []
    assert set(found) == {
        "Aftaleprofil",
        "Nøglering",
        "Database",
        "Gateway",
        "Ur",
        "Mapper",
        "Skabeloner",
        "Disk",
        "Sikkerhedskopi",
    }
    assert list(tmp_path.iterdir()) == []


def test_a_database_is_opened_and_read(tmp_path: Path) -> None:
    key = new_demo_key()
    path = tmp_path / "visitator.db"
    Store.open(path, key, load_agreement("region-sjaelland-2025-11")).close()

    is_fine, text = look(tmp_path, kept=key)["Database"]

    assert is_fine
    assert "nr. 0" in text


@pytest.mark.parametrize("kept", [None, bytes(32)], ids=["no key", "another key"])
def test_a_database_without_its_key_is_told(tmp_path: Path, kept: bytes | None) -> None:
    path = tmp_path / "visitator.db"
    Store.open(path, new_demo_key(), load_agreement("region-sjaelland-2025-11")).close()
    before = path.read_bytes()

    is_fine, text = look(tmp_path, kept=kept)["Database"]

    assert not is_fine
    assert text
    assert path.read_bytes() == before


def test_a_gateway_that_answers_is_told_with_its_version(tmp_path: Path) -> None:
    found = look(tmp_path, gateway())

    assert found["Gateway"] == (True, "https://gateway.example svarer, version 0.1.0.")
    assert found["Ur"][0]


@pytest.mark.parametrize(
    ("client", "part"),
    [
        (unreachable(), "svarer ikke"),
        (gateway(status=503), "503"),
        (gateway(body=b"<html>Log ind</html>"), "ikke en Visitator-gateway"),
    ],
    ids=["away", "error", "something else"],
)
def test_a_gateway_that_does_not_answer_says_what_to_do(
    tmp_path: Path, client: httpx.Client, part: str
) -> None:
    is_fine, text = look(tmp_path, client)["Gateway"]

    assert not is_fine
    assert part in text


def test_a_certificate_nobody_trusts_is_said_to_be_that(tmp_path: Path) -> None:
    def untrusted(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("") from ssl.SSLCertVerificationError("self-signed")

    found = look(tmp_path, httpx.Client(transport=httpx.MockTransport(untrusted)))
    for what in ("Gateway", "Ur"):
        is_fine, text = found[what]
        assert (is_fine, "certifikat" in text, "netværket" in text) == (False, True, False)


@pytest.mark.parametrize(
    ("address", "expected"),
    [("http://visitator.kommune.dk", False), ("http://127.0.0.1:8743", True)],
)
def test_an_address_that_others_can_read_along_at_is_told(
    tmp_path: Path, address: str, expected: bool
) -> None:
    """The program calls no such gateway, however well it answers."""
    is_fine, text = look(tmp_path, gateway(), address=address)["Gateway"]
    assert (is_fine, "https" in text) == (expected, not expected)


@pytest.mark.parametrize(("minutes", "word"), [(5, "foran"), (-90, "bagud")])
def test_a_clock_that_is_wrong_is_told(tmp_path: Path, minutes: int, word: str) -> None:
    is_fine, text = look(tmp_path, gateway(date=NOW - dt.timedelta(minutes=minutes)))["Ur"]

    assert not is_fine
    assert word in text
    assert str(abs(minutes)) in text


def test_an_agreement_that_must_be_reviewed_is_told(tmp_path: Path) -> None:
    late = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)

    is_fine, text = look(tmp_path, now=late)["Aftaleprofil"]

    assert not is_fine
    assert "kontrolleres" in text


def test_an_unknown_agreement_is_told(tmp_path: Path) -> None:
    assert not look(tmp_path, agreement="region-nowhere")["Aftaleprofil"][0]


def test_drop_folders_are_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "vans"
    for part in ("ind", "ud", "arkiv"):
        (folder / part).mkdir(parents=True)

    is_fine, text = look(tmp_path, folders=(folder,))["Mapper"]
    (folder / "fejl").mkdir()

    assert not is_fine
    assert "fejl" in text
    assert look(tmp_path, folders=(folder,))["Mapper"] == (True, "1 er på plads.")


def test_a_drop_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("ind", "ud", "arkiv", "fejl"):
        (tmp_path / "post" / part).mkdir(parents=True)
    closed = tmp_path / "post" / "ud"
    # Not its rights: to root no folder is closed.
    monkeypatch.setattr(os, "access", lambda path, _: path != closed)

    is_fine, text = look(tmp_path, folders=(tmp_path / "post",))["Mapper"]

    assert not is_fine
    assert str(closed) in text


def test_what_cannot_be_looked_at_is_told_and_stops_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder whose own folder is closed: whether it is there cannot even be asked."""
    closed = tmp_path / "lukket"
    look_at = Path.stat

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if closed in path.parents:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return look_at(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    found = look(closed, folders=(closed / "post",), templates=closed / "skabeloner")

    wrong = {what: text for what, (is_fine, text) in found.items() if not is_fine}
    assert wrong.keys() == {"Nøglering", "Database", "Mapper", "Skabeloner", "Sikkerhedskopi"}
    assert all(str(closed) in text for text in wrong.values())
    assert "Gateway" in found


def test_templates_of_the_municipality_are_tried_and_a_wrong_one_named(tmp_path: Path) -> None:
    own = tmp_path / "skabeloner"
    is_fine, said = look(tmp_path, templates=own)["Skabeloner"]
    assert not is_fine
    assert "findes ikke" in said
    own.mkdir()
    assert look(tmp_path, templates=own)["Skabeloner"][0]
    shutil.copy(resource_folder("templates") / "notat.docx", own / "telefonnotat.docx")
    is_fine, said = look(tmp_path, templates=own)["Skabeloner"]
    assert is_fine
    assert said.startswith("telefonnotat.docx i ")
    (own / "notat.docx").write_bytes(b"ikke Word")
    is_fine, said = look(tmp_path, templates=own)["Skabeloner"]
    assert not is_fine
    assert said.startswith("Skabelonen notat.docx kan ikke bruges")


def test_a_keyring_that_keeps_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "visitator.db").write_bytes(b"x")
    settings = Settings(database=str(tmp_path / "visitator.db"))
    with gateway() as client:
        backend = keyring.backends.fail.Keyring()  # type: ignore[no-untyped-call]
        doctor = Doctor(settings, now=NOW, client=client, keyring=backend)
        found = {each.what: each for each in doctor.findings()}

    assert not found["Nøglering"].is_fine
    assert found["Nøglering"].text


def test_settings_have_a_value_without_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    assert load_settings() == Settings()


@pytest.mark.parametrize("content", [b"nej", b"agrement = 'x'", b"gateway = 1", b"\xff"], ids=repr)
def test_a_settings_file_that_is_wrong_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)

    with pytest.raises(SettingsError, match=r"settings\.toml"):
        load_settings(file)


def test_a_settings_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["doctor", "--settings", str(tmp_path / "ingen.toml")])

    assert result.exit_code == 2
    assert "ingen.toml" in result.stdout


def test_the_command_prints_a_line_for_each_thing(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    database = tmp_path / "visitator.db"
    file.write_text(f"database = '{database}'\n", encoding="utf-8")

    result = CliRunner().invoke(app, ["doctor", "--settings", str(file)])

    lines = result.stdout.splitlines()
    assert result.exit_code in (0, 1)
    assert len(lines) == 9
    assert all(line.startswith(("OK    ", "FEJL  ")) for line in lines)


def test_the_only_copy_of_a_journal_must_have_a_backup(tmp_path: Path) -> None:
    (tmp_path / "gateway.db").write_bytes(b"x")
    is_fine, text = look(tmp_path, own=OWN)["Sikkerhedskopi"]
    assert not is_fine
    assert "Start Visitator" in text


@pytest.mark.parametrize(("days", "expected"), [(1, True), (9, False)])
def test_an_old_backup_is_told(tmp_path: Path, days: int, expected: bool) -> None:
    (tmp_path / "gateway.db").write_bytes(b"x")
    copy = a_copy(tmp_path, OWN, NOW - dt.timedelta(days=days))
    is_fine, text = look(tmp_path, own=OWN)["Sikkerhedskopi"]
    assert is_fine is expected
    assert str(copy.parent) in text


def test_with_a_gateway_the_backup_is_its_operators(tmp_path: Path) -> None:
    (tmp_path / "gateway.db").write_bytes(b"x")
    assert look(tmp_path, gateway())["Sikkerhedskopi"] == (True, "Gatewayen står for den.")


def a_copy(tmp_path: Path, key: bytes, made: dt.datetime) -> Path:
    copy = tmp_path / "sikkerhedskopi" / f"gateway-{fingerprint(key)}-{made:%Y-%m-%d}.db"
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes(b"")
    os.utime(copy, (made.timestamp(), made.timestamp()))
    return copy


def test_the_backup_of_another_workstation_is_not_this_ones(tmp_path: Path) -> None:
    (tmp_path / "gateway.db").write_bytes(b"x")
    a_copy(tmp_path, bytes(32), NOW)
    is_fine, text = look(tmp_path, own=OWN)["Sikkerhedskopi"]
    assert (is_fine, "Der er ingen" in text) == (False, True)


def test_a_journal_that_is_gone_is_told(tmp_path: Path) -> None:
    is_fine, text = look(tmp_path, own=OWN)["Sikkerhedskopi"]
    assert (is_fine, "visitator recover --from" in text) == (False, True)


def test_a_journal_without_its_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "gateway.db").write_bytes(b"x")
    is_fine, text = look(tmp_path)["Sikkerhedskopi"]
    assert (is_fine, "visitator recover" in text) == (False, True)


def answering(**answer: object) -> httpx.Client:
    return httpx.Client(
        transport=httpx.MockTransport(lambda _: httpx.Response(200, **answer))  # type: ignore[arg-type]
    )


def test_a_gateway_that_does_not_say_what_time_it_is(tmp_path: Path) -> None:
    is_fine, text = look(tmp_path, answering(content=b'{"version": "1"}'))["Ur"]
    assert (is_fine, "kan ikke sammenlignes" in text) == (False, True)


@pytest.mark.parametrize("date", ["i morgen", "Mon, 99 Feb 2026 08:00:00 GMT", "1"])
def test_a_time_that_is_none_is_told(tmp_path: Path, date: str) -> None:
    assert "kan ikke sammenlignes" in look(tmp_path, answering(headers={"Date": date}))["Ur"][1]


def test_a_time_without_a_zone_is_universal_time(tmp_path: Path) -> None:
    date = "Mon, 02 Feb 2026 08:00:00 -0000"
    assert look(tmp_path, answering(headers={"Date": date}))["Ur"][0]


def test_an_answer_that_is_no_text_is_not_a_gateways(tmp_path: Path) -> None:
    answer = b'{"version": "\xe6"}'
    assert "ikke en Visitator-gateway" in look(tmp_path, gateway(body=answer))["Gateway"][1]


@pytest.mark.parametrize(
    "address", ["https://x.dk:abc", "https://" + "a" * 80 + ".dk", "https://\xe6 \xf8.dk", "x.dk"]
)
def test_an_address_that_is_none_is_told(tmp_path: Path, address: str) -> None:
    found = look(tmp_path, httpx.Client(), address=address)
    for what in ("Gateway", "Ur"):
        is_fine, text = found[what]
        assert (is_fine, "Ret adressen" in text) == (False, True)
    assert len(found) == 9


def test_a_database_in_use_by_the_program_is_fine(tmp_path: Path) -> None:
    key = new_demo_key()
    path = tmp_path / "visitator.db"
    with Store.open(path, key, load_agreement("region-sjaelland-2025-11")):
        is_fine, text = look(tmp_path, kept=key)["Database"]
    assert (is_fine, "er i brug af programmet" in text) == (True, True)


@pytest.mark.parametrize(
    ("ahead", "fine", "said"), [(-1, True, "bringes op"), (1, False, "nyere udgave")]
)
def test_to_look_at_a_database_does_not_migrate_it(
    tmp_path: Path, ahead: int, fine: bool, said: str
) -> None:
    key = new_demo_key()
    path = tmp_path / "visitator.db"
    Store.open(path, key, load_agreement("region-sjaelland-2025-11")).close()
    version = schema.SCHEMA_VERSION + ahead
    writing = engine(path, key, pool_size=1)
    with writing.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")
    writing.dispose()
    before = path.read_bytes()

    is_fine, text = look(tmp_path, kept=key)["Database"]
    assert (is_fine, said in text) == (fine, True)
    assert path.read_bytes() == before
    assert not copy_of(path, version).exists()
