"""claimspans release"""

from __future__ import annotations

import json

import click
import msgspec

from ..data.problems import InputError, counted, show_path
from ..layers.release import release
from ..report.terminal import console, problem_lines
from .output_folder import corpus_to_change


@click.command("release", epilog="Exit code 1: something is amiss, and nothing was released.")
@click.option("--version", required=True, help="Three numbers, such as 1.0.0; claimspans diff says which step is due.")
@click.option("--json", "as_json", is_flag=True, help="Print what was released, or the problems, as JSON.")
def command(version: str, as_json: bool) -> None:
    """Check the corpus, write what changed into annotations/CHANGELOG.md, and keep the gold in releases/.

    The first release may have any version; later ones at least the step that the changes demand: major where spans,
    zones, articles or the schema changed, minor where attributes or claims did.

    \b
    Example:
      claimspans release --version 1.0.0
    """
    corpus = corpus_to_change()
    try:
        made = release(corpus, version)
    except InputError as error:
        if as_json:
            click.echo(json.dumps([problem.to_dict() for problem in error.problems], ensure_ascii=False, indent=2))
        else:
            for line in problem_lines(error.problems):
                console().print(line, soft_wrap=True)
            click.echo(f"{corpus.name}: {counted(len(error.problems), 'problem')}: nothing was released", err=True)
        raise click.exceptions.Exit(1) from error
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(made) | {"tag": made.tag}, ensure_ascii=False, indent=2))
        return
    if made.unannotated:
        total = made.articles + len(made.unannotated)
        click.echo(f"{made.articles} of {total} articles are annotated: the others are not in the gold", err=True)
    since = "" if made.previous is None else f", {counted(made.changes, 'change')} since {made.previous}"
    click.echo(f"{corpus.name} {made.version}: {counted(made.articles, 'article')}{since} → {show_path(made.frozen)}")
    click.echo(f"then: git add -A && git commit -m 'Release {made.version}' && git tag {made.tag}")
