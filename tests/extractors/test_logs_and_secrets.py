"""Logs that have a limit, secrets in URLs, a lock that nobody removes, and what is ended with a process."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from claimspans.data.problems import ClaimspansError
from claimspans.extractors import parse
from claimspans.extractors.run import RunFolder
from claimspans.extractors.run.guard import end_descendants
from claimspans.extractors.run.log import FIRST, LARGEST, LAST, Log
from claimspans.extractors.secrets import TOKEN


def test_a_log_keeps_the_first_and_the_last_part(tmp_path: Path) -> None:
    rng = random.Random(0)
    said = b""
    for _ in range(3):  # three workers, one after the other
        log = Log(tmp_path / "log")
        for _ in range(12):
            part = rng.randbytes(rng.randrange(1 << 18))
            said += part
            log.write(part)
            assert (tmp_path / "log").stat().st_size <= LARGEST
        log.close()
    kept = (tmp_path / "log").read_bytes()
    assert kept[:FIRST] == said[:FIRST]
    assert kept[-LAST:] == said[-LAST:]
    note = kept[FIRST:].split(b"\n")[1].decode()
    left_out = int(note.split()[1])
    assert note == f"... {left_out} bytes left out ..."
    assert len(kept) - len(note) - 2 + left_out == len(said)


@pytest.mark.skipif(sys.platform != "linux", reason="nothing else has /proc")
def test_nothing_is_ended_that_a_process_did_not_start() -> None:
    end_descendants(2**22 + 1)


@pytest.mark.parametrize(
    "url",
    [
        "https://me:pass@host/x",
        "https://me@host/x",
        *(
            f"https://host/x?{name}=v"
            for name in ("auth", "AUTH", "api-key", "apikey", "access_token", "pwd", "passwd")
        ),
        *(
            f"https://host/x?{name}=v"
            for name in ("sig", "signature", "sas", "session", "jwt", "code", "X-Amz-Credential")
        ),
        "https://host/x?q=4f9a7c2e8b1d6035",
        "https://host/x?model=m#access_token=v",
        "https://host/tok-9f8e7d6c5b4a/x",
    ],
)
def test_credentials_in_a_url_are_refused_by_any_name(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "tok-9f8e7d6c5b4a")
    with pytest.raises(ClaimspansError, match="the URL has credentials in it") as raised:
        parse(url)
    assert url.partition("?")[2] not in str(raised.value) or "?" not in url


@pytest.mark.parametrize(
    "url", ["http://host/x", "http://host/x?model=llama-3-70b-instruct-2024&lang=en", "http://[::1]:8/x"]
)
def test_a_url_with_other_parameters_is_taken(url: str) -> None:
    assert parse(url).target == url


def test_a_folder_without_its_lock_file_is_locked_all_the_same(tmp_path: Path) -> None:
    with RunFolder(tmp_path / "run"):
        (tmp_path / "run" / ".lock").unlink()
        with pytest.raises(ClaimspansError, match="another run is going on in it"):
            RunFolder(tmp_path / "run")
