"""What `openai:` tells a language model about an article, and the answer that would be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ...data.problems import ClaimspansError
from ...data.records import Document
from ...data.schema import Schema
from ...extractors import Setting, parse
from ...extractors.openai.answers import Said, joined
from ...extractors.openai.examples import example
from ...extractors.openai.extractor import prompt_for, references_of
from ...extractors.openai.prompt import Message, Prompt, as_json
from ...extractors.registry import options_of
from ...text.quotes import Quote, align_quotes
from ...text.windows import Window
from .task import ATTRIBUTES, CLAIMS, ELSEWHERE, Task, attribute_count

OPTIONS = ("attributes", "claims", "guidelines")
"""The options of `openai:` that change what a model is told, but for examples, which would tell it the answers."""


def conversations(task: Task, dropped: Counter[str]) -> Iterator[tuple[list[Message], str]]:
    """For each article the messages that `openai:` sends with the options of the task, and the gold as their answer.

    A span that the reader of `openai:` would not find at its place again is counted as dropped. Raises
    `ClaimspansError` for a gold without a schema, which prompts are made from, for options that `openai:` has not, and
    for a prompt that asks for what the gold has nothing of.
    """
    schema = task.schema
    if schema is None:
        raise ClaimspansError("a prompt is made from a schema: name that of your gold with --schema")
    prompt, attributes = _prompt(task, schema)
    references = references_of(schema)
    for document in task.documents:
        shown = example(document, task.labels, attributes=attributes, claims=prompt.claims)
        text = shown.article.text
        # As the reader does it, and as the prompt says: ids count in reading order.
        answer = joined([Said(Window(0, len(text), text), shown.answer)], references)
        dropped[ELSEWHERE] += _elsewhere(document, answer["quotes"])
        dropped[ATTRIBUTES] += 0 if attributes else attribute_count(document.spans)
        dropped[CLAIMS] += 0 if prompt.claims else len(document.claims)
        yield prompt.messages(shown.article), as_json(_in_form(answer, prompt.form))


def _prompt(task: Task, schema: Schema) -> tuple[Prompt, bool]:
    """The prompt, and whether it asks for attributes."""
    if not task.options.keys() <= set(OPTIONS):
        unknown = ", ".join(sorted(task.options.keys() - set(OPTIONS)))
        raise ClaimspansError(f"-o {unknown}: a prompt has the options {', '.join(OPTIONS)}, as openai: has them")
    options = options_of(parse("openai:http://localhost#MODEL"), task.options)
    prompt = prompt_for(options, Setting.of(schema))
    asked = {
        "attributes": options.attributes and any(label.attributes for label in schema.labels.values()),
        "claims": prompt.claims,
    }
    for name, held in (("attributes", task.attributes), ("claims", task.claims)):
        if asked[name] and not held:
            raise ClaimspansError(
                f"the gold has no {name}, and the prompt asks for them: leave them out with -o {name}=false, here and "
                "when openai: asks the model"
            )
    return prompt, asked["attributes"]


def _in_form(answer: Mapping[str, Any], form: Mapping[str, Any]) -> dict[str, Any]:
    """Every field of the form, in its order, as a server writes that is held to it."""
    arrays = form["properties"]
    quotes = {one["properties"]["label"]["enum"][0]: one for one in arrays["quotes"]["items"]["anyOf"]}
    found = {"quotes": [_whole(quote, quotes[quote["label"]]) for quote in answer["quotes"]]}
    if "claims" in arrays:
        found["claims"] = [_whole(claim, arrays["claims"]["items"]) for claim in answer["claims"]]
    return found


def _whole(record: Mapping[str, Any], form: Mapping[str, Any]) -> dict[str, Any]:
    empty: dict[str, Any] = {
        name: [] if body.get("type") == "array" else None for name, body in form["properties"].items()
    }
    return {name: record.get(name, nothing) for name, nothing in empty.items()}


def _elsewhere(document: Document, quotes: list[dict[str, Any]]) -> int:
    """How many quotes do not lead back to their spans."""
    given = [Quote(**{name: quote[name] for name in Quote.__struct_fields__}) for quote in quotes]
    spans = sorted(document.spans, key=lambda span: span.order)
    aligned = align_quotes(document.text or "", given)
    return sum((one.start, one.end) != (span.start, span.end) for one, span in zip(aligned, spans, strict=True))
