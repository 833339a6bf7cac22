"""A project of a server told to fetch its suggestions from an address, and told again to leave it."""

from __future__ import annotations

from ..data.problems import ClaimspansError
from .api import Client


def connect(client: Client, title: str, url: str, version: str) -> int:
    """Make the project called ``title`` ask ``url`` for suggestions; the number of the connection.

    One that is there for this address is put right instead of made twice. The project opens its articles with what
    comes from there. The server asks the address while this runs. Raises `ClaimspansError` for a project that is not
    there, and where the server does not reach the address or may not ask it.
    """
    project = client.project(title)
    if project is None:
        raise ClaimspansError(f"{client.url}: no project “{title}”; name one with --project, or push first")
    number = project["id"]
    wanted = {"url": url, "project": number, "title": version, "is_interactive": False}
    there = [one for one in client.get("/api/ml", project=number) if one.get("url") == url]
    try:
        backend = client.patch(f"/api/ml/{there[0]['id']}", wanted) if there else client.post("/api/ml", wanted)
    except ClaimspansError as error:
        raise ClaimspansError(
            f"{error}\n{client.url} could not be connected with {url}: it must run where it reaches this address, with "
            "ML_BLOCK_LOCAL_IP=false and SSRF_PROTECTION_ENABLED=false in its environment (claimspans labelstudio up "
            "sets both)"
        ) from error
    # Which suggestions the page opens with is named by the connection's title.
    client.patch(f"/api/projects/{number}", {"model_version": version, "show_collab_predictions": True})
    return int(backend["id"])
