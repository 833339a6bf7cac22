"""claimspans diff"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..data.corpus import Corpus
from ..data.editions import read_edition
from ..data.files import write_text
from ..data.problems import counted
from ..layers.changes import Changes, changes, counts, markdown, short_of, shown, to_json


@click.command("diff")
@click.argument("old", metavar="REV")
@click.argument("new", default="gold", metavar="[NEW]")
@click.option("--layer", default="gold", show_default=True, help="The layer of a revision or of a folder of layers.")
@click.option("--markdown", "file", type=click.Path(path_type=Path), help="Write a section for the changelog.")
@click.option(
    "--check", is_flag=True, help="Exit 1 where the changelog does not begin with a version that they demand."
)
@click.option("--json", "as_json", is_flag=True, help="Print every change as JSON.")
def command(old: str, new: str, layer: str, file: Path | None, check: bool, as_json: bool) -> None:
    """Show what changed from REV to NEW, span by span, and which step of the version that demands.

    REV and NEW are git revisions, layers, or folders: of one layer, or with seeds and annotations. NEW is the gold as
    it stands here. Major: spans, zones, articles or the schema changed, so that figures of spans do; minor: attributes
    or claims; patch: nothing that is scored.

    \b
    Example:
      claimspans diff HEAD~1
      claimspans diff HEAD --check
      claimspans diff pass-a gold --markdown changes.md
    """
    corpus = Corpus()
    found = changes(read_edition(old, corpus, layer), read_edition(new, corpus, layer))
    reasons = short_of(found) if check else []
    if file is not None:
        write_text(file, markdown(found))
        click.echo(f"{counted(len(found.changes), 'change')} → {file}", err=True)
    if as_json:
        click.echo(to_json(found))
    elif file is None:
        _print(found)
    for reason in reasons:
        click.echo(f"claimspans: {reason}", err=True)
    if reasons:
        sys.exit(1)


def _print(found: Changes) -> None:
    from ..report.terminal import console

    out = console()
    doc = ""
    for change in found.changes:
        if (change.doc or "schema") != doc:
            doc = change.doc or "schema"
            out.print(doc, style="bold", markup=False)
        out.print(f"  {' '.join(shown(change).split())}", soft_wrap=True, markup=False, highlight=False)
    for label, kinds in counts(found.changes).items():
        out.print(f"{label}: {', '.join(f'{count} {kind}' for kind, count in kinds.items())}", markup=False)
    nothing = "no change of the data" if found.changes else "no changes"
    said = nothing if found.step == "none" else f"a {found.step} change"
    version = f"; {found.old_version} becomes {found.demanded}" if found.old_version and found.step != "none" else ""
    out.print(f"{found.old} → {found.new}: {said}{version}", soft_wrap=True, markup=False)
