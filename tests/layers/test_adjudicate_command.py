"""Two layers made one at the command line: the dialogue, its files, and what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from claimspans import Corpus, Document, Layer, Span
from claimspans.cli import cli
from claimspans.data.checks.levels import check
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import document_records, to_line
from claimspans.layers.adjudication import put_beside
from claimspans.layers.adjudication.decisions import DecisionFile, read_decisions
from claimspans.layers.adjudication.origins import Origin, by_day, origins
from claimspans.layers.adjudication.outcome import Outcome, write_outcome
from claimspans.layers.provenance import Entry, Sidecar

from ..helpers.command import claimspans
from ..helpers.places import ROOT
from ..helpers.two_annotators import ANN, BOB, TEXT
from .test_adjudicate import SCHEMA


def dialogue(folder: Path, typed: str, *more: str) -> Result:
    run = CliRunner().invoke(
        cli, ["adjudicate", "pass-a", "pass-b", "--out", str(folder / "out"), "--by", "Eve", *more], input=typed
    )
    assert run.exception is None or isinstance(run.exception, SystemExit | ClaimspansError), run.output
    return run


@pytest.mark.slow
def test_a_dialogue_is_stopped_and_goes_on(tmp_path: Path) -> None:
    """The two passes differ in three places, of which annotations/adjudication.md has the decisions."""
    first = dialogue(tmp_path, "nonsense\na\nas with “believes”\nquit\n")
    assert first.exit_code == 1
    assert "⟦added⟧" in first.output
    assert "neither" not in first.output  # of what must have a value
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["000.jsonl", "001.jsonl", "004.jsonl"]
    assert "2 or more questions are open in 002, 003" in first.output
    assert len(read_decisions(tmp_path / "out.decisions.jsonl")) == 1

    # A decision is taken back also from the next article on, and a value of one's own may be thought better of.
    second = dialogue(tmp_path, "b\n\nundo\nown\n\no\nRU\n  §6: the article  as a whole\nskip\n")
    assert second.exit_code == 1
    assert "taken back: 002 claim use “confirmed”, null" in second.output
    assert "1 or more questions are open in 003" in second.output
    kept = read_decisions(tmp_path / "out.decisions.jsonl")
    assert [(each.doc, each.how, each.value, each.why, each.who) for each in kept] == [
        ("001", "layer", None, "as with “believes”", "Eve"),
        ("002", "own", "RU", "§6: the article as a whole", "Eve"),
    ]
    third = dialogue(tmp_path, "own\nTuesday\n\na\n§4: the day on which he said it\n")
    assert (third.exit_code, third.exception) == (0, None), third.output
    assert "Tuesday" in third.output
    assert "5 of 5 articles" in third.output
    assert [str(problem) for problem in check(tmp_path / "out")] == []
    assert dialogue(tmp_path, "").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", *OUT]


def test_every_answer_can_be_given_where_all_are_offered(tmp_path: Path) -> None:
    """One calls a speaker an item: b is not the beginning of both there, and a name is shown with what it means."""
    (tmp_path / "bob").mkdir()
    corpus = Corpus()
    for document in corpus.load("pass-a"):
        at = next((at for at, span in enumerate(document.spans) if span.label == "SPEAKER"), 0)
        item = msgspec.structs.replace(document.spans[at], label="ITEM", attributes={"category": "ML", "origin": None})
        changed = msgspec.structs.replace(document, spans=(*document.spans[:at], item, *document.spans[at + 1 :]))
        records = document_records(changed, corpus.sources[document.doc].sha256)
        (tmp_path / "bob" / f"{document.doc}.jsonl").write_text("".join(map(to_line, records)), encoding="utf-8")
    folder = tmp_path / "out"
    typed = "b\n\nbo\n\nn\n\no\nITEM: 0-4\n\na\n\nq\n"
    run = CliRunner().invoke(cli, ["adjudicate", "pass-a", str(tmp_path / "bob"), "--out", str(folder)], input=typed)
    assert run.exit_code == 1, run.output
    made = read_decisions(tmp_path / "out.decisions.jsonl")
    assert [(each.how, each.layer) for each in made[:4]] == [
        ("layer", "bob"), ("both", None), ("neither", None), ("own", None)
    ]  # fmt: skip


OUT = ["out.decisions.jsonl", "out.md", "out.provenance.jsonl"]


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the two passes are adjudicated as the project's own record of it says."""
    folder = tmp_path_factory.mktemp("adjudicated")
    run = dialogue(folder, "a\n§5\na\n§6\na\n§4\n")
    assert run.exit_code == 0, run.output
    return folder


def test_the_outcome_of_the_passes_is_what_the_project_decided(decided: Path) -> None:
    """pass-a was right three times, so that the outcome is pass-a."""
    for path in sorted((ROOT / "annotations" / "pass-a").glob("*.jsonl")):
        assert (decided / "out" / path.name).read_bytes() == path.read_bytes()
    table = (decided / "out.md").read_text(encoding="utf-8").splitlines()
    assert table[0] == "| article | place | pass-a | pass-b | decision | why |"
    assert table[2].startswith("| 001 | s53 STANCE “added”, `stance` (")
    assert table[2].endswith(" | assertion | concern | assertion | §5 |")
    records = [json.loads(line) for line in (decided / "out.provenance.jsonl").read_text("utf-8").splitlines()]
    made = [record for record in records if record.get("how") == "decided"]
    assert [(one["doc"], one["id"], one["in"]) for one in made] == [
        ("001", "s53", {"pass-a": "s53", "pass-b": "s53"}),
        ("002", "c11", {"pass-a": "c11", "pass-b": "c11"}),
        ("003", "s26", {"pass-a": "s26", "pass-b": "s26"}),
    ]
    assert made[0]["decisions"][0] | {"key": "", "when": ""} == {
        "key": "", "field": "stance", "took": "pass-a", "who": "Eve", "why": "§5", "when": ""
    }  # fmt: skip
    of = [record for record in records if record["type"] not in ("layer", "article", "table")]
    assert len(of) == sum(len(path.read_text("utf-8").splitlines()) - 1 for path in (decided / "out").iterdir())


@pytest.mark.slow
def test_decisions_are_replayed_to_the_same_bytes_whichever_layer_is_named_first(decided: Path, tmp_path: Path) -> None:
    given = ["--decisions", str(decided / "out.decisions.jsonl"), "--out", str(tmp_path / "out")]
    run = claimspans("adjudicate", "pass-a", "pass-b", *given, "--json")
    assert run.returncode == 0, run.stderr
    shown = json.loads(run.stdout)
    assert (shown["agreed"], shown["decided"], shown["left_out"], shown["open"]) == (363, 3, 0, [])
    for path in [*(decided / "out").iterdir(), decided / "out.md", decided / "out.provenance.jsonl"]:
        assert (tmp_path / path.relative_to(decided)).read_bytes() == path.read_bytes()
    assert not (tmp_path / "out.decisions.jsonl").exists()
    swapped = CliRunner().invoke(cli, ["adjudicate", "pass-b", "pass-a", *given[:2], "--out", str(tmp_path / "b")])
    assert swapped.exit_code == 0, swapped.output


@pytest.mark.parametrize("name", ["out/003.jsonl", "out.md"])
def test_files_that_somebody_edited_are_left_alone(decided: Path, tmp_path: Path, name: str) -> None:
    """They are told before they are asked."""
    for path in decided.iterdir():
        (shutil.copytree if path.is_dir() else shutil.copy)(path, tmp_path / path.name)
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b"\n")
    (tmp_path / "out.decisions.jsonl").unlink()
    before = {path: path.read_bytes() for path in tmp_path.glob("**/*.*")}
    run = dialogue(tmp_path, "")
    assert f"{name}: was edited" in str(run.exception)
    assert "quit" not in run.output
    assert {path: path.read_bytes() for path in tmp_path.glob("**/*.*")} == before


def test_articles_that_are_taken_one_by_one_stay_known(tmp_path: Path, gold: Layer) -> None:
    def outcome(number: int, document: Document) -> Outcome:
        return Outcome(document=document, sha256=str(number), origins={"a": Origin(kind="human")})

    write_outcome(tmp_path / "out", [outcome(0, gold[0])])
    write_outcome(tmp_path / "out", [outcome(1, gold[1])])
    assert list(origins(tmp_path / "out")) == ["000", "001"]
    (again,) = write_outcome(tmp_path / "out", [outcome(0, gold[1])])
    assert again.name == "001.jsonl"
    (tmp_path / "out" / "000.jsonl").write_text("{}\n")
    with pytest.raises(ClaimspansError, match=r"000\.jsonl: was edited"):
        write_outcome(tmp_path / "out", [outcome(2, gold[0]), outcome(2, gold[1])])


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("pass-a", "pass-c"), "pass-c: no such annotation layer"),
        (("pass-a", "pass-b", "--decisions", "nowhere.jsonl"), "nowhere.jsonl: No such file"),
        (
            ("pass-a", "pass-b", "--decisions", str(ROOT / "annotations" / "gold" / "000.jsonl")),
            "expected a decision a line",
        ),
        (("pass-a", "pass-b", "--labelstudio", "--taken", "gold"), "give one of the two"),
        (("pass-a", "pass-b", "--decisions", "d.jsonl", "--taken", "gold"), "give one of the two"),
        (("pass-a", "pass-b", "--out", str(ROOT / "annotations" / "pass-b")), "is one of the layers"),
    ],
)
def test_wrong_calls(args: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    out = () if "--out" in args else ("--out", str(tmp_path / "out"))
    run = CliRunner().invoke(cli, ["adjudicate", *args, *out])
    assert isinstance(run.exception, ClaimspansError | SystemExit)
    assert said in f"{run.output} {run.exception}"
    assert list(tmp_path.iterdir()) == []


def test_layers_of_another_schema_are_read_with_it(tmp_path: Path) -> None:
    """One whose DATE has another name cannot read the passes."""
    text = json.dumps(SCHEMA.root).replace("2023-09", "2023-10")
    root = json.loads(text)
    root["$defs"]["DATE"]["properties"]["era"] = {"description": "Which.", "type": "string"}
    root["$defs"]["span"]["allOf"][3]["then"]["required"].append("era")
    for part in ("annotations", "seeds"):
        shutil.copytree(ROOT / part, tmp_path / part)
    (tmp_path / "schema.json").write_text(json.dumps(root), encoding="utf-8")
    run = claimspans("adjudicate", "pass-a", "pass-b", "--corpus", tmp_path, "--out", tmp_path / "out")
    assert run.returncode == 2
    assert "field-missing" in run.stderr
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_adjudicated(tmp_path: Path) -> None:
    nameless = Document(doc="7", text=TEXT, spans=(Span(label="ITEM", start=0, end=2),))
    with DecisionFile(tmp_path / "out.decisions.jsonl"), pytest.raises(ClaimspansError, match="just now"):
        DecisionFile(tmp_path / "out.decisions.jsonl")
    with pytest.raises(ClaimspansError, match="has no id"):
        put_beside(Layer([nameless], "a"), Layer([ANN], "b"))
    with pytest.raises(ClaimspansError, match="two layers are called a"):
        put_beside(Layer([ANN], "a"), Layer([BOB], "a"))


@pytest.fixture
def pulled(tmp_path: Path) -> Path:
    """Layers as a pull leaves them: ann began from suggestions in all articles but one, bob from the bare text."""
    side = Sidecar(tmp_path, "trial")
    for number, doc in enumerate(Corpus().sources):
        for who, layer, parent in (("ann@x", "pass-a", number or None), ("bob@x", "pass-b", None)):
            (tmp_path / who).mkdir(exist_ok=True)
            shutil.copy(ROOT / "annotations" / layer / f"{doc}.jsonl", tmp_path / who)
            side.entries[who, doc] = Entry(
                doc=doc,
                annotator=who,
                task=number,
                annotation=number,
                updated_at=f"2026-01-0{number + 1}T10:00:00Z",
                parent_prediction=parent,
                suggestions="rules" if parent else None,
            )
    side.save()
    return tmp_path


def test_what_began_from_suggestions_is_said_and_stays_known(pulled: Path) -> None:
    ann, bob = str(pulled / "ann@x"), str(pulled / "bob@x")
    run = CliRunner().invoke(cli, ["adjudicate", ann, bob, "--out", str(pulled / "out")], input="a\n\n" * 3)
    assert run.exit_code == 0, run.output
    assert "ann@x: model-assisted (from rules) in 4 of 5; human in 1 of 5" in run.output
    assert "bob@x: human\n" in run.output
    assert "Warning: model-assisted work beside" in run.output
    kinds = [origin.kind for origin in origins(pulled / "out").values()]
    assert kinds == ["human", *["model-assisted"] * 4]
    agreed = CliRunner().invoke(cli, ["agree", ann, str(pulled / "out")])
    assert "out: model-assisted (from rules) in 4 of 5; human in 1 of 5" in agreed.output
    listed = CliRunner().invoke(cli, ["agree", ann, bob, "--differences"])
    assert "Warning: model-assisted work beside" in listed.stderr
    shown = json.loads(CliRunner().invoke(cli, ["agree", ann, bob, "--json"]).output)["origins"]
    assert shown["ann@x"]["004"]["kind"] == "model-assisted"


def test_layers_of_which_one_is_behind_are_compared_on_what_both_have(pulled: Path) -> None:
    (pulled / "bob@x" / "004.jsonl").unlink()
    both = [str(pulled / "ann@x"), str(pulled / "bob@x")]
    run = CliRunner().invoke(cli, ["agree", *both])
    assert "004: bob@x lacks this article" in str(run.exception)
    run = CliRunner().invoke(cli, ["agree", *both, "--common", "--json"])
    assert run.stderr == "left out, for not every layer has them: 004\n"
    assert "docs 4" in json.loads(run.stdout)["signature"]
    run = CliRunner().invoke(cli, ["agree", *both, "--common"])
    assert "ann@x: model-assisted (from rules) in 3 of 4; human in 1 of 4" in run.stdout
    adjudicated = ["adjudicate", *both, "--common", "--out", str(pulled / "out")]
    run = CliRunner().invoke(cli, adjudicated, input="a\n\n" * 3)
    assert run.exit_code == 0, run.output
    assert sorted(path.name for path in (pulled / "out").iterdir()) == [f"00{doc}.jsonl" for doc in range(4)]
    shutil.rmtree(pulled / "bob@x")
    shutil.copytree(pulled / "out", pulled / "bob@x")
    for path in (pulled / "ann@x").glob("00[0-3].jsonl"):
        path.unlink()
    run = CliRunner().invoke(cli, ["agree", *both, "--common"])
    assert "no article is in all of" in str(run.exception)


def test_agreement_by_the_day_on_which_an_article_was_finished(pulled: Path) -> None:
    """A day, the articles of that day: pass-a and pass-b agree on the spans of all."""
    corpus = Corpus()
    layers = {who: origins(corpus.layer_path(str(pulled / who))) for who in ("ann@x", "bob@x")}
    assert by_day(layers) == {f"2026-01-0{number + 1}": [doc] for number, doc in enumerate(corpus.sources)}
    later = {"000": Origin(updated_at="2026-02-01T00:00:00Z")}
    assert by_day({"a": {"000": layers["ann@x"]["000"]}, "b": later}) == {"2026-02-01": ["000"]}
    with pytest.raises(ClaimspansError, match="pull"):
        by_day({"a": layers["ann@x"], "b": {}})
    run = CliRunner().invoke(cli, ["agree", str(pulled / "ann@x"), str(pulled / "bob@x"), "--by-day"])
    assert "2026-01-05         1     1.000       1.000      1.000" in run.output
    run = CliRunner().invoke(cli, ["agree", str(pulled / "ann@x"), str(pulled / "bob@x"), "--by-day", "--json"])
    days = json.loads(run.output)["days"]
    assert [(day["articles"], day["spans"]["all"]["exact_f1"]) for day in days.values()] == [(1, 1.0)] * 5
