"""The house: what imports what, how light a plain import is, what the documents say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from claimspans import Claim, Corpus
from claimspans.cli import cli
from claimspans.data.problems import KINDS
from claimspans.data.schema import default_schema
from claimspans.layers.agreement import agree

from ..helpers.places import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "annotations" / "GUIDELINES.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_a_plain_import_pulls_in_numpy_and_msgspec_at_most() -> None:
    code = "import sys; before = set(sys.modules); import claimspans; print(*set(sys.modules) - before)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    foreign = {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names)
    assert foreign <= {"claimspans", "numpy", "msgspec", "typing_extensions"}  # the last is msgspec's


def test_help_imports_no_command() -> None:
    code = (
        "import sys, claimspans.cli as c\n"
        "try: c.main(['--help'])\n"
        "except SystemExit: print([m for m in sys.modules if m.startswith(('claimspans.cli.', 'rich', 'numpy'))"
        " and m != 'claimspans.cli.corpus_option'])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.rstrip().endswith("[]")


@pytest.mark.slow
def test_the_public_names_are_functions_and_types_whatever_was_imported_before() -> None:
    code = (
        "import claimspans.scoring.score, claimspans.data.checks.guidelines, claimspans.extractors.run\n"
        "import claimspans as c\n"
        "assert all(callable(getattr(c, n)) for n in c.__all__ if n not in ('DATASET_VERSION', '__version__'))\n"
        "from claimspans import score\n"
        "assert score.__module__ == 'claimspans.scoring.score' and c.score is score\n"
        "assert dir(c) == sorted(c.__all__)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.slow
def test_generated_parts_of_the_documents_are_up_to_date() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", *map(str, DOCUMENTS)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_picture_in_the_readme_is_what_show_draws(tmp_path: Path) -> None:
    drawn = tmp_path / "show.svg"
    subprocess.run(
        [sys.executable, "-m", "claimspans", "show", "004", "--head", "5", "--svg", str(drawn)], check=True, cwd=ROOT
    )
    assert drawn.read_text(encoding="utf-8") == (ROOT / "docs" / "show.svg").read_text(encoding="utf-8")
    assert not re.search(r"url\([^#]|href=|@import", drawn.read_text(encoding="utf-8"))


def test_every_command_and_every_kind_of_problem_is_documented() -> None:
    text = "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    for command in cli.list_commands(None):  # type: ignore[arg-type]
        assert f"claimspans {command}" in text
    for kind in KINDS:
        assert f"`{kind}`" in text


def test_every_rule_of_the_handbook_quotes_its_article() -> None:
    """What the handbook puts in bold as right stands in an article, or is a lemma."""
    texts = Corpus().texts
    everything = "\n".join(texts.values()).replace("’", "'").replace("“", '"').replace("”", '"').replace("\u00a0", " ")
    text = (ROOT / "annotations" / "GUIDELINES.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and line.count(" | ") == 2 and "[0" in line]
    assert len(rows) > 40
    # An example without the number of an article is invented.
    quoted = [part for row in rows for part in row.split(" | ")[1].split(";") if "[0" in part]
    assert len(quoted) > 40
    for bold in (bold for part in quoted for bold in re.findall(r"\*\*([^*]+)\*\*", part)):
        assert bold.replace("’", "'").replace("“", '"') in everything, bold


def with_sorted_cargo(claim: Claim) -> Claim:
    rows = sorted(claim.cargo, key=lambda row: (row.item or "", row.quantity or "", row.relation or ""))
    return msgspec.structs.replace(claim, cargo=tuple(rows))


def test_every_difference_between_the_passes_is_adjudicated() -> None:
    corpus = Corpus()
    first, second = corpus.load("pass-a"), corpus.load("pass-b")
    text = (ROOT / "annotations" / "adjudication.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (\d{3}) \| ([sc]\d+) ", text.partition("## Places that both")[0], re.MULTILINE)
    differing = []
    for one, two in zip(first, second, strict=True):
        assert len(one.spans) == len(two.spans)
        differing += [(one.doc, span.id) for span in one.spans if span not in two.spans]
        ours, theirs = ([with_sorted_cargo(claim) for claim in side.claims] for side in (one, two))
        differing += [(one.doc, claim.id) for claim in ours if claim not in theirs]
    assert sorted(listed) == sorted(differing)
    assert agree(first, second).result.claims["whole"].INC == 1


def test_every_change_from_the_passes_to_the_gold_is_adjudicated() -> None:
    corpus = Corpus()
    text = (
        (ROOT / "annotations" / "adjudication.md")
        .read_text(encoding="utf-8")
        .partition("## Places that were questioned")[0]
    )
    listed = set(re.findall(r"^\| (\d{3}) \| ([sc]\d+) ", text, re.MULTILINE))
    changed = set()
    for document, one in zip(corpus.load(), corpus.load("pass-a"), strict=True):
        changed |= {(document.doc, span.id) for span in document.spans if span not in one.spans}
        changed |= {(document.doc, claim.id) for claim in document.claims if claim not in one.claims}
    assert changed <= listed
    assert changed


@pytest.mark.parametrize("path", sorted((ROOT / "seeds").glob("*.txt")), ids=lambda path: path.name[:3])
def test_sources_say_only_what_the_text_supports(path: Path) -> None:
    corpus = Corpus()
    source = next(source for source in corpus.sources.values() if source.file == path.name)
    text = path.read_text(encoding="utf-8").replace("\u00a0", " ")
    assert source.title is None or source.title in text
    assert source.publisher is None or source.publisher in text
    assert source.published_from is not None
    assert source.published is not None
    for quoted in re.findall(r"“([^”]+)”", source.published_from):
        assert quoted in text
    assert source.precision == ("year", "month", "day")[source.published.count("-")]


def test_examples_of_the_schema_are_records_of_the_gold() -> None:
    corpus = Corpus()
    definitions = default_schema().root["$defs"]
    lines = (corpus.root / "annotations" / "gold" / "003.jsonl").read_text(encoding="utf-8")
    records = [json.loads(line) for line in lines.splitlines()]
    for name in ("document", "zone", "span", "claim"):
        for example in definitions[name]["examples"]:
            assert example in records
