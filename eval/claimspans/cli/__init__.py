"""The command line: one command a file, nothing but arguments and printing."""

from __future__ import annotations

import errno
import gc
import importlib
import io
import os
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn, TextIO, cast

import click

from ..data.escapes import EscapedStream, one_line
from ..data.problems import ClaimspansError
from ..version import VERSION
from .corpus_option import with_corpus

_COMMANDS = {
    "add": "Add texts to the corpus, or take over their edits.",
    "adjudicate": "Make one annotation layer of two, asking about each difference.",
    "agree": "Compare two annotation layers.",
    "augment": "Write a training set: the articles, and editions of them.",
    "check": "Check annotations, or a predictions file, level by level.",
    "compare": "Compare systems: differences, intervals, tests, ranks.",
    "curve": "Train on one article, two, …: how F1 grows.",
    "diff": "Show what changed in the gold since a revision.",
    "edition": "Write the corpus with names, states, dates and figures exchanged.",
    "export": "Write the gold in a training format.",
    "harness": "Where inspect_ai, lm-eval and evaluate find what scores with us.",
    "hub": "Build, check, compare and push the dataset on Hugging Face.",
    "hydrate": "Put the articles' texts into a dataset that was published without them.",
    "labelstudio": "Annotate in Label Studio.",
    "leaderboard": "Rank the systems of run folders.",
    "ledger": "List the claims of all articles.",
    "new": "Make a corpus: a schema, a folder for texts, guidelines.",
    "prompt": "Show what a language model is asked.",
    "release": "Check the gold, freeze it, and give it a version.",
    "remove": "Remove an article from the corpus.",
    "report": "Write scores and every error as one HTML file.",
    "run": "Run an extractor over the articles and write its predictions.",
    "schema": "Show the labels and attributes, or the kinds of problems.",
    "score": "Score predictions against the gold.",
    "show": "Show an article with its spans and claims.",
    "site": "Write the claims as linked pages: timeline, ledger, articles, speakers.",
    "train": "Train a model on an annotation layer.",
}


class LazyGroup(click.Group):
    """Commands in modules of ``home``, each imported where it is called, so that --help answers at once."""

    def __init__(self, *args: Any, home: str, about: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._home = home
        self._about = about

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self._about)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._about:
            return None
        return with_corpus(importlib.import_module(f"{self._home}.{cmd_name}").command)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(self._about.items()))


EXIT_CODES = "Exit code 0: done. 1: the data fell short. 2: called wrongly. 3: too much of a run failed."


@click.group(
    cls=LazyGroup,
    home=__name__,
    about=_COMMANDS,
    epilog=EXIT_CODES,
)
@click.version_option(VERSION, prog_name="claimspans")
def cli() -> None:
    """Articles annotated span by span, and a harness that scores any extractor against them.

    A command works on a corpus: the one of --corpus, else that of CLAIMSPANS_CORPUS, else the nearest folder above the
    current one that is a corpus, else the five articles that ship.

    \b
    Example:
      claimspans run rules --out runs/rules && claimspans score runs/rules
      claimspans new mine --schema spans
    """


INTERNAL_ERROR = 70
"""EX_SOFTWARE of sysexits.h: a mistake of ours, which is neither data that fall short nor a wrong call."""


def main(args: list[str] | None = None) -> NoReturn:
    """Run the command line and exit; a user's mistake is a message and exit code 2, never a traceback."""
    _mend_streams()
    with_corpus(cli)
    # One program, one thread: the threads that BLAS would start when numpy is imported cost more than they save here.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # A command reads, reckons and ends: looking for cycles among its records costs time and frees nothing.
    gc.disable()
    try:
        with cli.make_context("claimspans", sys.argv[1:] if args is None else list(args)) as context:
            cli.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        click.UsageError(one_line(error.format_message()), getattr(error, "ctx", None)).show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except ClaimspansError as error:
        # No line of a message can be taken for another message: what others named may hold a line feed.
        click.echo(f"claimspans: {error}".replace("\n", "\n  "), err=True)
        sys.exit(2)
    except BrokenPipeError:
        # The reader has what it wanted; nothing more must be written when Python closes its streams.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        click.echo(f"claimspans: {one_line(_refused(error))}", err=True)
        sys.exit(2)
    except Exception:  # noqa: BLE001 -- whatever it is, its exit code is not that of data or of a call
        traceback.print_exc()
        sys.exit(INTERNAL_ERROR)
    gc.freeze()  # nor does Python look for any as it ends
    sys.exit(0)


_REMEDIES = {
    errno.ENOSPC: "make room there, or name another place",
    errno.EDQUOT: "make room there, or name another place",
    errno.EACCES: "check its permissions, or name another place",
    errno.EROFS: "name a place that can be written",
    errno.ENOENT: "check the path",
    errno.EMFILE: "allow the program more open files (ulimit -n)",
}


def _refused(error: OSError) -> str:
    """What the system refused, of which file where it says so, and what helps."""
    said = error.strerror or str(error) or type(error).__name__
    remedy = _REMEDIES.get(error.errno or 0)
    return f"{error.filename or 'the output'}: {said}" + (f"; {remedy}" if remedy else "")


def _mend_streams() -> None:
    """A closed stream swallows what is written; what a stream cannot show or would obey is written as an escape."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 -- for as long as the process lives
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.stdout, sys.stderr = (
        stream if isinstance(stream, EscapedStream) else cast("TextIO", EscapedStream(stream))
        for stream in (sys.stdout, sys.stderr)
    )
