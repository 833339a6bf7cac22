"""The report as it is written: its figures and curves, that it loads nothing, and its command."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from claimspans import ClaimspansError, Document, Layer, Schema, Span, score, write_report
from claimspans.cli import cli
from claimspans.data.records import nested_record, to_line
from claimspans.report.html import System, find, render, sampled
from claimspans.report.tables import tables


def system(name: str, gold: list[Document], predictions: list[Document]) -> System:
    return System(name, {document.doc: document for document in predictions}, score(gold, predictions))


def worsened(gold: Layer, seed: int, *, scores: bool = False) -> list[Document]:
    """The gold with spans left out, shortened, relabelled, and cut in two, and an attribute changed."""
    rng = random.Random(seed)
    documents = []
    for document in gold:
        spans: list[Span] = []
        for span in document.spans:
            fate, middle = rng.random(), (span.start + span.end) // 2
            change: dict[str, Any] = {"score": round(rng.random(), 2)} if scores else {}
            if fate < 0.1:
                continue
            if fate < 0.2 and middle > span.start:
                change |= {"end": middle}
            elif fate < 0.3:
                change |= {"label": "DATE" if span.label == "ITEM" else "ITEM", "attributes": {}}
            elif fate < 0.4 and middle > span.start:
                spans.append(msgspec.structs.replace(span, start=middle, id=None, text=None, **change))
                change |= {"end": middle}
            elif fate < 0.5:
                change |= {"attributes": {}}
            spans.append(msgspec.structs.replace(span, text=None, **change))
        left = {span.id for span in spans}
        for at, span in enumerate(spans):
            speakers = span.attributes.get("speakers")
            if isinstance(speakers, tuple):
                known = tuple(speaker for speaker in speakers if speaker in left)
                spans[at] = msgspec.structs.replace(span, attributes={**span.attributes, "speakers": known})
        documents.append(Document(doc=document.doc, spans=tuple(spans)))
    return documents


def test_the_tables_say_what_the_score_says_and_mark_the_better_of_two(gold: Layer) -> None:
    good, bad = score(gold, gold), score(gold, worsened(gold, 1))
    shown = tables([bad, good])
    micro = next(row for row in shown["labels"][0].rows if row.name == "micro")
    counts = bad["strict"].micro
    assert [cell.text for cell in micro.lines[0][:4]] == [
        str(n) for n in (counts.POS, counts.ACT, counts.COR, counts.INC)
    ]
    assert [cell.best for cell in micro.lines[1][-3:]] == [True, True, True]
    assert not any(cell.best for cell in micro.lines[0])
    low, high = bad["strict"].interval["f1"]
    assert shown["summary"][0].rows[0].lines[0][2].note == f"{low:.3f}–{high:.3f}"
    assert not any(cell.best for row in tables([good, good])["labels"][0].rows for line in row.lines for cell in line)


def test_the_page_loads_nothing(gold: Layer) -> None:
    page = render(gold, [system("a", gold, worsened(gold, 1, scores=True))])
    assert not re.search(r"src\s*=|url\(|@import|href=\"[^#]", page)
    assert "default-src 'none'" in page


def test_a_curve_is_drawn_only_where_predictions_have_scores(gold: Layer) -> None:
    without = render(gold, [system("a", gold, worsened(gold, 1))])
    assert "<svg" not in without
    both = [system("a", gold, worsened(gold, 1)), system("b", gold, worsened(gold, 2, scores=True))]
    assert render(gold, both).count("<svg") == 1


def test_a_gold_without_texts_is_shown_by_what_its_records_say() -> None:
    gold = [Document(doc="1", spans=(Span(label="ITEM", start=10, end=19, text="munitions"),))]
    page = render(gold, [system("a", gold, [])])
    assert "“munitions”" in page
    assert 'class="text"' not in page


def test_references_are_shown_as_the_words_that_they_name(gold: Layer) -> None:
    document = next(one for one in gold if any(span.label == "STANCE" for span in one.spans))
    stance = next(span for span in document.spans if span.label == "STANCE")
    speakers = stance.attributes["speakers"]
    assert isinstance(speakers, tuple)
    speaker = next(span for span in document.spans if span.id == speakers[0])
    wrong = msgspec.structs.replace(stance, attributes={**stance.attributes, "speakers": ()})
    page = render([document], [system("a", [document], [Document(doc=document.doc, spans=(wrong,))])])
    assert (
        f'speakers <b class="quoted">–</b> <span class="old">instead of <span class="quoted">{speaker.text} (' in page
    )


def test_a_gold_of_ones_own_needs_no_schema(tmp_path: Path) -> None:
    gold, path, out = tmp_path / "gold.jsonl", tmp_path / "p.jsonl", tmp_path / "out.html"
    gold.write_text('{"doc": "x", "text": "Ann met Bob.", "spans": [{"label": "PER", "start": 0, "end": 3}]}\n')
    path.write_text('{"doc": "x", "label": "ORG", "start": 0, "end": 3}\n')
    run = CliRunner().invoke(cli, ["report", str(path), "--gold", str(gold), "--out", str(out)])
    assert run.exit_code == 0, run.output
    page = out.read_text(encoding="utf-8")
    assert "Ann</span> met Bob." in page
    assert "gold PER, predicted ORG" in page
    assert 'id="attributes"' not in page
    assert 'id="claims"' not in page
    run = CliRunner().invoke(cli, ["report", str(path), "--schema", str(gold)])
    assert run.exit_code == 2
    assert "name it with --gold" in run.output


def test_the_command_writes_a_file_or_prints_json(gold: Layer, tmp_path: Path) -> None:
    path, out = tmp_path / "p.jsonl", tmp_path / "out.html"
    path.write_text("".join(to_line(nested_record(document)) for document in worsened(gold, 1)), encoding="utf-8")
    run = CliRunner().invoke(cli, ["report", str(path), str(path), "--out", str(out)])
    assert run.exit_code == 0, run.output
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    run = CliRunner().invoke(cli, ["report", str(path), "--json"])
    records = [json.loads(line) for line in run.stdout.splitlines()]
    spans = [record for record in records if record["kind"] != "attribute"]
    assert sum(len(record["gold"]) for record in spans) == sum(len(document.spans) for document in gold)
    texts = {document.doc: document.text or "" for document in gold}
    assert all(record["text"] == texts[record["doc"]][record["start"] : record["end"]] for record in records)
    assert any(record["differences"] for record in records)


def test_of_many_errors_the_page_has_a_sample_and_a_file_beside_it_all(
    gold: Layer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = worsened(gold, 1)
    monkeypatch.setattr("claimspans.report.html.MOST", 40)
    monkeypatch.setattr("claimspans.report.write.MOST", 40)
    page, beside = write_report(tmp_path / "report.html", gold, bad)
    assert beside == tmp_path / "report.errors.jsonl"
    result = score(gold, bad)
    kinds = Counter(json.loads(line)["kind"] for line in beside.read_text(encoding="utf-8").splitlines())
    assert kinds == Counter(error.kind for error in result.errors())
    text = page.read_text(encoding="utf-8")
    assert re.search(r"<strong>40 of \d+ places are listed</strong>.* report\.errors\.jsonl, beside", text)
    assert text.count('<li class="place"') == 40
    assert all(f'class="kind {kind}"' in text for kind in kinds)


def test_a_sample_has_all_of_what_is_rare_and_is_spread_over_the_rest(gold: Layer) -> None:
    places = find(gold, [system("a", gold, worsened(gold, 3))]).places
    kept = sampled(places, 200)
    assert len(kept) == 200 < len(places)
    assert [place for place in places if place in kept] == kept
    kinds = [next((one.kind for one in place.sides[0] if one.wrong), "correct") for place in places]
    share = 200 // len(set(kinds))
    rare = [place for place, kind in zip(places, kinds, strict=True) if kinds.count(kind) <= share]
    assert 0 < len(rare) < 200
    assert all(place in kept for place in rare)
    assert {place.doc for place in kept} == {document.doc for document in gold}
    assert sampled(places, len(places)) == places


def test_a_report_from_python(gold: Layer, tmp_path: Path, schema: Schema) -> None:
    bad = worsened(gold, 1)
    (path,) = write_report(tmp_path / "r.html", list(gold), {"old": bad, "new": gold}, schema=schema)
    assert "new" in path.read_text(encoding="utf-8")
    with pytest.raises(ClaimspansError, match="one system or two; got 3"):
        write_report(tmp_path / "x.html", gold, {"a": bad, "b": bad, "c": bad})
    assert not (tmp_path / "x.html").exists()


def test_a_report_of_spans_alone_has_no_errors_of_attributes(gold: Layer) -> None:
    bare = [
        Document(doc=one.doc, spans=tuple(msgspec.structs.replace(span, attributes={}) for span in one.spans))
        for one in gold
    ]
    systems = [system("a", gold, bare)]
    assert find(gold, systems).kinds["attribute"] == [0]
    page = render(gold, systems)
    assert 'id="attributes"' not in page
    assert 'id="claims"' not in page
    assert "The system states no attributes and no claims: none are shown." in page
    some = [*bare[:4], gold[4]]  # of one article all are stated: those of the others are wrong
    assert find(gold, [system("a", gold, some)]).kinds["attribute"][0] > 100
