"""What the machine and the network tell: a full disk, little memory, taken ports, certificates, a Puente that runs."""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from shutil import which

import pytest

from directory import running
from directory.doctor import Finding, Look, machine, outside
from directory.running import Lock, Running
from tests.doctor.conftest import NOW, change

Says = Callable[..., dict[str, Finding]]


def test_room_is_compared_with_what_a_backup_and_a_publication_take(
    home: Path, says: Says, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(says("the disk")) == {"disk"}
    need = machine._needed(home)
    assert need > (home / "work.db").stat().st_size + 2 * (home / "directory.db").stat().st_size
    block = os.statvfs(home).f_frsize
    for free, level in ((need - 10 * block, "mend"), (need + 10 * block, "look")):
        monkeypatch.setattr("directory.doctor.machine.os.statvfs", lambda _, free=free: _Disk(free, block))
        assert says("the disk")["disk.room"].level == level
    monkeypatch.setattr("directory.doctor.machine.os.statvfs", lambda _: _Disk(10**12, block, 7))
    assert "7 more files" in says("the disk")["disk.inodes"].text


class _Disk:
    """What the system tells of a disk."""

    def __init__(self, free: int, block: int, inodes: int = 10**6) -> None:
        self.f_bavail, self.f_frsize, self.f_files, self.f_favail = free // block, block, 10**7, inodes


def test_a_folder_that_cannot_be_written(home: Path) -> None:
    (home / "gone").mkdir()
    look = Look(home / "gone", NOW)
    (home / "gone").rmdir()
    (found,) = machine.disk(look)
    assert found.id == "disk.unwritable" and found.level == "mend"


@pytest.mark.parametrize(
    ("kilobytes", "container", "level"),
    [(8_000_000, "max", "ok"), (1_000_000, "max", "look"), (500_000, "max", "mend"), (8_000_000, "536870912", "mend")],
)
def test_memory_of_the_machine_and_of_the_container(
    tmp_path: Path, kilobytes: int, container: str, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, limit = tmp_path / "meminfo", tmp_path / "memory.max"
    told.write_text(f"MemTotal: {kilobytes} kB\nSwapTotal: 0 kB\n")
    limit.write_text(f"{container}\n")
    monkeypatch.setattr(machine, "MACHINE", told)
    monkeypatch.setattr(machine, "CONTAINER", limit)
    (found,) = machine.memory(Look(tmp_path, NOW))
    assert found.level == level


@contextmanager
def listening() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_port_that_another_program_has(home: Path, says: Says) -> None:
    with listening() as port:
        found = says("the ports", ports=(("chat page", port),))[f"port.{port}"]
        assert found.level == "mend" and found.command == f"puente up --port {port + 1}"
    assert set(says("the ports", ports=(("chat page", port),))) == {"ports"}


@contextmanager
def alive(home: Path, state: Running) -> Iterator[None]:
    """A supervisor as far as its lock and its file tell of it."""
    lock = Lock(home / "up.lock")
    assert lock.take()
    running.tell(state)
    try:
        yield
    finally:
        lock.close()


@contextmanager
def page(status: int) -> Iterator[int]:
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return None

    server = HTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_puente_that_runs_and_one_whose_parts_are_away(home: Path, says: Says) -> None:
    with page(200) as door, page(500) as desk:
        good = Running(1, "running", {"door": door}, {"door": "ready"})
        with alive(home, good):
            assert set(says("whether Puente runs")) == {"up"} and not says("the ports")
        bad = Running(1, "running", {"door": door, "desk": desk}, {"door": "ready", "assistant": "away"})
        with alive(home, bad):
            found = says("whether Puente runs")
        assert {each.id: each.level for each in found.values()} == {"up.assistant": "mend", "up.desk.silent": "mend"}
        with alive(home, Running(1, "held", {}, {})):
            assert says("whether Puente runs")["up.state"].level == "look"
    assert "up.none" in says("whether Puente runs"), "its lock went with it"


@contextmanager
def sealed(folder: Path, days: int, host: str = "localhost") -> Iterator[int]:
    """An https server on loopback with a certificate of its own that ends in so many days."""
    if not which("openssl"):
        pytest.skip("no openssl here to make a certificate with")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
         folder / "key.pem", "-out", folder / "cert.pem", "-days", str(days), "-subj", f"/CN={host}",
         "-addext", f"subjectAltName=DNS:{host}"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_shake, args=(listener, context), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


def _shake(listener: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            plain, _ = listener.accept()
        except OSError:
            return
        with plain:
            try:
                context.wrap_socket(plain, server_side=True).close()
            except OSError:
                continue


@pytest.mark.parametrize(("days", "id", "level"), [(90, "address", "ok"), (5, "address.ends", "mend")])
def test_a_certificate_that_holds_and_one_that_ends_soon(
    home: Path, says: Says, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int, id: str, level: str
) -> None:
    with sealed(tmp_path, days) as port:
        change(home, public_address=f"https://localhost:{port}")
        monkeypatch.setattr(outside, "trusted", ssl.create_default_context(cafile=str(tmp_path / "cert.pem")))
        assert says("the public address", online=True)[id].level == level


def test_a_certificate_that_nobody_vouches_for(home: Path, says: Says, tmp_path: Path) -> None:
    with sealed(tmp_path, 90) as port:
        change(home, public_address=f"https://localhost:{port}")
        assert says("the public address", online=True)["address.certificate"].level == "mend"


def test_an_address_where_nobody_answers(home: Path, says: Says) -> None:
    with listening() as port:
        pass
    change(home, public_address=f"https://localhost:{port}")
    assert says("the public address", online=True)["address.away"].level == "mend"
    assert says("the public address")["address"].level == "ok", "the network is left alone unless asked"


def test_logs_of_json_lines_are_counted(home: Path, says: Says) -> None:
    (home / "logs").mkdir()
    (home / "logs" / "puente.log").write_text(json.dumps({"event": "up"}) + "\n")
    assert set(says("the logs")) == {"logs"}


def test_a_clock_before_the_newest_publication(home: Path, says: Says) -> None:
    assert set(says("the clock")) == {"clock"}
    found = says("the clock", now=NOW - timedelta(days=2))
    assert found["clock.behind"].level == "mend" and "timedatectl" in str(found["clock.behind"].command)
