"""claimspans hub push"""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec

from ...hub.check import check_folder
from ...hub.folder import needs_hub
from ...hub.published import may_write
from ...hub.push import plan, push
from ...report.terminal import console
from .build import corpora
from .check import loaders, show
from .diff import changes
from .diff import show as show_changes


@click.command("push")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--repo", required=True, metavar="OWNER/NAME", help="The dataset on the Hub.")
@click.option("--private", is_flag=True, help="Make a new repository private.")
@click.option(
    "--public", is_flag=True, help="Make a new repository public; with --with-articles one that is there, too."
)
@click.option(
    "--with-articles",
    is_flag=True,
    help="Push a folder that holds the articles' texts: I may publish them. A new repository is private then, unless "
    "--public is given too.",
)
@click.option("--dry-run", is_flag=True, help="Check, and say what would be done and changed; change nothing.")
@click.option("--environment", "named", multiple=True, metavar="NAME=PYTHON", help="As in hub check.")
@click.option("--cache", type=click.Path(path_type=Path), help="As in hub check.")
@click.option("--part", "parts", multiple=True, metavar="NAME=CORPUS", help="As in hub check.")
@click.option("--json", "as_json", is_flag=True, help="Print findings, changes and the outcome as lines of JSON.")
def command(
    folder: Path,
    repo: str,
    private: bool,
    public: bool,
    with_articles: bool,
    dry_run: bool,
    named: tuple[str, ...],
    cache: Path | None,
    parts: tuple[str, ...],
    as_json: bool,
) -> None:
    """Check FOLDER, upload it in one commit, and tag it with the dataset's version.

    A folder that holds articles' texts is refused without --with-articles, and with it goes into a private repository
    only, unless --public is given too; in either case you decide on the Hub, for each who asks, who reads it. Exit code
    1, and nothing is pushed, when hub check finds a problem. You must be logged in: hf auth login. A push that broke
    off is completed by the same command.

    \b
    Example:
      claimspans hub build dataset --repo OWNER/NAME
      claimspans hub push dataset --repo OWNER/NAME --dry-run
      claimspans hub push dataset --repo OWNER/NAME
      claimspans hub push dataset-with-articles --repo OWNER/NAME --with-articles
    """
    if private and public:
        raise click.UsageError("--private and --public say the opposite of each other: leave one out")
    needs_hub()
    if not dry_run:
        may_write()
    planned = plan(folder, repo, private=private, public=public, with_articles=with_articles)
    findings = show(check_folder(folder, loaders(named, cache), parts=corpora(parts)), as_json=as_json)
    if any(finding.problem for finding in findings):
        click.echo("claimspans: nothing was pushed: mend the problems, build the folder again", err=True)
        raise click.exceptions.Exit(1)
    show_changes(changes(folder, repo), as_json=as_json)
    commit = None if dry_run or not planned.steps else push(folder, planned)
    if as_json:
        said = {"repo": repo, "tag": planned.tag, "steps": planned.steps, "dry_run": dry_run, "commit": commit}
        click.echo(json.dumps(msgspec.to_builtins(said)))
        return
    out = console()
    if not planned.steps:
        out.print(f"{repo} has {planned.tag} with just this content: nothing to do", highlight=False)
    for step in planned.steps:
        out.print(f"{'would' if dry_run else 'did'}: {step}", highlight=False)
