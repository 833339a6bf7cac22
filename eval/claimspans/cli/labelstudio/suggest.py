"""claimspans labelstudio suggest"""

from __future__ import annotations

import json
import signal
import threading
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from ...data.problems import ClaimspansError
from ...data.schema import default_schema
from ...report.terminal import console
from ..scoring_options import MAP
from .project_options import connect as server
from .project_options import server_options

if TYPE_CHECKING:
    from ...data.records import Document

PORT = 9090
"""Where Label Studio's own examples serve."""


@click.command("suggest")
@click.argument("uri")
@MAP
@click.option("-o", "--option", multiple=True, metavar="NAME=VALUE", help="An option of the extractor; repeatable.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Where to serve; 0 is any free one."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    help="Seconds an article.",
)
@click.option("--connect", "connected", is_flag=True, help="Make the project fetch its suggestions here.")
@server_options(only="--connect")
@click.option("--json", "as_json", is_flag=True, help="Print the address, and where it is connected, as JSON.")
def command(
    uri: str,
    label_map: str | None,
    option: tuple[str, ...],
    port: int,
    timeout: float,
    connected: bool,
    project: str,
    url: str | None,
    token_file: Path | None,
    root: Path | None,
    as_json: bool,
) -> None:
    """Serve an extractor to Label Studio, which fetches suggestions for an article when somebody opens it.

    Runs until Ctrl-C. URI is that of any extractor, as for claimspans run. The extractor has a process of its own:
    where it falls the article has no suggestions, and the next one is answered. Where CLAIMSPANS_SUGGEST_TOKEN is set,
    that is the password of whoever asks (Basic authentication); a project that is connected gets it, or a new one.

    \b
    Example:
      claimspans labelstudio suggest rules --connect
      claimspans labelstudio suggest py:my_module:extract --map PERSON=SPEAKER --port 9091
    """
    from ...data.label_map import read_label_map
    from ...extractors.run import Limits
    from ...extractors.run.live import Live
    from ...labelstudio.config import page_in
    from ...labelstudio.suggest import Backend, connect, shared_password
    from ..run_options import options_given

    found = default_schema()
    err = console(stderr=True)
    labels = None if label_map is None else read_label_map(label_map, found.labels)
    password = shared_password(made=connected)
    client = server(url, token_file, root) if connected else None
    told = threading.Lock()

    def tell(line: str) -> None:
        with told:
            err.print(line, soft_wrap=True, markup=False, highlight=False)

    with Live(
        uri,
        options=options_given(option, None),
        label_map=labels,
        schema=found,
        limits=Limits(timeout=timeout),
    ) as extractor:

        def suggested(document: Document) -> Document:
            return extractor(document).document

        if extractor.source:
            tell(f"The code that runs is {extractor.source}.")
        there = client.project(project) if client is not None else None
        page = page_in(str((there or {}).get("label_config") or ""), found)
        backend = Backend(suggested, page, extractor.version, port=port, told=tell, password=password)

        def stop(_number: int, _frame: FrameType | None) -> None:
            backend.stop()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        serving = threading.Thread(target=backend.run)
        serving.start()
        try:
            if client is not None and password is not None:
                with client:
                    connect(client, project, backend.url, backend.version, password)
            told_of = f"{project} fetches from here" if connected else "add it in Label Studio: Settings → Model"
            if as_json:
                shown = {"url": backend.url, "model_version": backend.version}
                click.echo(json.dumps(shown | ({"project": project} if connected else {})))
            else:
                click.echo(f"{backend.version} at {backend.url}; {told_of}; Ctrl-C ends it")
        except ClaimspansError:
            backend.stop()
            raise
        finally:
            serving.join()
