"""claimspans adjudicate"""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from ..data.checks.levels import check
from ..data.corpus import Corpus
from ..data.problems import Problem, counted
from ..layers.adjudication import adjudicate, put_beside
from ..layers.adjudication.decisions import DecisionFile, read_decisions
from ..layers.adjudication.origins import Origin, origins, told
from ..layers.adjudication.outcome import Outcome, decisions_path, table_path, write_outcome
from ..report.terminal import console
from .adjudication_dialogue import Dialogue
from .labelstudio.project_options import connect, same_server, server_options
from .layer_options import common_option, layer_origins, named_layers
from .output_folder import Folder, layers_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..layers.adjudication import Decision, Merged, Sides


@click.command("adjudicate")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@common_option
@click.option(
    "--out",
    type=Folder(),
    help="The folder of the outcome; what was decided, by whom and why stands beside it. "
    "[default: annotations/adjudicated of the corpus]",
)
@click.option(
    "--decisions",
    "given",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Take the decisions of this file and ask nobody.",
)
@click.option(
    "--labelstudio",
    "in_page",
    is_flag=True,
    help="Ask nobody here: make a project in Label Studio that opens with what both have alike, their versions beside.",
)
@click.option(
    "--taken",
    metavar="LAYER",
    help="Take the outcome from this layer, which somebody submitted in that project and which you pulled.",
)
@server_options("adjudication", only="--labelstudio")
@click.option("--by", "who", help="Who decides. [default: your user name]")
@click.option("--json", "as_json", is_flag=True, help="Print what came of it as JSON.")
def command(
    first: str,
    second: str,
    common: bool,
    out: Path | None,
    given: Path | None,
    in_page: bool,
    taken: str | None,
    project: str,
    url: str | None,
    token_file: Path | None,
    root: Path | None,
    who: str | None,
    as_json: bool,
) -> None:
    """Make one layer of two: what both have alike is taken, and you are asked about each difference.

    Answers are kept at once: stop whenever you like, the same command goes on. An article is written as soon as
    nothing in it is open. Exit code 1: something is open, or the outcome has problems.

    \b
    Example:
      claimspans adjudicate annotations/anna@x.org annotations/ben@x.org --out annotations/adjudicated
      claimspans adjudicate pass-a pass-b --decisions decisions.jsonl --out outcome
      claimspans adjudicate anna ben --labelstudio && claimspans labelstudio pull --project adjudication
    """
    if in_page and taken is not None:
        raise click.UsageError("--labelstudio sends, --taken fetches: give one of the two")
    if taken is not None and given is not None:
        raise click.UsageError("--taken and --decisions each give an outcome: give one of the two")
    err = console(stderr=True)
    corpus = Corpus()
    out = out or layers_folder(corpus) / "adjudicated"
    if out.resolve() in (corpus.layer_path(name).resolve() for name in (first, second, *filter(None, [taken]))):
        raise click.UsageError(f"{out} is one of the layers; name another folder with --out")
    made = {each.key: each for each in read_decisions(given)} if given is not None and not in_page else {}
    layers = named_layers(corpus, (first, second), common=common)
    articles = put_beside(layers[0], layers[1], schema=corpus.schema)
    known = layer_origins(corpus, layers, (first, second))
    for line in told(known, len(articles)):
        err.print(line, soft_wrap=True, markup=False, highlight=False)
    if in_page:
        _send(articles, given or decisions_path(out), corpus, project, (url, token_file, root), as_json=as_json)
        return
    if taken is not None:
        _take(taken, articles, out, corpus, known, as_json=as_json)
        return
    if given is not None:
        outcomes = _outcomes(articles, adjudicate(articles, lambda: made), corpus, known)
    else:
        with DecisionFile(decisions_path(out)) as file:
            # What can be written is written first: whoever may not write there learns it before they answer.
            write_outcome(out, _outcomes(articles, adjudicate(articles, lambda: file.decisions), corpus, known))
            found = adjudicate(articles, lambda: file.decisions, Dialogue(file, err, who or _user()))
            made = file.decisions
            outcomes = _outcomes(articles, found, corpus, known)
    written = write_outcome(out, outcomes)
    problems = _problems(out, corpus, outcomes)
    _report(out, articles, outcomes, made, written, problems, as_json=as_json)
    if problems or any(one.open for one in outcomes):
        raise click.exceptions.Exit(1)


def _outcomes(
    articles: Sequence[Sides], found: Sequence[Merged], corpus: Corpus, known: Mapping[str, Mapping[str, Origin]]
) -> list[Outcome]:
    return [
        Outcome(
            document=merged.document,
            sha256=corpus.sources[sides.doc].sha256,
            origins={name: known[name][sides.doc] for name in sides.names if sides.doc in known.get(name, {})},
            trails=merged.trails,
            closed=merged.closed,
            open=merged.open,
        )
        for sides, merged in zip(articles, found, strict=True)
    ]


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in a container
        return "unknown"


def _send(
    articles: Sequence[Sides],
    decisions: Path,
    corpus: Corpus,
    project: str,
    server: tuple[str | None, Path | None, Path | None],
    *,
    as_json: bool,
) -> None:
    """Make the third project; what was decided in a terminal before is agreed there.

    ``server`` is its address, the file of its token, and the state folder of a local one.
    """
    from ..labelstudio.adjudication import send

    made = read_decisions(decisions) if decisions.exists() else []
    with connect(*server) as client:
        result = send(client, project, articles, {each.key: each for each in made}, corpus.schema)
    if as_json:
        click.echo(json.dumps({"url": result.url, "articles": len(articles)}))
        return
    click.echo(
        f"{project}: {counted(len(articles), 'article')}, each with what both have alike and both versions beside it"
    )
    click.echo(result.url)
    at = same_server(server[0], server[2])
    click.echo(f"then: claimspans labelstudio pull --project {quote(project)}{at}, and adjudicate … --taken LAYER")


def _take(
    name: str,
    articles: Sequence[Sides],
    out: Path,
    corpus: Corpus,
    known: Mapping[str, Mapping[str, Origin]],
    *,
    as_json: bool,
) -> None:
    """Write what somebody submitted as the outcome."""
    from ..layers.adjudication.outside_outcome import taken

    hashes = {doc: source.sha256 for doc, source in corpus.sources.items()}
    own = origins(corpus.layer_path(name))
    outcomes = taken(corpus.load(name), articles, corpus.schema, hashes, known, own)
    written = write_outcome(out, outcomes)
    problems = _problems(out, corpus, outcomes)
    _report(out, articles, outcomes, {}, written, problems, as_json=as_json)
    there = {one.document.doc for one in outcomes}
    left = [sides.doc for sides in articles if sides.doc not in there]
    if left and not as_json:
        click.echo(f"nobody submitted {', '.join(left)} yet")
    if problems or left:
        raise click.exceptions.Exit(1)


def _problems(out: Path, corpus: Corpus, outcomes: Sequence[Outcome]) -> list[Problem]:
    """What check finds in the outcome."""
    if not any(not one.open for one in outcomes):
        return []
    return check(out.absolute(), corpus)


def _report(
    out: Path,
    articles: Sequence[Sides],
    outcomes: Sequence[Outcome],
    decisions: Mapping[str, Decision],
    written: Sequence[Path],
    problems: Sequence[Problem],
    *,
    as_json: bool,
) -> None:
    asked = {key for sides in articles for key in sides.keys}
    stale = [each for key, each in decisions.items() if key not in asked]
    trails = [trail for one in outcomes if not one.open for trail in one.trails]
    counts = {
        "agreed": sum(not trail.decisions for trail in trails),
        "decided": sum(bool(trail.decisions) and not trail.left_out for trail in trails),
        "left_out": sum(trail.left_out for trail in trails),
    }
    left = [question for one in outcomes for question in one.open]
    if as_json:
        shown: dict[str, Any] = counts | {
            "out": str(out),
            "written": [str(path) for path in written],
            "decisions": sum(len(one.closed) for one in outcomes),
            "open": [{"doc": each.doc, "key": each.key} | each.difference.to_dict() for each in left],
            "stale": [each.key for each in stale],
            "problems": [problem.to_dict() for problem in problems],
            "model_assisted": [
                one.document.doc
                for one in outcomes
                if any(origin.kind == "model-assisted" for origin in one.origins.values())
            ],
        }
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    click.echo(
        f"{len(written)} of {counted(len(outcomes), 'article')} → {out}: "
        f"{counted(counts['agreed'], 'record')} as both have them, "
        f"{counts['decided']} as decided, {counts['left_out']} left out"
    )
    for one in outcomes:
        words = {span.id: f"{span.label} “{' '.join((span.text or '').split())}”" for span in one.document.spans}
        for trail in () if one.open else one.trails:
            if trail.lost:
                place = words.get(trail.id, trail.place)
                gone = ", ".join(trail.lost)
                click.echo(f"{one.document.doc}: {place} {trail.id} named what is not in the outcome: {gone}")
    if stale:
        click.echo(
            f"{counted(len(stale), 'decision is', 'decisions are')} about what the layers no longer say: of no account"
        )
    if left:
        click.echo(f"{len(left)} or more questions are open in {', '.join(dict.fromkeys(each.doc for each in left))}")
    for problem in problems[:10]:
        click.echo(str(problem))
    if problems:
        click.echo(
            f"{counted(len(problems), 'problem')} in the outcome: remove the line of a decision from "
            f"{decisions_path(out)} to be asked again, or mend the file"
        )
    if table_path(out).exists() and any(one.closed or one.open for one in outcomes):
        click.echo(f"every decision with its reason: {table_path(out)}")
