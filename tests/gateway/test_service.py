"""`visitator gateway` as a technician runs it: configuration, check, users, and the service."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import OperationalError
from typer.testing import CliRunner, Result

from tests.gateway.mailbox import KEY, START, plan, written
from tests.gateway.office import Office
from visitator.cli.commands import app
from visitator.domain.messages import Correspondence
from visitator.domain.wire import IDLE_SECONDS
from visitator.gateway.config import (
    CREDENTIAL,
    DatabaseConfig,
    ExposedAddressError,
    KeyFileError,
    ListenConfig,
    UnreadableConfigError,
    load_config,
    read_key,
)
from visitator.gateway.database import Database, head_of
from visitator.gateway.loopback import Loopback
from visitator.gateway.mail import Round
from visitator.gateway.service import KEEP_ALIVE_SECONDS, Gateway, Worker, serve
from visitator.gateway.transports import FolderTransport, Trouble, TroubleReason
from visitator.medcom.reader import read
from visitator.resources import load_agreement

AGREEMENT = 'agreement = "region-sjaelland-2025-11"\n'


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "key"
    path.write_text(KEY.hex() + "\n")
    path.chmod(0o600)
    return path


@pytest.fixture
def config(tmp_path: Path, key_file: Path) -> Path:
    """A configuration with a drop folder, whose database is not made yet."""
    path = tmp_path / "gateway.toml"
    path.write_text(
        f"""{AGREEMENT}
[database]
file = "{(tmp_path / "gateway.db").as_posix()}"
key_file = "{key_file.as_posix()}"
[listen]
port = 0
[[folders]]
path = "{(tmp_path / "post").as_posix()}"
"""
    )
    FolderTransport(tmp_path / "post").prepare()
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["gateway", *map(str, arguments)])


def add(config: Path, user: str = "AHN", *more: object) -> Result:
    named = ("--name", "Anne Holm", "--role", "visitator", "--device", "PC1", "--config", config)
    return run("user", "add", user, *named, *more)


# --- configuration


@pytest.mark.parametrize(
    "text",
    [
        "agreement = ",
        AGREEMENT,
        AGREEMENT + "[database]\n",
        AGREEMENT + '[database]\nfile = "x"\nurl = "postgresql:///x"\n',
        AGREEMENT + '[database]\nfile = "x"\n[listen]\nprot = 1\n',
        AGREEMENT + '[database]\nfile = "x"\n[listen]\nport = 70000\n',
        AGREEMENT + "[database]\nfile = 7\n",
    ],
)
def test_a_configuration_that_is_not_right_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "gateway.toml"
    path.write_text(text)
    with pytest.raises(UnreadableConfigError, match=r"gateway\.toml"):
        load_config(path)


def test_a_configuration_that_is_missing_is_said(tmp_path: Path) -> None:
    result = run("check", "--config", tmp_path / "none.toml")
    assert (result.exit_code, "kan ikke læses" in result.stderr) == (2, True)


def test_the_key_comes_from_a_file_or_from_the_service_manager(
    tmp_path: Path, key_file: Path
) -> None:
    assert read_key(DatabaseConfig(key_file=key_file)) == KEY
    key_file.rename(tmp_path / CREDENTIAL)
    assert read_key(DatabaseConfig(), {"CREDENTIALS_DIRECTORY": str(tmp_path)}) == KEY


@pytest.mark.parametrize("text", ["", "abc", "00" * 31, "zz" * 32, "æ" * 64])
def test_a_key_that_is_none_is_said(key_file: Path, text: str) -> None:
    key_file.write_text(text)
    with pytest.raises(KeyFileError, match="64 hexadecimale"):
        read_key(DatabaseConfig(key_file=key_file))


def test_a_key_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="kan ikke læses"):
        read_key(DatabaseConfig(key_file=tmp_path / "none"))
    with pytest.raises(KeyFileError, match="ingen nøgle"):
        read_key(DatabaseConfig(), {})


@pytest.mark.skipif(os.name != "posix", reason="rights are another matter on Windows")
def test_a_key_that_everyone_may_read_is_refused(key_file: Path) -> None:
    key_file.chmod(0o644)
    with pytest.raises(KeyFileError, match="rettigheder"):
        read_key(DatabaseConfig(key_file=key_file))


# --- who can listen in


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "gateway.kommune.dk", ""])
@pytest.mark.parametrize("half", [{}, {"certificate": Path("x")}, {"private_key": Path("x")}])
def test_an_address_others_can_reach_needs_tls(
    office: Office, host: str, half: dict[str, Path]
) -> None:
    with pytest.raises(ExposedAddressError, match="TLS"):
        serve(office.gateway, ListenConfig(host=host, **half))  # type: ignore[arg-type]
    assert office.call("GET", "/v1/me").status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_an_address_of_this_machine_needs_none(host: str) -> None:
    ListenConfig(host=host).require_safe()
    ListenConfig(host="0.0.0.0", certificate=Path("c"), private_key=Path("k")).require_safe()


def test_serve_says_so_and_makes_nothing(config: Path, tmp_path: Path) -> None:
    config.write_text(config.read_text().replace("port = 0", 'port = 0\nhost = "0.0.0.0"'))
    result = run("serve", "--config", config)
    assert (result.exit_code, "uden TLS" in result.stderr) == (2, True)
    assert not (tmp_path / "gateway.db").exists()


# --- check


def test_check_says_what_is_missing_and_what_is_right(config: Path, tmp_path: Path) -> None:
    (tmp_path / "post" / "ud").rmdir()
    before = run("check", "--config", config)
    assert before.exit_code == 1
    assert "OK    Aftaleprofil: Sundhedsaftalen i Region Sjælland" in before.stdout
    assert "FEJL  Database: Filen" in before.stdout
    assert f"FEJL  Mapper: Mappen {tmp_path / 'post' / 'ud'} findes ikke" in before.stdout
    assert not (tmp_path / "gateway.db").exists()

    assert add(config).exit_code == 0
    (tmp_path / "post" / "ud").mkdir()
    after = run("check", "--config", config)
    assert after.exit_code == 0, after.stdout
    assert {line[:4] for line in after.stdout.splitlines()} == {"OK  "}
    assert "Brugere: 1" in after.stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("region-sjaelland-2025-11", "ukendt", "FEJL  Aftaleprofil: Ukendt aftaleprofil"),
        ("/key", "/none", "FEJL  Nøgle: Nøglefilen"),
        ("port = 0", 'host = "10.0.0.1"', "FEJL  Adresse: Gatewayen lytter ikke på 10.0.0.1"),
        (
            "port = 0",
            'certificate = "a"\nprivate_key = "b"',
            "FEJL  Adresse: certificate og private_key",
        ),
    ],
)
def test_check_finds(config: Path, old: str, new: str, said: str) -> None:
    add(config)
    config.write_text(config.read_text().replace(old, new))
    result = run("check", "--config", config)
    assert (result.exit_code, said in result.stdout) == (1, True), result.stdout


def test_check_finds_a_folder_that_cannot_be_looked_into(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(config)
    look_at = Path.is_dir

    def is_dir(path: Path) -> bool:
        if path == tmp_path / "post" / "ind":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return look_at(path)

    monkeypatch.setattr(Path, "is_dir", is_dir)
    result = run("check", "--config", config)
    assert result.exit_code == 1
    assert f"FEJL  Mapper: Der er ikke adgang til {tmp_path / 'post' / 'ind'}" in result.stdout


def test_check_finds_that_nobody_may_use_it(config: Path) -> None:
    add(config)
    run("user", "revoke", "AHN", "--config", config)
    assert "FEJL  Brugere: Ingen har adgang" in run("check", "--config", config).stdout


def test_check_finds_a_wrong_key(config: Path, key_file: Path) -> None:
    add(config)
    key_file.write_text("00" * 32)
    result = run("check", "--config", config)
    assert "FEJL  Database: Databasen kan ikke læses med nøglen" in result.stdout
    refused = add(config)
    assert (refused.exit_code, "nøglen" in refused.stderr) == (2, True)


# --- users


def test_a_user_gets_a_token_that_works_until_it_is_revoked(config: Path, tmp_path: Path) -> None:
    added = add(config, "CKL")
    token = added.stdout.strip()
    assert "vises kun nu" in added.stderr
    database = Database.sqlite(tmp_path / "gateway.db", KEY)
    office = Office(database)
    office.tokens["ny"] = token
    assert office.call("GET", "/v1/me", "ny").json()["role"] == "visitator"
    assert run("user", "revoke", "CKL", "--device", "PC1", "--config", config).exit_code == 0
    assert office.call("GET", "/v1/me", "ny").status_code == 401
    office.close()


def test_what_is_wrong_with_a_user_is_said(config: Path) -> None:
    assert "skal skrives med" in add(config, "a b").stderr
    unknown = run("user", "revoke", "XYZ", "--config", config)
    assert (unknown.exit_code, "ingen bruger" in unknown.stderr) == (2, True)
    assert add(config, "AHN", "--role", "konge").exit_code == 2


def test_after_a_restore_everybody_reads_again(config: Path, tmp_path: Path) -> None:
    add(config)
    database = Database.sqlite(tmp_path / "gateway.db", KEY)
    before = database.epoch
    assert run("restored", "--config", config).exit_code == 0
    assert database.epoch != before
    database.close()


@pytest.mark.parametrize(
    "command",
    [
        ["user", "add", "BKR", "--name", "Bo K", "--role", "leder", "--device", "PC1"],
        ["user", "revoke", "AHN"],
        ["restored"],
    ],
)
def test_a_database_that_cannot_be_written_is_said(
    config: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    """Its tables are there, as beside a gateway that runs; what is new does not fit the disk."""
    add(config)

    def full(_: Database) -> Any:  # noqa: ANN401 - it never returns
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    monkeypatch.setattr(Database, "write", full)
    refused = run(*command, "--config", config)
    assert (refused.exit_code, "har plads" in refused.stderr) == (2, True), refused.exception
    assert refused.stdout == ""


def test_what_came_after_the_copy_is_taken_in_again_from_the_archive(
    config: Path, tmp_path: Path
) -> None:
    """A copy from the night knows nothing of the morning's plans; their files are still there."""
    add(config)
    copy, file = tmp_path / "kopi.db", tmp_path / "gateway.db"
    shutil.copyfile(file, copy)
    for database in (file, copy, copy):
        gateway = Gateway(
            Database.sqlite(database, KEY),
            agreement=load_agreement("region-sjaelland-2025-11"),
            clock=lambda: START,
            transports=[FolderTransport(tmp_path / "post")],
        )
        for each in (tmp_path / "post" / "arkiv").iterdir():
            each.rename(tmp_path / "post" / "ind" / each.name)
        if database == file:
            (tmp_path / "post" / "ind" / "plan.xml").write_bytes(written(plan()))
        assert gateway.tick().received == 1
        with gateway.database.read() as connection:
            assert head_of(connection) == 1
        gateway.close()
    copy.replace(file)
    said = run("restored", "--config", config).stdout
    assert str(tmp_path / "post" / "arkiv") in said


# --- the whole service


def test_a_file_in_the_folder_is_answered_and_the_reply_lies_in_it(
    database: Database, tmp_path: Path
) -> None:
    """From `ind/` over a workstation to `ud/`, signed by who answered."""
    transport = FolderTransport(tmp_path / "post")
    transport.prepare()
    office = Office(database, transports=[transport])
    (tmp_path / "post" / "ind" / "plan.xml").write_bytes(written(plan(wants_receipt=False)))
    worker = Worker(office.gateway)
    page = office.page(wait=30)
    worker.stop()
    assert len(page.entries) == 1
    (entry,) = office.entries()
    office.push(office.reply(entry.pathway_id, user="BKR"), user="BKR")
    assert office.gateway.tick().sent == 1
    (file,) = (tmp_path / "post" / "ud").iterdir()
    (letter,) = read(file.read_bytes()).messages
    assert isinstance(letter, Correspondence)
    assert letter.text.startswith("Plejeforløbsplan OK")
    assert "Navn på BKR" in letter.text
    assert office.entries()[-1].kind == "reply_handed_over"
    office.close()


def test_a_bug_in_a_round_does_not_end_the_mail(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rounds: list[int] = []
    enough = threading.Event()

    def tick(letters: int) -> None:
        rounds.append(letters)
        if len(rounds) == 2:
            enough.set()
        raise RuntimeError("2512489996")

    monkeypatch.setattr(office.gateway, "tick", tick)
    worker = Worker(office.gateway)
    assert enough.wait(20)
    worker.stop()
    assert "a round failed: RuntimeError" in caplog.text
    assert "2512489996" not in caplog.text


def test_the_mail_is_said_to_move_again_when_it_does(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A letter that could not be written is put off for a minute: until then all is quiet."""
    trouble = Trouble(transport="vans", reason=TroubleReason.NOT_WRITTEN)
    failed, quiet = Round(troubles=(trouble,)), Round()
    rounds = iter([failed, quiet, quiet, failed, quiet, Round(sent=1)])
    over = threading.Event()

    def tick(_letters: int) -> Round:
        done = next(rounds, None)
        if done is None:
            over.set()
        return done or quiet

    monkeypatch.setattr(office.gateway, "tick", tick)
    with caplog.at_level("INFO", "visitator.gateway.service"):
        worker = Worker(office.gateway)
        assert over.wait(20)
        worker.stop()
    said = [each.levelname for each in caplog.records if each.name == "visitator.gateway.service"]
    assert said == ["WARNING", "INFO"]


def test_what_comes_in_waits_for_few_letters_of_our_own(database: Database, tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path / "post")
    transport.prepare()
    office = Office(database, transports=[transport])
    for n in range(7):
        file = tmp_path / "post" / "ind" / f"{n}.xml"
        file.write_bytes(written(plan(wants_receipt=True)))
    first, second = office.gateway.tick(letters=5), office.gateway.tick(letters=5)
    assert (first.received, first.sent) == (7, 5)
    assert (second.received, second.sent) == (0, 2)
    office.close()


def test_a_busy_round_is_followed_by_another_at_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a pause after each, these rounds would take minutes."""
    rounds: list[int] = []
    enough = threading.Event()

    def tick(letters: int) -> Round:
        rounds.append(letters)
        if len(rounds) == 1_000:
            enough.set()
        return Round(received=len(rounds) % 2, sent=(len(rounds) + 1) % 2)

    monkeypatch.setattr(office.gateway, "tick", tick)
    worker = Worker(office.gateway)
    assert enough.wait(20)
    worker.stop()


@contextlib.contextmanager
def served(config: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`visitator gateway serve` in a process of its own, and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    config.write_text(config.read_text().replace("port = 0", f"port = {port}"))
    process = subprocess.Popen(
        [sys.executable, "-m", "visitator", "gateway", "serve", "--config", str(config)],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        for line in process.stderr:
            if "Uvicorn running" in line:
                break
        yield process, port
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(os.name != "posix", reason="signals are another matter on Windows")
def test_serve_answers_and_stops_when_told_though_somebody_waits(config: Path) -> None:
    token = add(config).stdout.strip()
    with served(config) as (process, port):
        address = f"http://127.0.0.1:{port}/v1"
        assert httpx.get(f"{address}/health").json()["ok"] is True
        headers = {"Authorization": f"Bearer {token}"}
        ended = threading.Event()

        def wait() -> None:
            with contextlib.suppress(httpx.HTTPError):
                httpx.get(f"{address}/entries?wait=30", headers=headers, timeout=60)
            ended.set()

        threading.Thread(target=wait).start()
        assert httpx.get(f"{address}/me", headers=headers).json()["user"] == "AHN"
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
        assert ended.wait(20)
    assert process.returncode in {0, -signal.SIGTERM}
    assert "GET /v1/me 200" in said
    assert token not in said


@pytest.mark.skipif(os.name != "posix", reason="signals are another matter on Windows")
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_gateway_that_was_stopped_leaves_its_journal_in_one_file(
    config: Path, tmp_path: Path, told: signal.Signals
) -> None:
    """Whoever copies it then has all of it: what is in a log beside it would be lost."""
    headers = {"Authorization": f"Bearer {add(config).stdout.strip()}"}
    with served(config) as (process, port):
        message = f"http://127.0.0.1:{port}/v1/messages"
        assert httpx.post(message, headers=headers, content=written(plan())).status_code == 201
        process.send_signal(told)
        _, said = process.communicate(timeout=20)
    assert (process.returncode, "Traceback" in said, "Abort" in said) == (0, False, False)
    assert [each.name for each in tmp_path.glob("gateway.db*")] == ["gateway.db"]


def test_a_port_that_is_taken_is_said(config: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        config.write_text(config.read_text().replace("port = 0", f"port = {port}"))
        result = run("serve", "--config", config)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Gatewayen kan ikke lytte på 127.0.0.1, port {port}")


@pytest.mark.parametrize("content", [None, b"ikke et certifikat"], ids=["none", "no certificate"])
def test_a_certificate_that_cannot_be_used_is_said(
    config: Path, tmp_path: Path, content: bytes | None
) -> None:
    names = {"certificate": tmp_path / "tls.crt", "private_key": tmp_path / "tls.key"}
    for file in names.values():
        if content is not None:
            file.write_bytes(content)
    told = "".join(f'\n{name} = "{file.as_posix()}"' for name, file in names.items())
    config.write_text(config.read_text().replace("port = 0", "port = 0" + told))
    result = run("serve", "--config", config)
    assert result.exit_code == 2
    assert result.stderr.startswith("certificate og private_key under [listen] kan ikke læses")


@pytest.mark.parametrize("command", ["serve", "check"])
@pytest.mark.parametrize("url", ["ikke en url hemmelig:kode@x", "postgresql://a:kode@x:port/y"])
def test_a_database_url_that_is_none_is_said(tmp_path: Path, command: str, url: str) -> None:
    path = tmp_path / "gateway.toml"
    path.write_text(f'{AGREEMENT}[database]\nurl = "{url}"\n')
    result = run(command, "--config", path)
    assert "url under [database] er ikke rigtig" in result.output
    assert "kode@" not in result.output
    assert result.exit_code == (2 if command == "serve" else 1)


# --- connections --------------------------------------------------------------------------------


def test_an_idle_connection_outlives_the_clients_use_of_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gateway that closes first may do so while a call is on its way: connection reset."""
    assert KEEP_ALIVE_SECONDS > IDLE_SECONDS
    monkeypatch.setattr("visitator.gateway.loopback.KEEP_ALIVE_SECONDS", 0.05)
    agreement = load_agreement("region-sjaelland-2025-11")
    gateway = Gateway(database, agreement=agreement, clock=lambda: START)
    loopback = Loopback(gateway)
    try:
        url = httpx.URL(loopback.address)
        with socket.create_connection((url.host, url.port or 0), timeout=3) as connection:
            connection.sendall(b"GET /v1/openapi.json HTTP/1.1\r\nHost: here\r\n\r\n")
            came = b"".join(iter(lambda: connection.recv(65_536), b""))
    finally:
        loopback.close()
        gateway.close()
    assert came.startswith(b"HTTP/1.1 200")
