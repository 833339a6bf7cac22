"""What changed between two editions of the gold, which step that demands, and where editions come from."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from claimspans import Cargo, Claim, ClaimspansError, Document, Schema, Span, Zone
from claimspans.data.corpus import Corpus
from claimspans.data.editions import Edition, read_edition
from claimspans.data.sources import Source
from claimspans.layers.changes import Change, changes, markdown, short_of, stepped
from claimspans.version import DATASET_VERSION

from ..helpers.command import claimspans
from ..helpers.places import ROOT

TEXT = "Kyiv saw ten big missiles. Share"
SPEAKER = Span(id="s1", label="SPEAKER", start=0, end=4, attributes={"country": "UA"})
QUANTITY = Span(id="s2", label="QUANTITY", start=9, end=12, attributes={"value": 10})
ITEM = Span(id="s3", label="ITEM", start=13, end=25, attributes={"category": "ML4"})
CLAIM = Claim(id="c1", event="use", user="RU", holders=("s1",), cargo=(Cargo(item="s3", quantity="s2"),))
SHARE = Zone(kind="boilerplate", start=27, end=32)
FIRST = Document(doc="d", text=TEXT, spans=(SPEAKER, QUANTITY, ITEM), claims=(CLAIM,), zones=(SHARE,))
SECOND = Document(doc="e", text="Nothing.")


def source(doc: str, published: str = "2024") -> Source:
    fields = dict.fromkeys(("file", "publisher_from", "published_from", "language", "sha256", "rights"), "x")
    named: dict[str, Any] = {"doc": doc, "publisher": None, "title": None, "published": published}
    return Source(**fields, **named, precision="year", published_stated=True)


def edition(*documents: Document, schema: Schema, published: str = "2024", version: str | None = "1.2.3") -> Edition:
    sources = {document.doc: source(document.doc, published) for document in documents}
    return Edition(name=version or "bare", documents=documents, schema=schema, sources=sources, version=version)


def brief(change: Change) -> tuple[str | None, ...]:
    return (change.doc, change.label, change.kind, change.field, change.before, change.after)


def wider(*spans: Span, **fields: Any) -> Document:
    return msgspec.structs.replace(FIRST, **({"spans": spans} if spans else {}), **fields)


BIG = msgspec.structs.replace(ITEM, start=17)
TOLD = msgspec.structs.replace(SPEAKER, label="ITEM")
MORE = msgspec.structs.replace(QUANTITY, attributes={"value": 12})
ADDED = Span(id="s4", label="STANCE", start=5, end=8, attributes={"speakers": ("s1",)})


EDITED: list[tuple[Document, str, tuple[str | None, ...]]] = [
    (wider(SPEAKER, QUANTITY, BIG), "major", ("ITEM", "boundaries", None, "ITEM “big missiles”", "ITEM “missiles”")),
    (wider(TOLD, QUANTITY, ITEM, claims=()), "major", ("SPEAKER", "label", None, "SPEAKER “Kyiv”", "ITEM “Kyiv”")),
    (wider(SPEAKER, QUANTITY, ITEM, ADDED), "major", ("STANCE", "added", None, None, "STANCE “saw”")),
    (wider(zones=()), "major", ("zone", "removed", None, "boilerplate [27, 32]", None)),
    (wider(SPEAKER, MORE, ITEM), "minor", ("QUANTITY", "attribute", "value", "10", "12")),
    (wider(claims=(msgspec.structs.replace(CLAIM, user="KP"),)), "minor", ("claim", "slot", "user", "RU", "KP")),
    (wider(claims=(msgspec.structs.replace(CLAIM, id="c9"),)), "patch", ("article", "ids", None, None, None)),
]


@pytest.mark.parametrize(("after", "step", "expected"), EDITED)
def test_a_change_in_an_article_is_named_and_demands_its_step(
    after: Document, step: str, expected: tuple[str | None, ...], schema: Schema
) -> None:
    found = changes(edition(FIRST, SECOND, schema=schema), edition(after, SECOND, schema=schema))
    assert [brief(change) for change in found.changes if change.kind != "removed" or change.label != "claim"] == [
        ("d", *expected)
    ]
    assert (found.step, found.demanded) == (step, stepped("1.2.3", step))


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ((FIRST, SECOND), []),
        ((FIRST,), [("e", "removed")]),
        ((FIRST, SECOND, Document(doc="f", text="New.")), [("f", "added")]),
        ((FIRST, Document(doc="e", text="Nothing!")), [("e", "text")]),
    ],
)
def test_an_article_that_comes_goes_or_is_another_is_a_major_change(
    after: tuple[Document, ...], expected: list[tuple[str, str]], schema: Schema
) -> None:
    found = changes(edition(FIRST, SECOND, schema=schema), edition(*after, schema=schema))
    assert [(change.doc, change.kind) for change in found.changes] == expected
    assert found.step == ("major" if expected else "none")


def test_a_claim_that_goes_is_shown_whole(schema: Schema) -> None:
    found = changes(edition(FIRST, schema=schema), edition(wider(claims=()), schema=schema))
    (change,) = found.changes
    assert (change.label, change.kind, change.step) == ("claim", "removed", "minor")
    assert "user RU" in (change.before or "")
    assert "- claim c1 use “Kyiv”: removed (event use; holders “Kyiv” s1; user RU; cargo" in markdown(found)


def test_a_date_of_an_article_is_a_patch(schema: Schema) -> None:
    found = changes(edition(SECOND, schema=schema), edition(SECOND, schema=schema, published="2025"))
    assert [brief(change) for change in found.changes] == [("e", "article", "source", "published", "2024", "2025")]
    assert found.step == "patch"


@pytest.mark.parametrize(
    ("path", "value", "step", "names"),
    [
        (("SPEAKER", "description"), "Who speaks.", "none", ["nothing that annotations are held to"]),
        (("SPEAKER", "x-color"), "#000000", "none", ["nothing that annotations are held to"]),
        (("SPEAKER", "properties", "mood"), {"description": "How."}, "major", ["SPEAKER.mood", "rules"]),
        (("offset", "minimum"), 1, "major", ["rules"]),
        (("predicted_span", "minProperties"), 2, "none", ["nothing that annotations are held to"]),
    ],
)
def test_rules_of_the_schema_are_told_from_its_words(
    path: tuple[str, ...], value: object, step: str, names: list[str], schema: Schema
) -> None:
    root = json.loads(json.dumps(schema.root))
    part = root["$defs"]
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    other = Schema(json.dumps(root).encode())
    found = changes(edition(SECOND, schema=schema), edition(SECOND, schema=other))
    assert found.step == step
    assert [change.place for change in found.changes] == names


@pytest.mark.parametrize(
    ("version", "step", "expected"),
    [("1.2.3", "none", "1.2.3"), ("1.2.3", "patch", "1.2.4"), ("1.2.3", "minor", "1.3.0"), ("1.2.3", "major", "2.0.0")],
)
def test_a_step_sets_what_is_behind_it_to_nought(version: str, step: str, expected: str) -> None:
    assert stepped(version, step) == expected
    with pytest.raises(ClaimspansError, match="not a version of three numbers"):
        stepped(version[:-2], step)


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (
            "1.2.3",
            "a minor change since 1.2.3 (1.2.3): annotations/CHANGELOG.md has 1.2.3, expected a section “## 1.3.0”",
        ),
        ("1.3.0", None),
        ("2.0.0", None),
        ("1.10.0", None),
    ],
)
def test_a_version_says_what_changed(version: str, said: str | None, schema: Schema) -> None:
    found = changes(edition(FIRST, schema=schema), edition(wider(SPEAKER, MORE, ITEM), schema=schema, version=version))
    reasons = list(short_of(found))
    assert len(reasons) == (said is not None)
    assert said is None or said in reasons[0]


def test_rules_of_the_schema_that_change_demand_a_version_of_the_schema(schema: Schema) -> None:
    root = json.loads(json.dumps(schema.root))
    root["$defs"]["offset"]["minimum"] = 1
    old = edition(SECOND, schema=schema)
    for version, reasons in ((schema.version, 1), ("9.0.0", 0)):
        root["x-version"] = version
        found = changes(old, edition(SECOND, schema=Schema(json.dumps(root).encode()), version="2.0.0"))
        said = list(short_of(found))
        assert len(said) == reasons
        assert all("schema.json: its rules changed and its x-version did not" in one for one in said)


def test_what_has_no_version_cannot_be_checked(schema: Schema) -> None:
    found = changes(edition(FIRST, schema=schema, version=None), edition(FIRST, schema=schema))
    assert found.demanded is None
    with pytest.raises(ClaimspansError, match="bare: its version is not known"):
        short_of(found)


def test_markdown_is_by_article_and_says_where_there_is_nothing(schema: Schema) -> None:
    old = edition(FIRST, SECOND, schema=schema)
    found = changes(old, edition(wider(SPEAKER, MORE, BIG), schema=schema))
    found = msgspec.structs.replace(found, old_version=None)
    assert markdown(found).splitlines() == [
        "### d",
        "",
        "- QUANTITY s2 “ten”: attribute value: 10 → 12",
        "- ITEM s3 “big missiles”: boundaries: ITEM “big missiles” → ITEM “missiles”",
        "",
        "### e",
        "",
        "- article 0 spans: removed",
    ]
    for version, heading in (("1.0.0", "## 2.0.0"), ("1.9.0", "## 2.0.0"), ("2.1.0", "## 2.1.0")):
        known = msgspec.structs.replace(found, old_version="1.0.0", new_version=version)
        assert markdown(known) == f"{heading}\n\n{markdown(found)}"
    assert markdown(changes(old, old)) == "No changes.\n"


@pytest.mark.slow
def test_layers_and_folders_are_compared_without_git(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "annotations" / "gold", tmp_path / "mine")
    path = tmp_path / "mine" / "003.jsonl"
    raw = path.read_text(encoding="utf-8")
    path.write_text(raw.replace('"value": 16500', '"value": 16501', 1), encoding="utf-8")
    run = claimspans("diff", tmp_path / "mine", "--json")
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert [(each["doc"], each["field"], each["before"], each["after"]) for each in found["changes"]] == [
        ("003", "value", "16501", "16500")
    ]
    assert (found["step"], found["new_version"], found["old_version"]) == ("minor", DATASET_VERSION, None)
    assert "its version is not known" in claimspans("diff", tmp_path / "mine", "--check").stderr
    shown = claimspans("diff", "pass-a", "pass-b").stdout
    assert "DATE s26 “Sept. 4, 2024”: attribute date_role: statement → event" in shown
    assert shown.endswith("pass-a → pass-b: a minor change\n")


def test_a_corpus_is_an_edition_of_its_own(corpus: Corpus, tmp_path: Path) -> None:
    for part in ("annotations", "seeds"):
        shutil.copytree(ROOT / part, tmp_path / part)
    shutil.copy(ROOT / "schema.json", tmp_path)
    assert changes(read_edition(str(tmp_path), corpus), read_edition("gold", corpus)).changes == []
    (tmp_path / "annotations" / "gold" / "001.jsonl").unlink()
    (found,) = changes(read_edition(str(tmp_path), corpus), read_edition("gold", corpus)).changes
    assert (found.doc, found.kind) == ("001", "added")
    with pytest.raises(ClaimspansError, match="has no layer silver; its layers: gold, pass-a, pass-b"):
        read_edition(str(tmp_path), corpus, "silver")
    (tmp_path / "annotations" / "gold" / "002.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(ClaimspansError, match=r"this version cannot read its gold: annotations/gold/002\.jsonl:1"):
        read_edition(str(tmp_path), corpus)


@pytest.mark.slow
class TestRevisions:
    """In a checkout of its own, with a commit and changes since."""

    @pytest.fixture
    def checkout(self, tmp_path: Path) -> Path:
        for part in ("annotations", "seeds", "eval"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / part, tmp_path / "checkout" / part, ignore=ignored)
        for part in ("schema.json", ".gitattributes"):
            shutil.copy(ROOT / part, tmp_path / "checkout")
        return tmp_path / "checkout"

    def git(self, checkout: Path, *args: str) -> None:
        named = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run(["git", "-C", checkout, *named, *args], check=True, capture_output=True)

    def run(self, checkout: Path, *args: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        environment |= {"PYTHONPATH": str(checkout / "eval")} | ({} if path is None else {"PATH": path})
        command = [sys.executable, "-m", "claimspans", "diff", *args]
        run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=checkout.parent)
        assert "Traceback" not in run.stderr
        return run

    def test_what_changed_since_a_revision_demands_a_version(self, checkout: Path) -> None:
        self.git(checkout, "init", "-q")
        self.git(checkout, "add", "-A")
        self.git(checkout, "commit", "-qm", "one")
        self.git(checkout, "tag", "v1")
        assert self.run(checkout, "v1", "--check").stdout == "v1 → gold: no changes\n"
        gold = checkout / "annotations" / "gold" / "003.jsonl"
        raw = gold.read_text(encoding="utf-8")
        gold.write_text(
            raw.replace('"end": 51, "text": "over 16,500 containers"', '"end": 40, "text": "over 16,500"', 1)
        )
        run = self.run(checkout, "v1", "--check")
        assert run.returncode == 1
        assert "QUANTITY s1 “over 16,500 containers”: boundaries" in run.stdout
        later = stepped(DATASET_VERSION, "major")
        assert f"v1 → gold: a major change; {DATASET_VERSION} becomes {later}" in run.stdout
        assert f"expected a section “## {later}” or later; claimspans release writes it" in run.stderr
        run = self.run(checkout, "v1", "--markdown", "section.md", "--json")
        assert (run.returncode, json.loads(run.stdout)["step"]) == (0, "major")
        section = (checkout.parent / "section.md").read_text(encoding="utf-8")
        log = checkout / "annotations" / "CHANGELOG.md"
        log.write_text(log.read_text(encoding="utf-8") + f"\n{section}")
        assert self.run(checkout, "v1", "--check").returncode == 0
        self.git(checkout, "commit", "-qam", "two")
        assert json.loads(self.run(checkout, "v1", "HEAD", "--json").stdout)["step"] == "major"
        assert self.run(checkout, "HEAD", "--check").returncode == 0

    def test_what_is_no_revision_is_said(self, checkout: Path, tmp_path: Path) -> None:
        assert "is in no git checkout, so there are no revisions" in self.run(checkout, "v1").stderr
        self.git(checkout, "init", "-q")
        (checkout / "unrelated").write_text("x", encoding="utf-8")
        self.git(checkout, "add", "unrelated")
        self.git(checkout, "commit", "-qm", "nothing")
        for args, said in (
            (("v9",), "v9: no layer or folder of this name, and git knows no such revision"),
            (("--", "--exec"), "--exec: no layer or folder of this name"),
            (("HEAD",), "HEAD: has no annotations, seeds, schema.json"),
        ):
            run = self.run(checkout, *args)
            assert (run.returncode, said in run.stderr) == (2, True), run.stderr
        (tmp_path / "empty").mkdir()
        run = self.run(checkout, "HEAD", path=str(tmp_path / "empty"))
        assert (run.returncode, "git, which would know a revision, is not installed" in run.stderr) == (2, True)
