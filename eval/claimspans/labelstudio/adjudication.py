"""An adjudication in Label Studio: a third project to decide in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from ..data.problems import ClaimspansError
from ..data.schema import Schema
from ..layers.adjudication.merge import merge
from ..layers.adjudication.question import Decision, Question
from ..layers.adjudication.sides import Sides
from .api import Client
from .config import instruction
from .push import Pushed, push
from .tasks import doc_of

AGREED = "agreed"
"""What the suggestions are called with which the page opens."""


def send(
    client: Client, title: str, articles: Sequence[Sides], decisions: Mapping[str, Decision], schema: Schema
) -> Pushed:
    """Bring a project to hold, of each article, what both layers have alike and both their versions, by name.

    All three are suggestions: nothing counts as decided before somebody submits it. The page opens with what both have
    alike and what is decided already; the versions are tabs. Each difference stands beside the text with a field for
    the reason, and the instructions begin with all of them.
    Raises `ClaimspansError` as `push` does.
    """
    names = [articles[0].names[layer] for layer in articles[0].order]
    if AGREED in names or names[0] == names[1]:
        raise ClaimspansError(f"the layers are called {names[0]} and {names[1]}; call them by two names, none {AGREED}")
    for position, name in enumerate(names):
        documents = [sides.documents[sides.order[position]] for sides in articles]
        push(client, title, documents, schema, model_version=name, annotators=1, differences=True)
    # The last one pushed is the one that the page opens with.
    agreed = [merge(sides, decisions).document for sides in articles]
    result = push(client, title, agreed, schema, model_version=AGREED, differences=True)
    asked = {sides.doc: [sides.question(key, ()) for key in sides.keys if key not in decisions] for sides in articles}
    for task in client.tasks(result.project, ["id", "data"], inside=False):
        # One that is there keeps its place: what somebody wrote beside it is known by its number.
        there = {one["key"]: one for one in task["data"].get("differences") or ()}
        now = {one.key: {"key": one.key, "told": " | ".join(_told(one))} for one in asked.get(doc_of(task), ())}
        if now.keys() - there.keys():
            data = {**task["data"], "differences": list((there | now).values())}
            client.again(client.studio.tasks.update, task["id"], data=data)
    said = _to_decide(asked) + instruction(schema)
    client.again(client.studio.projects.update, result.project, expert_instruction=said)
    return result


def _told(question: Question) -> tuple[str, str, str]:
    """What a difference is, where it is, and what either layer has."""
    difference = question.difference
    versions = "; ".join(
        f"{name}: {'–' if reading is None else reading.words}"
        for name, reading in zip(difference.layers, difference.readings, strict=True)
    )
    return question.what, difference.place.removeprefix(f"{question.what} "), versions


def _to_decide(asked: Mapping[str, Sequence[Question]]) -> str:
    """Every difference that is not decided, article by article, as HTML."""
    lines = []
    for doc, questions in asked.items():
        rows = ["<b>{}</b> {}<br>{}".format(*map(escape, _told(one))) for one in questions]
        if rows:
            lines.append(f"<p><b>Article {escape(doc)}</b></p><ul>{''.join(f'<li>{row}</li>' for row in rows)}</ul>")
    return "".join(["<h3>What is to decide</h3>", *lines]) if lines else ""
