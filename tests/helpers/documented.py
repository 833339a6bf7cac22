"""The examples of a document: files and commands of its sections, to be run as a reader would."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from .waiting import FOREVER, until

_FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"# ([\w-]+\.\w+)\n")


def sections(document: Path) -> dict[str, list[tuple[str, str]]]:
    """The fenced blocks, language and content, of each section that has a command; generated parts are no examples."""
    text = re.sub(r"<!-- \[\[\[cog.*?\]\]\] -->", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    parts = re.split(r"(?:\A#|^##+) (.+)$", text, flags=re.MULTILINE)
    found = {title: _FENCED.findall(body) for title, body in zip(parts[1::2], parts[2::2], strict=True)}
    return {title: blocks for title, blocks in found.items() if any(language == "console" for language, _ in blocks)}


def play(
    blocks: list[tuple[str, str]],
    folder: Path,
    put: Mapping[str, str] | None = None,
    programs: Path | None = None,
) -> str:
    """Write the files of a section into a folder, run its commands there, and say what they printed.

    A file is a block whose first line names it in a comment. A command that ends with & runs until the others have.
    ``put`` replaces what is another thing in a test, such as an address. ``programs`` is the folder of the programs
    that are called, that of this interpreter unless given. Each line that the document shows under a
    command must begin a line of what is printed.
    """
    env = {
        **os.environ,
        "PATH": f"{programs or Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "200",
    }
    printed = ""
    with contextlib.ExitStack() as stack:
        for language, content in blocks:
            text = content
            for old, new in (put or {}).items():
                text = text.replace(old, new)
            named = _NAMED.match(text)
            if named is not None:
                (folder / named[1]).write_text(text, encoding="utf-8")
            if language != "console":
                continue
            for command, shown in _commands(text):
                if command.endswith("&"):
                    stack.enter_context(_background(command.rstrip("& "), folder, env))
                    _wait_for(text)
                    continue
                run = subprocess.run(
                    ["sh", "-c", command],
                    cwd=folder,
                    env=env,
                    capture_output=True,
                    text=True,
                    check=False,
                    timeout=3 * FOREVER,
                )
                said = run.stdout + run.stderr
                assert run.returncode == 0, f"{command}\n{said}"
                for line in shown:
                    assert any(one.startswith(line) for one in said.splitlines()), f"{command}: {line}\n{said}"
                printed += said
    return printed


def _commands(content: str) -> Iterator[tuple[str, list[str]]]:
    for part in re.split(r"^\$ ", content, flags=re.MULTILINE)[1:]:
        command, *shown = part.rstrip().splitlines()
        yield re.sub(r"\s{2,}#.*", "", command), shown


@contextlib.contextmanager
def _background(command: str, folder: Path, env: Mapping[str, str]) -> Iterator[None]:
    with subprocess.Popen(command.split(), cwd=folder, env=env, stderr=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.kill()


def _wait_for(content: str) -> None:
    """Until somebody listens at the first address that the block names."""
    address = re.search(r"http://([\d.]+):(\d+)", content)
    assert address is not None
    where = address[1], int(address[2])

    def listens() -> bool:
        with contextlib.suppress(OSError), socket.create_connection(where, FOREVER):
            return True
        return False

    until(listens, f"somebody to listen at {address[0]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
