"""What a language model is asked: instructions made from schema.json and the guidelines' summary, then the article."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from ...data.hashes import sha256_of
from ...data.problems import ClaimspansError
from ...data.schema import Choice, Schema
from ..contract import Article
from .answer_schema import answer_schema, has_claims, sketch
from .examples import Example, chosen

SUMMARY = "One-page summary"
"""The heading of the guidelines under which the summary stands."""

Message = Mapping[str, str]

_QUOTING = """\
- `quote` holds the words of the article, letter for letter, and nothing but the span: nothing is left out, added, mended or translated.
- Every mention is a quote of its own, in reading order: what stands there three times is quoted three times.
- Where the quoted words stand more than once in the article, `occurrence` says which of them is meant, counted from 1, `before` and `after` give the two or three words around it; elsewhere they are null.
- `id` is s1, s2 … for quotes and c1, c2 … for claims; what refers to a quote or a claim names its id.
- A field that does not apply is null, or an empty array. Every field of the form is there.
- Site furniture, and second copies of headlines and captions, are left out: nothing in them is quoted.
- Where there is nothing to find, the arrays are empty. The answer is the JSON object alone."""  # noqa: E501 -- a line is a rule


class Prompt(msgspec.Struct, frozen=True):
    """The instructions, the form of the answer, and the articles that may be examples, of which ``shots`` are shown."""

    system: str
    form: dict[str, Any]
    claims: bool
    shots: int = 0
    pool: tuple[Example, ...] = ()

    def messages(self, article: Article, part: tuple[int, int] | None = None) -> list[Message]:
        """What is said to the model about an article, or about a part of it (start, end): never its annotations."""
        found = [_message("system", self.system)]
        for example in self.examples(article):
            found += [_message("user", asked(example.article)), _message("assistant", as_json(example.answer))]
        return [*found, _message("user", asked(article, part))]

    def examples(self, article: Article) -> list[Example]:
        """The examples for an article: never itself."""
        return chosen(self.pool, article, self.shots)

    @property
    def sha256(self) -> str:
        """Sixteen digits of a hash of all that a model may be told beside the article."""
        told = {"system": self.system, "form": self.form, "shots": self.shots}
        told["examples"] = [[asked(one.article), one.answer] for one in self.pool] if self.shots else []
        return sha256_of(as_json(told))[:16]


def make_prompt(
    schema: Schema,
    labels: Collection[str],
    *,
    guidelines: str | None,
    attributes: bool = True,
    claims: bool = True,
    shots: int = 0,
    pool: Sequence[Example] = (),
) -> Prompt:
    """The prompt for a schema. Claims are left out where the schema has none, or not all its labels are asked for."""
    claims = claims and has_claims(schema) and set(labels) >= set(schema.labels)
    form = answer_schema(schema, labels, attributes=attributes, claims=claims)
    system = "\n".join(_instructions(schema, labels, form, guidelines, attributes=attributes, claims=claims))
    return Prompt(system, form, claims, shots, tuple(pool))


def _instructions(
    schema: Schema,
    labels: Collection[str],
    form: dict[str, Any],
    guidelines: str | None,
    *,
    attributes: bool,
    claims: bool,
) -> Iterator[str]:
    yield "Find every span of the labels below in the article that you are given, and quote it."
    if claims:
        yield "Then state every claim that the article makes, in terms of these quotes."
    said: dict[tuple[Choice, ...], str] = {}
    yield from ("", "# Labels")
    for name in labels:
        label = schema.labels.get(name)
        yield from ("", f"## {name}")
        if label is None:
            continue
        yield f"{label.title}. {label.description}"
        for attribute in label.attributes if attributes else ():
            yield f"- `{attribute.name}`: {attribute.description}"
            yield from _values(attribute.name, attribute.choices, said)
    if claims:
        yield from ("", "# Claims", "", str(schema.root["$defs"]["claim"]["description"]), *_fields(schema, said))
    if guidelines:
        yield from ("", "# Summary of the guidelines", "", guidelines)
    yield from (
        "",
        "# Answer",
        "",
        _QUOTING,
        "",
        "The form of the answer, in the notation of TypeScript:",
        sketch(form),
    )


def _values(name: str, choices: tuple[Choice, ...], said: dict[tuple[Choice, ...], str]) -> Iterator[str]:
    """The values with what they mean, or where that has been said."""
    if choices in said:
        yield f"  - the values of `{said[choices]}` above"
    elif choices:
        said[choices] = name
        yield from (f"  - {'null' if one.value is None else one.value}: {one.description}" for one in choices)


def _fields(schema: Schema, said: dict[tuple[Choice, ...], str]) -> Iterator[str]:
    for definition, prefix in (("claim_fields", ""), ("cargo", "cargo.")):
        for field, body in schema.root["$defs"].get(definition, {}).get("properties", {}).items():
            named = schema.root["$defs"].get(body.get("$ref", "").rpartition("/")[2], {})
            described = [part["description"] for part in (body, named) if "description" in part]
            yield f"- `{prefix}{field}`: {' '.join(described)}"
            yield from _values(field, schema.choices(definition, field), said)


def asked(article: Article, part: tuple[int, int] | None = None) -> str:
    """The last message: an article, or a part of it."""
    start, end = part or (0, len(article.text))
    lines = [f"Published: {article.published}"] if article.published else []
    if (start, end) != (0, len(article.text)):
        lines.append("This is a part of a longer article. Quote from this part alone.")
    return "\n".join([*lines, "<article>", article.text[start:end], "</article>"])


def summary_of_guidelines(path: Path) -> str:
    """The one-page summary of guidelines, without its heading.

    Raises `ClaimspansError` where the file, or the heading, is not there.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ClaimspansError(
            f"{path}: cannot be read ({error}); name guidelines with -o guidelines=FILE, or none with -o guidelines=off"
        ) from error
    section = re.search(rf"^(#+) {re.escape(SUMMARY)}\s*$\n(.*?)(?=^#{{1,2}} |\Z)", text, re.MULTILINE | re.DOTALL)
    if section is None or not section[2].strip():
        raise ClaimspansError(
            f"{path}: has no section “{SUMMARY}”, which a language model is to be told; put its heading back, name "
            "other guidelines with -o guidelines=FILE, or none with -o guidelines=off"
        )
    return section[2].strip()


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}
