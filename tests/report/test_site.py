"""The pages of a site as they are written: what is in them, whose words are left out, and on whom they wait."""

from __future__ import annotations

import hashlib
import json
import re
import urllib.error
import urllib.request
from itertools import combinations
from pathlib import Path

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from claimspans import Claim, ClaimspansError, Corpus, Document, Layer, Span
from claimspans.data.ledger import COLUMNS
from claimspans.data.records import Cargo, Value, nested_record, to_line
from claimspans.data.sources import Source
from claimspans.report.colours import PALETTE
from claimspans.report.site.build import write_site
from claimspans.report.site.claims import article_record, with_quotes, without_text
from claimspans.report.site.serve import serving

from ..helpers.command import claimspans
from ..helpers.places import ROOT
from .test_report import worsened

VENDOR = ROOT / "eval" / "claimspans" / "report" / "site" / "vendor"


@pytest.fixture(scope="module")
def pages(gold: Layer, corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "pages"
    write_site(out, corpus, gold, "gold", with_articles=True)
    return out


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_the_five_articles_are_under_two_megabytes_and_load_nothing_from_elsewhere(pages: Path, corpus: Corpus) -> None:
    assert sum(path.stat().st_size for path in pages.rglob("*")) < 2_000_000
    html = {path.relative_to(pages).as_posix(): read(path) for path in pages.rglob("*.html")}
    assert set(html) == {
        *("index.html", "ledger.html", "articles.html", "speakers.html"),
        *(f"articles/{doc}.html" for doc in corpus.sources),
    }
    for name, text in html.items():
        assert "default-src 'none'; script-src 'self' file:; style-src 'self' file:;" in text
        assert not re.search(r"<script>|<style>|\sstyle=|\son\w+=", text)
        for link in re.findall(r'(?:src|href)="([^"#]+)', text):
            assert (pages / name).parent.joinpath(link).is_file(), (name, link)


def test_no_word_is_left_out_with_the_articles_and_none_is_put_in_without(
    pages: Path, gold: Layer, corpus: Corpus, tmp_path: Path
) -> None:
    predicted = [
        Document(doc=document.doc, spans=(Span(label="ITEM", start=0, end=len(document.text or "")),))
        for document in gold
    ]
    write_site(tmp_path / "bare", corpus, gold, "gold", {"p": predicted})
    bare = "\n".join(read(path) for path in (tmp_path / "bare").rglob("*") if path.suffix in (".html", ".js"))
    for document in gold:
        text = document.text or ""
        lines = [line for line in text[300:].splitlines()[1:] if len(line) > 100]  # the beginning is what p quotes
        shown = read(pages / "articles" / f"{document.doc}.html")
        assert lines
        for line in lines:
            assert all(word in shown for word in re.findall("[A-Za-z]{9,}", line))
            assert line not in bare
    article = read(tmp_path / "bare" / "articles" / "003.html")
    assert "Quotes alone." in article
    assert "over 16,500 containers" in article


def test_what_is_there_stays_unless_it_is_an_earlier_site(gold: Layer, corpus: Corpus, tmp_path: Path) -> None:
    out = tmp_path / "work"
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    with pytest.raises(ClaimspansError, match="no earlier site"):
        write_site(out, corpus, gold[:1], "gold")
    assert [path.name for path in out.iterdir()] == ["mine.txt"]
    write_site(tmp_path / "pages", corpus, gold, "gold")
    write_site(tmp_path / "pages", corpus, gold[:1], "gold")
    assert [path.name for path in (tmp_path / "pages" / "articles").iterdir()] == ["000.html"]


def test_the_command_takes_a_layer_and_predictions_and_says_what_it_left_out(gold: Layer, tmp_path: Path) -> None:
    path = tmp_path / "run" / "predictions.jsonl"
    path.parent.mkdir()
    path.write_text("".join(to_line(nested_record(document)) for document in worsened(gold, 1)), encoding="utf-8")
    ran = claimspans("site", "over", "--over", path.parent, "--over", "pass-a", "--with-articles", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    article = read(tmp_path / "over" / "articles" / "003.html")
    assert str(tmp_path) not in article
    assert "A · run (underlined)" in article
    assert "B · pass-a (line above)" in article
    places = re.findall(r'<a class="error \w+" href="\.\./report\.html#(place-\d+)">A \w+</a>', article)
    report = read(tmp_path / "over" / "report.html")
    assert places
    assert all(f'id="{place}"' in report for place in places)
    part = tmp_path / "part"
    part.mkdir()
    (part / "003.jsonl").write_bytes((ROOT / "annotations" / "pass-a" / "003.jsonl").read_bytes())
    ran = claimspans("site", "half", "--over", path.parent, "--over", part, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "| docs 1 |" in read(tmp_path / "half" / "report.html")  # what nobody has annotated is no error
    assert 'class="error' not in read(tmp_path / "half" / "articles" / "001.html")
    ran = claimspans("site", "alone", "--layer", path.parent, cwd=tmp_path)
    assert "5 articles by quotes alone" in ran.stderr
    assert not (tmp_path / "alone" / "speakers.html").exists()  # the predictions have no claims
    assert claimspans("site", "x", "--over", "pass-a", "--over", "pass-a").returncode == 2
    assert claimspans("site", "x", "--layer", "nothing").returncode == 2
    assert claimspans("site", ROOT).returncode == 2


def test_a_corpus_without_claims_or_annotations_has_its_articles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Mara Vale denied it.", encoding="utf-8")
    assert claimspans("new", "mine", "--schema", "spans", cwd=tmp_path).returncode == 0
    assert claimspans("--corpus", "mine", "add", "a.txt", cwd=tmp_path).returncode == 0
    ran = claimspans("--corpus", "mine", "site", "pages", "--with-articles", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "articles/a.html" in read(tmp_path / "pages" / "index.html")
    assert "Mara Vale denied it." in read(tmp_path / "pages" / "articles" / "a.html")


def test_a_claim_is_sent_with_its_bounds_its_days_and_its_words() -> None:
    text = "🚀 One.\n\n  Ann said 40–60 shells came in late 2023. More.  \n"
    named: dict[str, tuple[str, str, dict[str, Value]]] = {
        "s1": ("SPEAKER", "Ann", {"entity": "Ann Roe"}),
        "s2": ("QUANTITY", "40–60 shells", {"value": 40, "upper": 60, "comparator": "between", "unit": "shell"}),
        "s3": ("DATE", "late 2023", {"edtf": "2023-10/2023-12", "signal": "since"}),
    }
    spans = tuple(
        Span(id=name, label=label, start=text.index(words), end=text.index(words) + len(words), attributes=attributes)
        for name, (label, words, attributes) in named.items()
    )
    claim = Claim(
        id="c1", event="transfer", stance="assertion", holders=("s1",), cargo=(Cargo(quantity="s2"),), when=("s3",)
    )
    document = Document(doc="a", text=text, published="2024-02", spans=spans, claims=(claim,))
    source = Source(doc="a", file="a.txt", sha256="0" * 64)
    record = article_record(with_quotes(document), source)
    (sent,) = record["claims"]
    row = dict(zip([name for name in COLUMNS if name != "paragraph"], sent["rows"][0], strict=True))
    assert (row["holders"], row["value"], row["upper"], row["comparator"]) == ("Ann Roe", 40, 60, "between")
    assert record["published"] == ["2024-02-01", "2024-02-29"]
    assert sent["when"] == [["2023-10-01", "2023-12-31", "since"]]
    number, start, end = sent["sentence"]
    paragraph = record["paragraphs"][number]
    assert number == sent["paragraph"]
    assert paragraph[start:end] == "Ann said 40–60 shells came in late 2023."
    assert [paragraph[slice(*mark)] for mark in sent["marks"]] == ["Ann", "40–60 shells", "late 2023"]
    bare = article_record(without_text(document), source)
    assert bare["paragraphs"] == ["", "Ann … 40–60 shells … late 2023"]
    astral = msgspec.structs.replace(claim, holders=(), cargo=(), when=("s4",))
    rocket = Span(id="s4", label="DATE", start=0, end=1, attributes={"edtf": "no date"})
    (sent,) = article_record(with_quotes(msgspec.structs.replace(document, spans=(rocket,), claims=(astral,))), source)[
        "claims"
    ]
    assert (sent["sentence"], sent["when"]) == ([0, 0, 7], [])  # the rocket is two units of UTF-16


def test_the_libraries_are_those_whose_licences_are_beside() -> None:
    told = dict(re.findall(r"^(\S+\.js): .* SHA-256 (\w{64})\.$", read(VENDOR / "LICENSES.txt"), re.MULTILINE))
    assert told == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")}


def test_served_pages_have_a_version_and_only_their_own_host_is_answered(pages: Path) -> None:
    def ask(path: str, host: str | None = None) -> str:
        request = urllib.request.Request(server.url + path, headers={} if host is None else {"Host": host})  # noqa: S310 -- loopback
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return str(answer.read().decode())

    with serving(pages, 0) as server:
        server.version = 7
        assert ask("version") == "7"
        assert '<script src="/reload.js"></script>' in ask("articles/003.html")
        assert ask("data/index.js").startswith("claimspans.begin(")
        assert json.loads(ask("data/claims-0.js").removeprefix("claimspans.add(").removesuffix(");\n"))
        for path, host in (("", "evil.example"), ("assets/", None), ("../pages/none.html", None), ("none.js", None)):
            with pytest.raises(urllib.error.HTTPError) as refused:
                ask(path, host)
            refused.value.close()
            assert refused.value.code == (403 if host else 404)
        with pytest.raises(ClaimspansError, match="name another with --port"), serving(pages, server.server_port):
            pass
    assert "reload.js" not in read(pages / "index.html")


CONES = {
    "red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
"""How linear RGB is seen without a kind of cone (Machado, Oliveira and Fernandes 2009, severity 1)."""
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def seen(colour: str, cones: list[list[float]]) -> NDArray[np.float64]:
    """A colour in CIELAB, as somebody sees it."""
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(np.clip(XYZ @ np.clip(np.array(cones) @ linear, 0, 1) / [0.9505, 1, 1.089], 0.009, None))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("lacking", [*CONES, None])
def test_labels_and_speakers_are_told_apart_by_colour_blind_readers(lacking: str | None) -> None:
    cones = CONES[lacking] if lacking else np.eye(3).tolist()
    css = read(VENDOR.parent / "site.css")
    light, dark = (re.findall(r"--(?:s\d|rest): (#\w{6})", line) for line in css.splitlines() if "--s0:" in line)
    assert len(light) == len(dark) == 7
    for colours, least in ((PALETTE[:5], 25), (light, 18), (dark, 15)):
        assert min(np.linalg.norm(seen(a, cones) - seen(b, cones)) for a, b in combinations(colours, 2)) >= least
