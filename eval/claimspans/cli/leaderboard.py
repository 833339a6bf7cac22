"""claimspans leaderboard"""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..data.corpus import Corpus
from ..data.files import refuse_input, write_text
from ..data.predictions import read_gold
from ..data.problems import ClaimspansError
from ..data.schema import read_schema
from ..scoring.leaderboard import Leaderboard, leaderboard

SUBMISSIONS = "submissions"


@click.command("leaderboard", epilog="Exit code 1: with --check, the file is not up to date.")
@click.argument("runs", nargs=-1, type=click.Path(path_type=Path))
@click.option("--gold", type=click.Path(), help="A gold of your own: a file of records or of articles.")
@click.option("--schema", type=click.Path(), help="The schema of that gold; without one its labels are those it holds.")
@click.option("--out", type=click.Path(path_type=Path), help="Write it there. [default: print it]")
@click.option("--check", is_flag=True, help="Only say whether the file of --out is up to date.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(
    runs: tuple[Path, ...], gold: str | None, schema: str | None, out: Path | None, check: bool, as_json: bool
) -> None:
    """Rank systems as a table in Markdown: RUNS, run folders or predictions files; those in submissions/ without any.

    \b
    Example:
      claimspans leaderboard --out LEADERBOARD.md
      claimspans leaderboard runs/rules runs/mine other.jsonl
      claimspans leaderboard --gold my-gold.jsonl a.jsonl b.jsonl
    """
    from ..report.leaderboard import markdown

    if schema is not None and gold is None:
        raise click.UsageError("--schema describes a gold of your own: name it with --gold")
    if check and out is None:
        raise click.UsageError("--check looks at a file: name it with --out")
    folders = list(runs)
    if not runs:
        home = Path(SUBMISSIONS)
        if not home.is_dir():
            raise ClaimspansError(f"{SUBMISSIONS}: no such folder; name run folders, such as runs/rules")
        folders = sorted(path for path in home.iterdir() if path.is_dir())
    if out is not None:
        refuse_input(out, *folders)
    board = _board(folders, gold, schema)
    if as_json:
        click.echo(json.dumps(board.to_dict(), ensure_ascii=False, indent=2, allow_nan=False))
        return
    named = [("--gold", gold), ("--schema", schema), ("--out", out)]
    options = [word for option, value in named if value for word in (option, str(value))]
    shown = " ".join(["claimspans leaderboard", *map(str, runs), *options])
    text = markdown(board, shown)
    if out is None:
        click.echo(text, nl=False)
    elif not check:
        write_text(out, text)
        click.echo(f"{out}", err=True)
    elif not out.is_file() or out.read_text(encoding="utf-8") != text:
        click.echo(f"{out}: not up to date; {shown} makes it anew", err=True)
        raise click.exceptions.Exit(1)


def _board(paths: list[Path], gold: str | None, schema: str | None) -> Leaderboard:
    if gold is None:
        corpus = Corpus()
        return leaderboard(corpus.load(), paths, corpus.schema)
    own = read_schema(schema) if schema is not None else None
    return leaderboard(read_gold(Path(gold), own), paths, own)
