"""The generated parts of README.md and of the pages in this folder: `make docs` writes them, a test holds them current.

Each function returns Markdown.
"""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

import claimspans
from claimspans.data.schema import default_schema
from claimspans.export.formats import FORMATS
from claimspans.extractors import SCHEMES, article_of
from claimspans.extractors.openai.extractor import Options, prompt_for
from claimspans.extractors.openai.prompt import as_json
from claimspans.extractors.registry import Setting
from claimspans.labelstudio.fields import Page
from claimspans.scoring.errors import KINDS

ROOT = Path(__file__).parents[1]
QUOTES = ROOT / "tests" / "cases" / "quotes.jsonl"
SHOWN_QUOTES = (
    "repeated mention",
    "number inside a longer one",
    "name inside a longer one only",
    "singular inside a plural",
    "negated verb",
    "curly quotes in the article",
    "context after",
    "occurrence",
    "inside another of its label",
    "nearly",
    "another number",
    "negation left out",
)
"""Of all the hard cases that the tests run, those that the page shows."""


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *map(list, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def command(*args: object, cwd: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "claimspans", *map(str, args)], check=True, capture_output=True, text=True, cwd=cwd
    )


def transcript(typed: str, printed: str) -> str:
    shown = "".join(f"{line.rstrip()}\n" for line in printed.rstrip().splitlines())
    return f"```console\n$ {typed}\n{shown}```\n"


def contents() -> str:
    """The data in figures."""
    gold = claimspans.load()
    claims = sum(len(each.claims) for each in gold)
    dates = sorted(each.published or "" for each in gold)
    labels = Counter(span.label for each in gold for span in each.spans)
    shown = ", ".join(f"{labels[label]} {label}" for label in default_schema().labels)
    return table(
        ("data", "what it holds"),
        (
            ("articles", f"{len(gold)}, in English, published {dates[0]} to {dates[-1]}"),
            ("spans", f"{sum(labels.values())}: {shown}; each with attributes, such as a number's value"),
            ("claims", f"{claims}: an event with its holders, stance, parties, cargo and dates"),
            (
                "how it was made",
                (
                    "two passes by a language model, each difference adjudicated by a rule of "
                    "[the guidelines](annotations/GUIDELINES.md); "
                    "[no person's judgement is in it](annotations/adjudication.md)"
                ),
            ),
        ),
    )


def score_of_rules() -> str:
    """The strict table of `make score`."""
    with tempfile.TemporaryDirectory() as folder:
        command("run", "rules", "--out", folder)
        printed = command("score", folder).stdout
    strict = printed.partition("\npartial")[0].rstrip()
    rest = "… and the partial scheme, the articles, the attributes and the signature"
    return transcript("make score", f"{strict}\n{rest}")


def extractors() -> str:
    """A row for each kind of URI."""
    rows = []
    for kind in SCHEMES.values():
        form = kind.form.replace(", or ", "`, `").replace(" or ", "`, `")
        rows.append((f"`{form}`", kind.about, f"`{kind.extra}`" if kind.extra else "–"))
    return table(("URI", "what it is", "extra"), rows)


def _fields(options: type[msgspec.Struct]) -> Iterable[tuple[str, str, str]]:
    """Name, default and meaning of each option."""
    fields = msgspec.structs.fields(options)
    known: dict[str, Any] = {}
    if fields:
        known = msgspec.json.schema(options)["$defs"][options.__name__]["properties"]
    for field in fields:
        body = known[field.name]
        about = next((part["description"] for part in [body, *body.get("anyOf", [])] if "description" in part), "")
        values = body.get("enum", [])
        default = "–" if field.default in (None, "") else str(field.default)
        named = ", ".join(f"`{value}`" for value in values)
        yield (
            field.name,
            default.lower() if isinstance(field.default, bool) else default,
            ": ".join(part for part in (about, named) if part),
        )


def options() -> str:
    """The options of every kind of extractor but `openai`."""
    shown: dict[type[msgspec.Struct], list[str]] = {}
    for scheme, kind in SCHEMES.items():
        shown.setdefault(importlib.import_module(f"claimspans.extractors.{kind.module}").Options, []).append(scheme)
    rows: dict[tuple[str, str, str], list[str]] = {}
    for each, names in shown.items():
        for field in () if names == ["openai"] else _fields(each):
            rows.setdefault(field, []).extend(f"`{name}`" for name in names)
    none = [f"`{name}`" for each, names in shown.items() if not msgspec.structs.fields(each) for name in names]
    cells = ((", ".join(names), f"`{option}`", *rest) for (option, *rest), names in rows.items())
    return table(("extractor", "option", "default", "meaning"), cells) + f"\n{', '.join(none)} have no options.\n"


def openai_options() -> str:
    """The options of `openai`."""
    return table(("option", "default", "meaning"), ((f"`{name}`", *rest) for name, *rest in _fields(Options)))


def _told(**given: Any) -> Any:
    return prompt_for(Options(**given), Setting.of(default_schema()))


def tokens() -> str:
    """What prompt and answer of an article take, in tokens of four characters."""

    def mean(lengths: list[int]) -> str:
        return f"{round(sum(lengths) / len(lengths) / 4, -2):,.0f}"

    def asked(**given: Any) -> str:
        prompt = _told(**given)
        articles = map(article_of, claimspans.load())
        return mean([sum(len(message["content"]) for message in prompt.messages(article)) for article in articles])

    def answered(**given: Any) -> str:
        return mean([len(as_json(example.answer)) for example in _told(shots=1, **given).pool])

    spans_only = {"claims": False, "attributes": False}
    return table(
        ("tokens an article, at four characters each", "prompt", "answer"),
        (
            ("without examples", asked(), answered()),
            ("`--shots 2`", asked(shots=2), answered()),
            ("`-o claims=false -o attributes=false`", asked(**spans_only), answered(**spans_only)),
        ),
    )


def _visible(text: str) -> str:
    """Signs that cannot be seen by their number, and no end of a table's cell."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text).replace("|", "\\|")


def quotes() -> str:
    """Some hard cases of quotes, with the places that are found."""
    cases = {case["case"]: case for case in map(json.loads, QUOTES.read_text(encoding="utf-8").splitlines())}
    rows = []
    for name in SHOWN_QUOTES:
        case = cases[name]
        text = re.sub(r"\{\d+:|\}", "", case["text"])
        found = claimspans.align_quotes(text, [claimspans.Quote(**quote) for quote in case["quotes"]])
        marks = [
            (at, mark)
            for number, place in enumerate(found, 1)
            if place.text
            for at, mark in ((place.start, "<b>"), (place.end, f"<sup>{number}</sup></b>"))
        ]
        for at, mark in sorted(marks, key=lambda each: (each[0], each[1] == "<b>"), reverse=True):
            text = text[:at] + mark + text[at:]
        rows.append(
            (_visible(text), " · ".join(map(_quoted, case["quotes"])), ", ".join(each.status for each in found))
        )
    return table(("article", "quotes", "status"), rows)


def _quoted(quote: dict[str, Any]) -> str:
    extra = ", ".join(f"{key} {value}" for key, value in quote.items() if key not in ("label", "quote"))
    return f"“{_visible(quote['quote'])}”" + (f" ({extra})" if extra else "")


def comparison() -> str:
    """Two systems of the leaderboard compared."""
    return transcript(
        "claimspans compare submissions/crf submissions/spacy",
        command("compare", *(ROOT / "submissions" / name for name in ("crf", "spacy"))).stdout,
    )


def kinds_of_error() -> str:
    return table(("kind", "meaning"), ((f"`{kind}`", about) for kind, about in KINDS.items()))


def problems() -> str:
    return command("schema", "--problems").stdout


def keys() -> str:
    """The keys of the annotation page."""
    marks = Page(default_schema()).marks.values()
    return table(
        ("key", "label", "meaning"), ((f"<kbd>{mark.hotkey}</kbd>", mark.name, mark.description) for mark in marks)
    )


def changes() -> str:
    return transcript("claimspans diff pass-a pass-b", command("diff", "pass-a", "pass-b").stdout)


def formats() -> str:
    return table(
        ("format", "file", "made for", "zones"),
        (
            (f"`{name}`", f"`all{each.suffix}`" if each.suffix else "`all/`", each.about, each.zones)
            for name, each in FORMATS.items()
        ),
    )


def exported() -> str:
    with tempfile.TemporaryDirectory() as folder:
        said = command("export", "bio", "--out", "data/bio", "--folds", cwd=folder).stderr
    return transcript("claimspans export bio --out data/bio --folds", said)


def longest_chat() -> str:
    """The longest article of `export chat` with prompt and answer, with claims and attributes and without."""

    def longest(*given: str) -> str:
        with tempfile.TemporaryDirectory() as folder:
            command("export", "chat", "--out", Path(folder, "chat"), *given)
            rows = Path(folder, "chat", "all.jsonl").read_text(encoding="utf-8").splitlines()
        lengths = [sum(len(message["content"]) for message in json.loads(row)["messages"]) for row in rows]
        return f"{round(max(lengths) / 4, -2):,.0f}"

    return (
        f"With prompt and answer the longest article has {longest()} tokens, at four characters each; exported with "
        f"`-o claims=false -o attributes=false` it has "
        f"{longest('-o', 'claims=false', '-o', 'attributes=false')}.\n"
    )
