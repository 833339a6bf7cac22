"""claimspans leaderboard"""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import click

from ..data.files import refuse_input, write_text
from ..data.problems import ClaimspansError
from ..scoring.leaderboard import leaderboard
from .corpus_option import GIVEN
from .scoring_options import GoldOptions, ReadingOptions, gold_options, reading_options

SUBMISSIONS = "submissions"
_COMMANDLINE = click.core.ParameterSource.COMMANDLINE


@click.command("leaderboard", epilog="Exit code 1: with --check, the file is not up to date.")
@click.argument("runs", nargs=-1, type=click.Path(path_type=Path))
@gold_options
@reading_options
@click.option("--out", type=click.Path(path_type=Path), help="Write it there. [default: print it]")
@click.option("--check", is_flag=True, help="Only say whether the file of --out is up to date.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(
    runs: tuple[Path, ...],
    against: GoldOptions,
    read: ReadingOptions,
    out: Path | None,
    check: bool,
    as_json: bool,
) -> None:
    """Rank systems as a table in Markdown: RUNS, run folders or predictions files; those in submissions/ without any.

    \b
    Example:
      claimspans leaderboard --out LEADERBOARD.md
      claimspans leaderboard runs/rules runs/mine other.jsonl
      claimspans leaderboard --gold my-gold.jsonl a.jsonl b.jsonl
    """
    from ..report.leaderboard import markdown

    if check and out is None:
        raise click.UsageError("--check looks at a file: name it with --out")
    folders = list(runs)
    if not runs:
        home = Path(SUBMISSIONS)
        if not home.is_dir():
            raise ClaimspansError(f"{SUBMISSIONS}: no such folder; name run folders, such as runs/rules")
        folders = sorted(path for path in home.iterdir() if path.is_dir())
    if out is not None:
        refuse_input(out, *folders, *against.files, read.label_map)
    gold, schema = against.load()
    board = leaderboard(gold, folders, schema, **read.reading)
    if as_json:
        click.echo(json.dumps(board.to_dict(), ensure_ascii=False, indent=2, allow_nan=False))
        return
    shown = _command_line(click.get_current_context())
    text = markdown(board, shown)
    if out is None:
        click.echo(text, nl=False)
    elif not check:
        write_text(out, text)
        click.echo(f"{out}", err=True)
    elif not out.is_file() or out.read_text(encoding="utf-8") != text:
        click.echo(f"{out}: not up to date; {shown} makes it anew", err=True)
        raise click.exceptions.Exit(1)


def _command_line(context: click.Context) -> str:
    """The call in words: arguments, then the corpus and what options say, without flags."""
    given = [each for each in context.command.params if context.get_parameter_source(each.name or "") is _COMMANDLINE]
    words = [str(run) for run in context.params["runs"]]
    if corpus := context.meta.get(GIVEN):
        words += ["--corpus", corpus]
    for option in given:
        if isinstance(option, click.Option) and option.expose_value and not option.is_flag:
            values = context.params[option.name or ""]
            for value in values if option.multiple else [values]:
                words += [option.opts[0], str(value)]
    return shlex.join(["claimspans", "leaderboard", *words])
