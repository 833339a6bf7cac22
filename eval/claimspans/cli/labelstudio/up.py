"""claimspans labelstudio up"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import click
import msgspec

from ...data.corpus import Corpus
from ...extractors import get
from ...labelstudio import server
from ...labelstudio.api import Client
from ...labelstudio.environment import Progress
from ...labelstudio.home import Credentials, Home
from ...labelstudio.process import Served
from ...labelstudio.push import push
from .project_options import corpus_name
from .push import articles_with, begins_with, gold_of
from .server_options import home_option, open_home, shown_progress


@click.command("up")
@home_option
@click.option("--port", type=click.IntRange(1, 65535), help="Where to serve; without it, the last port or a free one.")
@click.option(
    "--env",
    "given",
    multiple=True,
    metavar="NAME[=VALUE]",
    help="A variable for Label Studio, such as those of PostgreSQL; NAME alone takes it from your environment, NAME= "
    "forgets it. Kept for later starts.",
)
@click.option("--venv", type=click.Path(path_type=Path), help="Label Studio's environment, if not in the state folder.")
@click.option(
    "--timeout", type=click.FloatRange(min=1), default=server.TIMEOUT, show_default=True, help="Seconds for the start."
)
@click.option("--project", default=corpus_name, show_default="the corpus's name", help="The project with the articles.")
@click.option(
    "--suggest",
    help="What annotators of a new project begin with: a layer, an extractor such as rules, or none. [default: the "
    "gold, if there is one]",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON; credentials only where they are new.")
def command(
    root: Path | None,
    port: int | None,
    given: tuple[str, ...],
    venv: Path | None,
    timeout: float,
    project: str,
    suggest: str | None,
    as_json: bool,
) -> None:
    """Start a Label Studio of your own, on this machine alone, with the articles in it, and print its address.

    The first call makes an environment for it (1 GB) and a database, and shows the password that it made up: once.
    Later calls take seconds. What was annotated stays in the state folder when it is stopped.

    \b
    Example:
      claimspans labelstudio up
      claimspans labelstudio up --suggest rules --port 8090 --home work/labelstudio
    """
    home = open_home(root)
    corpus = Corpus()
    suggest = begins_with(suggest, corpus)
    if suggest != "none" and suggest not in corpus.layers and not Path(suggest).is_dir():
        get(suggest)  # an unknown one is better said before than after the installation
    with shown_progress() as progress:
        result = server.up(
            home,
            port=port,
            venv=venv,
            given=given,
            timeout=timeout,
            progress=progress,
        )
        address = fill_project(home, result.served, result.credentials, project, suggest, progress)
    credentials, served = result.credentials, result.served
    new = not credentials.shown
    if as_json:
        shown = {
            "url": served.url,
            "project": address,
            "started": result.started,
            "seconds": round(result.seconds, 1),
            "home": str(home.root),
        }
        if new:
            shown |= {"username": credentials.username, "password": credentials.password, "token": credentials.token}
        click.echo(json.dumps(shown, indent=2))
    else:
        begun = f"runs after {result.seconds:.0f} s" if result.started else "runs already"
        click.echo(f"Label Studio {begun}: {served.url}")
        click.echo(f"articles  {address}")
        if new:
            click.echo(f"user      {credentials.username}")
            click.echo(f"password  {credentials.password}   (not shown again; kept in {home.root}/credentials.json)")
        click.echo(f"stop it with: {home.command('down')}")
    if new:
        home.keep(msgspec.structs.replace(credentials, shown=True))


def fill_project(
    home: Home, served: Served, credentials: Credentials, title: str, suggest: str, progress: Progress
) -> str:
    """Make the project with the articles where it is not there, or not whole since a call was broken off; its address.

    One that is whole is left as it is: it may hold other articles and suggestions by now.
    """
    with Client(served.url, credentials.token) as client:
        found = client.project(title)
        if found is not None and home.settings().filling != title:
            return f"{served.url}/projects/{found['id']}/data"
        progress.stage(f"making the project {title}, suggestions from {suggest}")
        home.keep(msgspec.structs.replace(home.settings(), filling=title))
        layer: Literal["predictions"] | None = None if suggest == "none" else "predictions"
        corpus = Corpus()
        articles = articles_with(suggest, corpus)
        version, known = Path(suggest).name, gold_of(corpus)
        address = push(client, title, articles, corpus.schema, layer=layer, model_version=version, known=known).url
        home.keep(msgspec.structs.replace(home.settings(), filling=None))
        return address
