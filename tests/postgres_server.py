"""A PostgreSQL server on loopback, in a folder of its own, for the tests of the store."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def find_binaries() -> Path | None:
    """Folder of the server's programs; None if there is none."""
    if BINARIES:
        return BINARIES[-1]
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def postgres_server(binaries: Path) -> Iterator[str]:
    """Address of a server that runs for the length of a ``with`` block, with one empty database."""
    # It refuses to run as root, and the folders of tests are root's alone.
    user = pwd.getpwnam("postgres").pw_name if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    if user:
        shutil.chown(folder, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "data"
    quiet = {"user": user, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    initdb = [
        binaries / "initdb",
        "-D",
        data,
        "-U",
        "tester",
        "-A",
        "trust",
        "--no-sync",
        "-E",
        "UTF8",
    ]
    subprocess.run(initdb, check=True, **quiet)  # type: ignore[call-overload]  # the same words
    options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
    server = subprocess.Popen(  # type: ignore[call-overload]  # the words of `quiet` again
        [binaries / "postgres", "-D", data, "-p", str(port), "-F", *options], **quiet
    )
    try:
        _wait(port)
        yield f"postgresql://tester@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(0.3)  # it listens a little before it answers
                return
        time.sleep(0.1)
    raise TimeoutError("PostgreSQL did not start")
