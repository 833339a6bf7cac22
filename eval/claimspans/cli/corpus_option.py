"""The option ``--corpus``, which every command has, before it or behind it."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import click

from ..data.corpus_folder import VARIABLE, is_corpus, named_corpus

GIVEN = "claimspans.corpus"
"""Under this name a context's ``meta`` has the corpus that the command line names."""


def _taken(context: click.Context, _parameter: click.Parameter, name: str | None) -> None:
    """The corpus of this command, and of the programs that it starts."""
    if name is not None:
        context.meta[GIVEN] = name
    given = os.environ.get(VARIABLE, "")
    if name is None and given and is_corpus(Path(given)):
        name = given  # so that it is found from every folder
    if name is not None:
        context.find_root().call_on_close(partial(_put_back, os.environ.get(VARIABLE)))
        os.environ[VARIABLE] = str(Path(os.path.abspath(named_corpus(name))))  # noqa: PTH100 -- links stay links


def _put_back(before: str | None) -> None:
    """A program that calls a command goes on with the corpus that it had."""
    os.environ.pop(VARIABLE, None)
    if before is not None:
        os.environ[VARIABLE] = before


def with_corpus(command: click.Command) -> click.Command:
    """The command with the option ``--corpus``; the one behind a command wins over the one before it."""
    if not any(parameter.name == "corpus" for parameter in command.params):
        command.params.append(
            click.Option(
                ["--corpus"],
                metavar="DIR",
                expose_value=False,
                callback=_taken,
                help=f"The corpus to work on. [default: ${VARIABLE}, the nearest above, or the one that ships]",
            )
        )
    return command
