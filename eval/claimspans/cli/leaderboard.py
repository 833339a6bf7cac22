"""claimspans leaderboard"""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..data.corpus import Corpus
from ..data.files import refuse_input, write_text
from ..data.problems import ClaimspansError
from ..scoring.leaderboard import leaderboard

SUBMISSIONS = "submissions"


@click.command("leaderboard", epilog="Exit code 1: with --check, the file is not up to date.")
@click.argument("runs", nargs=-1, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Write it there. [default: print it]")
@click.option("--check", is_flag=True, help="Only say whether the file of --out is up to date.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(runs: tuple[Path, ...], out: Path | None, check: bool, as_json: bool) -> None:
    """Rank the systems of run folders (RUNS; all in submissions/ without any) as a table in Markdown.

    \b
    Example:
      claimspans leaderboard --out LEADERBOARD.md
      claimspans leaderboard runs/rules runs/mine
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
        refuse_input(out, *folders)
    corpus = Corpus()
    board = leaderboard(corpus.load(), folders, corpus.schema)
    if as_json:
        click.echo(json.dumps(board.to_dict(), ensure_ascii=False, indent=2, allow_nan=False))
        return
    shown = " ".join(["claimspans leaderboard", *map(str, runs), *(["--out", str(out)] if out else [])])
    text = markdown(board, shown)
    if out is None:
        click.echo(text, nl=False)
    elif not check:
        write_text(out, text)
        click.echo(f"{out}", err=True)
    elif not out.is_file() or out.read_text(encoding="utf-8") != text:
        click.echo(f"{out}: not up to date; {shown} makes it anew", err=True)
        raise click.exceptions.Exit(1)
