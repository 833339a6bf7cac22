"""Which corpus is meant, and what comes into one and leaves it."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

import claimspans
from claimspans import ClaimspansError, Corpus, InputError, check
from claimspans.data.articles import Given, id_problem
from claimspans.data.corpus_folder import VARIABLE, corpus_at_hand, named_corpus, shipped_corpus
from claimspans.data.holdings import add, remove
from claimspans.data.new_corpus import new_corpus
from claimspans.data.predictions import read_gold

from ..helpers.grain import TEXTS, annotate, grain
from ..helpers.places import ROOT, Write


def test_the_nearest_folder_above_is_the_corpus_and_never_takes_in_those_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    outer = grain(tmp_path / "outer")
    inner = tmp_path / "outer" / "work" / "inner"
    new_corpus(inner, "spans")
    (inner / "seeds" / "deep").mkdir()
    for place, expected in (
        (inner / "seeds" / "deep", inner),
        (inner.parent, outer.root),
        (tmp_path, shipped_corpus()),
    ):
        monkeypatch.chdir(place)
        assert corpus_at_hand() == expected
        assert Corpus().root == expected
    assert list(Corpus(inner).sources) == []
    assert list(outer.sources) == list(TEXTS)
    monkeypatch.setenv(VARIABLE, str(inner))
    assert corpus_at_hand() == inner
    monkeypatch.setenv(VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(ClaimspansError, match="gone: no such folder; expected a corpus"):
        Corpus()


def test_a_bare_name_is_a_corpus_of_the_project_unless_a_folder_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_corpus(tmp_path / "shipped" / "corpora" / "wire", "spans")
    new_corpus(tmp_path / "here" / "wire", "spans")
    monkeypatch.setattr("claimspans.data.corpus_folder.shipped_corpus", lambda: tmp_path / "shipped")
    monkeypatch.chdir(tmp_path)
    assert named_corpus("wire") == tmp_path / "shipped" / "corpora" / "wire"
    monkeypatch.chdir(tmp_path / "here")
    assert named_corpus("wire") == Path("wire")
    with pytest.raises(ClaimspansError, match="wires: no such folder; expected a corpus, or one of wire"):
        named_corpus("wires")


def test_what_is_no_corpus_is_said_with_what_it_lacks(tmp_path: Path) -> None:
    grain(tmp_path / "grain")
    (tmp_path / "file").touch()
    for name, said in (
        (tmp_path, r"no corpus: it has no schema\.json and no seeds/; claimspans new"),
        (tmp_path / "grain" / "seeds", r"it lies in the corpus .*grain; claimspans new"),
        (tmp_path / "file", "is a file; expected the folder of a corpus"),
        ("", "empty name"),
    ):
        with pytest.raises(ClaimspansError, match=said):
            Corpus(name)


@pytest.mark.parametrize("schema", ["claims", "spans", ROOT / "schema.json"])
def test_a_new_corpus_passes_check_at_once(schema: str | Path, tmp_path: Path) -> None:
    made = new_corpus(tmp_path / "mine", str(schema))
    corpus = Corpus(tmp_path / "mine")
    assert corpus.schema.labels == made.labels
    (corpus.root / "annotations" / "gold").mkdir()
    assert check("gold", corpus) == []
    handbook = (corpus.root / "annotations" / "GUIDELINES.md").read_text(encoding="utf-8")
    assert all(made.markdown(label) in handbook for label in made.labels)
    assert ("Claims" in handbook) == made.has_claims
    assert schema not in ("claims", "spans") or b"Korea" not in (corpus.root / "schema.json").read_bytes()
    with pytest.raises(ClaimspansError, match="is a corpus already"):
        new_corpus(tmp_path / "mine")


def test_nothing_is_made_where_something_is_or_the_schema_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    (tmp_path / "bad.json").write_text("{}", encoding="utf-8")
    for folder, schema, said in (
        ("full", "spans", "the folder is not empty"),
        ("new", str(tmp_path / "bad.json"), "x-version: is not there"),
        ("new", "sentences", "sentences: no such schema; expected claims, spans, or a file"),
    ):
        with pytest.raises(ClaimspansError, match=said):
            new_corpus(tmp_path / folder, schema)
    assert not (tmp_path / "new").exists()


def test_files_of_every_kind_are_added_with_what_is_said_of_them(tmp_path: Path) -> None:
    new_corpus(tmp_path / "mine", "spans")
    corpus = Corpus(tmp_path / "mine")
    files = tmp_path / "files"
    files.mkdir()
    (files / "plain.txt").write_bytes(b"\xef\xbb\xbfWheat.\r\nMaize.\r\n")
    (files / "notes.md").write_text("# Soy\n", encoding="utf-8")
    (files / "table.csv").write_text('doc,text,published\nrow,"Rye, ""oats"".",2024-03\n', encoding="utf-8")
    lines = [{"id": 7, "text": "Rice.", "title": "Rice", "spans": [{"label": "X"}], "license": "CC0-1.0"}]
    (files / "lines.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    result = add(corpus, [files], Given(publisher="Us"))
    assert sorted(result.added) == ["7", "notes", "plain", "row"]
    assert [note.partition(": ")[2] for note in result.notes] == [
        "left out, for an article has no such field: spans (1 row)",
        "byte order mark left out",
        "line ends made \\n",
    ]
    assert corpus.texts == {"7": "Rice.", "notes": "# Soy\n", "plain": "Wheat.\nMaize.\n", "row": 'Rye, "oats".'}
    assert corpus.sources["row"].published == "2024-03"
    assert corpus.sources["7"].license == "CC0-1.0"
    assert {source.publisher for source in corpus.sources.values()} == {"Us"}
    again = add(corpus, [files], Given(publisher="Us"))
    assert (again.added, sorted(again.unchanged)) == ([], ["7", "notes", "plain", "row"])


def test_the_main_text_of_a_page_is_added_and_what_the_page_says_is_named(tmp_path: Path) -> None:
    new_corpus(tmp_path / "mine", "spans")
    corpus = Corpus(tmp_path / "mine")
    body = "<p>Egypt bought 60,000 tonnes of wheat from Romania, the state buyer said in Cairo this week.</p>" * 5
    page = tmp_path / "page.html"
    page.write_text(
        "<html lang='en'><head><title>Egypt buys wheat</title>"
        "<meta property='article:published_time' content='2024-03-06T10:00:00Z'></head>"
        "<body><nav><a href='/'>Home</a><a href='/x'>Donate</a></nav>"
        f"<article><h1>Egypt buys wheat</h1>{body}</article>"
        "<footer>Cookies</footer></body></html>",
        encoding="utf-8",
    )
    result = add(corpus, [page], Given(title="Wheat"))
    assert result.added == ["page"]
    assert "60,000 tonnes" in corpus.texts["page"]
    assert "Donate" not in corpus.texts["page"]
    source = corpus.sources["page"]
    assert (source.title, source.published) == ("Wheat", "2024-03-06")
    assert source.published_from == "the page's metadata, as trafilatura reads them"
    assert any("published “2024-03-06” read from the page" in note for note in result.notes)
    (tmp_path / "empty.html").write_text("<html></html>", encoding="utf-8")
    with pytest.raises(InputError, match="no main text found"):
        add(corpus, [tmp_path / "empty.html"], Given())


@pytest.mark.parametrize(
    ("name", "raw", "given", "said"),
    [
        ("latin.txt", b"caf\xe9", Given(), "file-encoding.*byte 0xe9 at 3.*--encoding latin-1"),
        ("x.txt", b"Wheat.", Given(doc="../x"), "is no id of an article"),
        ("x.txt", b"Wheat.", Given(doc="a/b"), "is no id of an article"),
        ("x.txt", b"Wheat.", Given(doc="con"), "is a name that is kept for something else"),
        ("x.decisions.txt", b"Wheat.", Given(), "is a name that is kept for something else"),
        ("x.csv", b"doc,text\na,Wheat, rye\n", Given(), r"x\.csv:1: json-broken.*more cells than the first line names"),
        ("x.txt", b"Wheat.", Given(published="yesterday"), "published is 'yesterday'; expected YYYY"),
        ("x.txt", b"Wheat.", Given(published="2024-02-30"), "published is '2024-02-30'"),
        ("x.txt", b"Wheat.", Given(license="CC BY"), "license is 'CC BY'; expected an SPDX id such as CC-BY-4.0"),
        ("x.txt", b"Wheat.", Given(doc="x" * 201), "has 201 characters, of which an id has 200 at most"),
        ("x.txt", b" \n", Given(), "file-empty.*holds no text"),
        ("x.txt", TEXTS["cairo"][1].encode(), Given(), "text-repeated.*it is there as cairo"),
        ("cairo.txt", b"Wheat.", Given(), "article cairo is there with another text; --update"),
        ("Cairo.txt", b"Wheat.", Given(), "Cairo and cairo differ in case alone"),
        ("x.pdf", b"%PDF", Given(), r"x\.pdf: is no \.txt"),
        ("x.jsonl", b'{"text": "Wheat."}\n', Given(), r"x\.jsonl:1: source-value: .*its id in the field doc"),
        ("x.jsonl", b'{"doc": "y"}\n', Given(), r"x\.jsonl:1: source-value: .*its text in the field text"),
        ("x.jsonl", b'{"doc": "y", "text": "a"}\n{\n', Given(), r"x\.jsonl:2: json-broken"),
    ],
)
def test_what_cannot_be_added_is_said_and_nothing_is(
    name: str, raw: bytes, given: Given, said: str, tmp_path: Path
) -> None:
    corpus = grain(tmp_path / "grain")
    before = {path: path.read_bytes() for path in (corpus.root / "seeds").iterdir()}
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / name).write_bytes(raw)
    (tmp_path / "good.txt").write_text("Sorghum.", encoding="utf-8")
    good = [] if given.doc else [tmp_path / "good.txt"]
    with pytest.raises(ClaimspansError, match=said):
        add(corpus, [*good, tmp_path / "files" / name], given)
    assert {path: path.read_bytes() for path in (corpus.root / "seeds").iterdir()} == before


def test_another_encoding_is_read_when_it_is_named(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    (tmp_path / "x.txt").write_bytes(b"caf\xe9")
    result = add(corpus, [tmp_path / "x.txt"], Given(encoding="latin-1"))
    assert corpus.texts["x"] == "café"
    assert "read as latin-1, kept as UTF-8" in result.notes[0]
    with pytest.raises(ClaimspansError, match="--encoding klingon"):
        add(corpus, [tmp_path / "x.txt"], Given(encoding="klingon"))


def test_a_folder_in_a_folder_and_two_texts_of_one_id_are_named(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    files = tmp_path / "files"
    (files / "more").mkdir(parents=True)
    (files / "x.txt").write_text("Wheat.", encoding="utf-8")
    (files / "x.md").write_text("Rye.", encoding="utf-8")
    with pytest.raises(InputError, match="more: file-directory") as raised:
        add(corpus, [files], Given())
    assert [problem.id for problem in raised.value.problems] == ["id-duplicate", "file-directory"]
    assert "another text that is to be added is x too" in str(raised.value)


def test_what_is_said_of_an_article_that_is_there_is_taken_over_where_somebody_asks_for_it(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    path = corpus.root / "seeds" / "manila.txt"
    said = Given(published="2024-06", title="Rice for Manila")
    kept = add(corpus, [path], said)
    assert kept.notes == ["manila: is there already; published, title not taken over, which --update does"]
    assert corpus.sources["manila"].published is None
    changed = add(corpus, [path], said, update=lambda _: None)
    assert (changed.described, changed.edited) == (["manila"], [])
    source = Corpus(corpus.root).sources["manila"]
    assert (source.published, source.title) == ("2024-06", "Rice for Manila")
    assert list(corpus.sources) == list(TEXTS)


def test_one_id_is_of_one_article(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(name, encoding="utf-8")
    with pytest.raises(ClaimspansError, match="x"):
        add(corpus, [tmp_path / "a.txt", tmp_path / "b.txt"], Given(doc="x"))
    assert "x" not in corpus.sources


def test_ids_that_can_be() -> None:
    assert [doc for doc in ("003", "a.b-c_D", "concern", "auxiliary") if id_problem(doc)] == []


def test_annotations_are_not_removed_unless_somebody_says_so(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    folder = annotate(corpus, "gold", ("cairo",))
    with pytest.raises(ClaimspansError, match="cairo: 1 article has annotations, which would be lost"):
        remove(corpus, ["odesa", "cairo"])
    assert list(corpus.sources) == list(TEXTS)
    assert [path.name for path in remove(corpus, ["odesa"])] == ["odesa.txt"]
    assert [path.name for path in remove(corpus, ["cairo"], with_annotations=True)] == ["cairo.txt", "cairo.jsonl"]
    assert list(corpus.sources) == list(Corpus(corpus.root).sources) == ["manila"]
    assert list(folder.iterdir()) == []
    with pytest.raises(ClaimspansError, match="cairo: no such article"):
        remove(corpus, ["cairo"])


def test_an_unfinished_layer_has_what_is_annotated_and_names_the_rest(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    annotate(corpus, "gold", ("odesa",))
    layer = corpus.load()
    assert [document.doc for document in layer] == ["odesa"]
    assert [document.doc for document in layer.unannotated] == ["cairo", "manila"]
    assert layer.progress == "gold: 1 of 3 articles annotated"
    assert check("gold", corpus) == []
    assert claimspans.load(corpus=corpus.root)[0].published == "2024-04-11"


def test_a_layer_of_another_corpus_is_named_as_such(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    with pytest.raises(ClaimspansError, match=r"annotations of other articles \(000, 001, 002…\): grain has cairo…"):
        corpus.load(str(ROOT / "annotations" / "gold"))


def test_the_date_of_an_article_of_ones_own_is_kept_and_one_that_is_none_refused(write: Write) -> None:
    path = write({"doc": "a", "text": "Wheat.", "published": "2024-03"}, {"doc": "b", "text": "Rye."})
    assert [document.published for document in read_gold(path, None)] == ["2024-03", None]
    with pytest.raises(InputError, match="published is 'March'; expected YYYY"):
        read_gold(write({"doc": "a", "text": "Wheat.", "published": "March"}), None)


def test_what_is_not_known_of_a_source_is_left_out(tmp_path: Path) -> None:
    corpus = grain(tmp_path / "grain")
    lines = corpus.sources_path.read_text(encoding="utf-8").splitlines()
    assert set(json.loads(lines[2])) == {"doc", "file", "sha256"}
    assert msgspec.structs.asdict(corpus.sources["manila"])["published"] is None
