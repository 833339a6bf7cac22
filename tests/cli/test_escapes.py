"""Text of others through every command and into every file: a terminal obeys none of it, nor does Markdown or CSV."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from claimspans.cli import cli
from claimspans.data.escapes import csv_text, markdown, markdown_code, terminal

from ..helpers.command import Ran, claimspans
from ..helpers.places import ROOT

PIECES = [
    "\x1b[31m", "\x1b]8;;http://evil.example\x1b\\", "\x1b]52;c;cm0=\x07", "\x9b2J", "\x07", "\r", "\u202e", "\u2066",
    "\n\n# Rank 1\n\n", "\n| a | b |\n| --- | --- |\n", "| x |", "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))", "![x](http://evil.example)", "`", "``", "**", "_x_", "~~", "\n- ", "\n1. ", "\n---\n",
    "&lt;img&gt;", "\\", '=HYPERLINK("http://evil.example")', "+1", "@SUM(1)", "[bold]", "é", "🚀", "DROP",
]  # fmt: skip
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MESSAGE = ("claimspans: ", "Error: ", "Usage: ", "Try ", "  ")
QUIET = {"text", "code_inline", "softbreak"}


def fuzzed(seed: int) -> str:
    """Every piece, in another order for every seed; it begins like a formula."""
    pieces = list(PIECES)
    random.Random(seed).shuffle(pieces)
    return "=" + "".join(pieces)


def kinds(text: str) -> set[str]:
    """What Markdown takes the text for, without the paragraph that words stand in."""
    tokens = [inner for token in MARKDOWN.parse(text) for inner in (token, *(token.children or ()))]
    return {token.type for token in tokens} - {"paragraph_open", "paragraph_close", "inline"}


@given(st.text())
def test_a_terminal_obeys_nothing_and_json_reads_the_same(text: str) -> None:
    assert not OBEYED.search(terminal(text))
    assert terminal(terminal(text)) == terminal(text)
    assert json.loads(terminal(json.dumps(text, ensure_ascii=False))) == text


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_words_are_words_in_markdown(text: str) -> None:
    words = terminal(" ".join(text.split()))
    for line in (markdown(text), f"- **x**: {markdown(text)}", f"| a | b |\n| --- | --- |\n| {markdown(text)} | y |"):
        found = kinds(line)
        assert not found & {
            "heading_open",
            "html_inline",
            "html_block",
            "link_open",
            "image",
            "em_open",
            "hr",
            "s_open",
        }
        assert line.startswith(("-", "|")) or found <= QUIET
    rendered = "".join(inner.content for token in MARKDOWN.parse(markdown(text)) for inner in token.children or ())
    assert rendered == words


@given(st.text(alphabet="`|a <*\n") | st.text())
def test_code_is_code_in_markdown(text: str) -> None:
    words = terminal(" ".join(text.split()))
    assert kinds(markdown_code(text)) <= {"code_inline"} | ({"text"} if not words else set())
    row = MARKDOWN.render(f"| a | b |\n| --- | --- |\n| {markdown_code(text, cell=True)} | y |")
    assert row.count("<td>") == 2


@given(st.lists(st.text(alphabet="=+-@\t\r\n\"',;ab1"), min_size=1, max_size=4))
def test_no_cell_of_a_csv_is_a_formula_and_none_is_lost(cells: list[str]) -> None:
    names = [str(number) for number in range(len(cells))]
    _, row = csv.reader(io.StringIO(csv_text(names, [dict(zip(names, cells, strict=True))], csv.QUOTE_ALL), newline=""))
    assert [re.sub(r"^'(?='*[=+\-@\t\r])", "", cell) for cell in row] == cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    assert csv_text(["x"], [{"x": -1.5}]).splitlines()[1] == "-1.5"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


class Scene:
    """Layers, runs and files in which every name and value that may be free is the fuzzed string."""

    def __init__(self, folder: Path, text: str, run: Path) -> None:
        self.text = text
        self.name = text.replace("/", "∕")[:60]
        self.folder = folder / self.name
        self.folder.mkdir()
        self.layers = [self.folder / f"{side}{self.name}" for side in "ab"]
        for number, layer in enumerate(self.layers):
            layer.mkdir()
            for path in (ROOT / "annotations" / "gold").glob("*.jsonl"):
                records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
                for record in records:
                    if record.get("label") == "SPEAKER":
                        record["entity"] = f"{text}{number}"
                (layer / path.name).write_text("".join(map(line_of, records)), encoding="utf-8")
        self.gold = self._write("gold", {"doc": text, "text": text * 3, "spans": self._spans(text)})
        self.right = self._write("right", {"doc": text, "spans": self._spans(text[::-1])})
        self.wrong = self._write("wrong", {"doc": "003", "label": text, "start": 0, "end": 4, "text": text, text: text})
        self.runs = [self.folder / side / f"{side}{self.name}" for side in "ab"]
        for made in self.runs:
            shutil.copytree(run, made)
            manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
            manifest |= {"note": text, "ended": text, "uri": text, "extractor": {"v": text[:20]}}
            (made / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    def _spans(self, label: str) -> list[dict[str, object]]:
        return [{"label": label, "start": 0, "end": 4}, {"label": "x", "start": 8, "end": 12}]

    def _write(self, stem: str, record: dict[str, object]) -> Path:
        path = self.folder / f"{stem}{self.name}.jsonl"
        path.write_text(line_of(record), encoding="utf-8")
        return path

    def calls(self) -> Iterator[tuple[int, list[str | Path]]]:
        """Commands with their exit codes: those that do their work, then those that say what is wrong."""
        own: list[str | Path] = ["--gold", self.gold]
        yield 0, ["score", self.right, *own, "--details", "--json"]
        yield 0, ["score", self.right, *own, "--details"]
        yield 0, ["compare", f"{self.name.replace('=', '')}={self.right}", self.gold, *own, "--by-label", "--spans"]
        yield 0, ["report", self.right, *own, "--out", "report.html"]
        yield 0, ["report", self.right, *own, "--json"]
        yield 0, ["show", "--layer", self.layers[0], "--html", "show.html"]
        yield 0, ["show", "--layer", self.layers[0], "--svg", "show.svg"]
        yield 0, ["show", "003", "--layer", self.layers[0], "--json"]
        yield 0, ["site", "pages", "--layer", self.layers[0], "--over", self.layers[1], "--with-articles"]
        yield 0, ["ledger", "--layer", self.layers[0], "--csv", "ledger.csv"]
        yield 0, ["ledger", "--layer", self.layers[0]]
        yield 0, ["agree", *self.layers]
        yield 0, ["agree", *self.layers, "--differences"]
        yield 0, ["agree", *self.layers, "--markdown", "agree.md"]
        yield 0, ["diff", *self.layers]
        yield 0, ["diff", *self.layers, "--markdown", "diff.md"]
        yield 1, ["adjudicate", *self.layers, "--out", "made", "--decisions", "/dev/null"]
        yield 0, ["leaderboard", *self.runs]
        yield 0, ["leaderboard", *self.runs, "--out", "leaderboard.md"]
        yield 0, ["export", "csv", *own, "--out", "csv"]
        yield 1, ["check", "--predictions", self.wrong]
        yield 1, ["check", self.wrong]
        yield 2, ["score", self.wrong]
        yield 2, ["export", "csv", *own, "--schema", self.gold, "--out", "none"]
        yield 2, ["run", f"{self.name}:x", "--out", "none"]
        yield 2, ["run", "rules", "--map", f"{self.text}=ITEM,{self.text}=DATE", "--out", "none"]
        for command in (
            "score",
            "report",
            "show",
            "agree",
            "diff",
            "leaderboard",
            "prompt",
            "export",
            "train",
            "curve",
        ):
            yield 2, [command, self.name]
        yield 2, [self.name]


def line_of(record: dict[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run in which one span was found."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "one.jsonl").write_text('{"doc": "003", "label": "ITEM", "start": 55, "end": 64}\n')
    made = claimspans("run", f"file:{folder / 'one.jsonl'}", "--out", folder / "run")
    assert made.returncode == 0, made.stderr
    return folder / "run"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
def test_one_fuzzed_string_through_every_command_and_into_every_file(seed: int, tmp_path: Path, run: Path) -> None:
    scene = Scene(tmp_path, fuzzed(seed), run)
    out = tmp_path / "out"
    out.mkdir()
    shown = ""
    for code, call in scene.calls():
        ran: Ran = claimspans(*call, cwd=out)
        assert ran.returncode == code, (call, ran)
        assert not OBEYED.search(ran.stdout + ran.stderr), call
        if code == 2:  # what a name holds begins no line, which could be taken for another message
            assert all(line.startswith(MESSAGE) for line in ran.stderr.splitlines() if line), ran.stderr
        if "--json" in call:
            shown += ran.stdout
            for line in [ran.stdout] if ran.stdout.startswith("{\n") else ran.stdout.splitlines():
                json.loads(line)
    first = next(json.loads(line) for line in shown.splitlines() if line.startswith('{"system"'))
    assert first["gold"][0]["label"] == scene.text
    for path in (out / "agree.md", out / "diff.md", out / "leaderboard.md", out / "made.md"):
        text = path.read_text(encoding="utf-8")
        assert not OBEYED.search(text)
        tokens = [inner for token in MARKDOWN.parse(text) for inner in (token, *(token.children or ()))]
        assert not {token.type for token in tokens} & {
            "html_inline",
            "html_block",
            "link_open",
            "image",
            "hr",
            "s_open",
        }
        assert "evil.example" in text
        headings = [token.tag for token in tokens if token.type == "heading_open"]
        assert headings == {"leaderboard.md": ["h1"], "diff.md": ["h3"] * 5}.get(path.name, [])
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in text.splitlines() if line.startswith("|")}
        assert len(widths) == {"leaderboard.md": 2, "diff.md": 0}.get(path.name, 1)
    for path in (out / "report.html", out / "show.html", *(out / "pages").rglob("*.html")):
        tags = Tags()
        tags.feed(path.read_text(encoding="utf-8"))
        assert "img" not in dict(tags.found)
        assert not any(name.startswith("on") for _, attributes in tags.found for name in attributes)
        assert not any("javascript:" in (attributes.get("href") or "") for _, attributes in tags.found)
    picture = ET.fromstring((out / "show.svg").read_text(encoding="utf-8"))  # noqa: S314 -- ours
    assert not picture.findall(".//{*}script") + picture.findall(".//{*}img")
    for path in (out / "ledger.csv", out / "csv" / "all.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert any("HYPERLINK" in cell for cell in cells)
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_every_command_that_prints_is_in_the_test_above_or_prints_nothing_of_others(tmp_path: Path, run: Path) -> None:
    called = {call[0] for _, call in Scene(tmp_path, "x", run).calls()}
    own = {"add", "augment", "edition", "harness", "hub", "hydrate", "labelstudio", "new", "release", "remove"}
    own |= {"schema"}
    """They print the words of the project, of the dataset's folder, of a server: through the same streams."""
    assert set(cli.list_commands(None)) - called == own  # type: ignore[arg-type]
