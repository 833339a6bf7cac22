"""Every command of claimspans that a document shows exists, and takes the options that stand there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import click

from claimspans.cli import cli

from .test_links import DOCUMENTS, tokens

COMING: set[tuple[str, str]] = set()
"""Described before they are made: to be removed from here with the change that makes them."""


def shown() -> Iterator[list[str]]:
    """The words of every command of claimspans in a console block or in code of a line."""
    for document in DOCUMENTS:
        lines: list[str] = []
        for token in tokens(document):
            if token.type == "fence" and token.info == "console":
                code = token.content.replace("\\\n", " ")
                lines += [line[2:] for line in code.splitlines() if line.startswith("$ ")]
            lines += [inner.content for inner in token.children or () if inner.type == "code_inline"]
        for line in lines:
            for part in re.split(r" && | &$|\s{2,}#|; ", line):
                if part.startswith("claimspans "):
                    yield shlex.split(part)


def unknown(words: list[str]) -> Iterator[tuple[str, str]]:
    command: click.Command = cli
    context = click.Context(cli)
    path: list[str] = []
    rest = words[1:]
    while isinstance(command, click.Group) and rest:
        name = rest.pop(0)
        found = command.get_command(context, name)
        if found is None:
            if name.islower():  # NAME stands for another word
                yield " ".join(path), name
            return
        command = found
        path.append(name)
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    for word in rest:
        option = word.partition("=")[0]
        if re.fullmatch(r"--?[a-z][a-z-]*", option) and option not in {*options, "--help", "--version"}:
            yield " ".join(path), option


def test_every_command_that_is_shown_exists() -> None:
    commands = list(shown())
    assert len(commands) > 100
    wrong = {each for words in commands for each in unknown(words)}
    assert wrong - COMING == set()


def test_what_does_not_exist_is_found() -> None:
    assert list(unknown(["claimspans", "score", "x", "--fast"])) == [("score", "--fast")]
    assert list(unknown(["claimspans", "hub", "shout"])) == [("hub", "shout")]
    assert list(unknown(["claimspans", "score", "gold", "--json"])) == []
