"""Token classifiers and GLiNER models, small ones made here: texts longer than a model's limit are read whole."""

from __future__ import annotations

import json
import pickle
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from claimspans import Corpus
from claimspans.data.problems import ClaimspansError
from claimspans.data.records import Document
from claimspans.data.schema import Schema
from claimspans.extractors import get
from claimspans.extractors.adapters.gliner import Options as GlinerOptions
from claimspans.extractors.adapters.gliner import load as load_gliner
from claimspans.extractors.adapters.huggingface import Options, load, tags
from claimspans.extractors.contract import Article
from claimspans.extractors.registry import Setting, parse
from claimspans.extractors.registry import load as load_extractor
from claimspans.extractors.run import run
from claimspans.scoring.score import score

from ..helpers import models
from ..helpers.command import claimspans, program
from ..helpers.documented import play, sections
from ..helpers.places import ROOT
from ..helpers.zoo import Payload

pytestmark = [pytest.mark.slow, pytest.mark.models]

LABELS = ("weapon or ammunition", "speaker")
ASKED = Setting(asked=LABELS)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return dict(Corpus().texts)


@pytest.fixture(scope="module")
def ner(tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]) -> Path:
    return models.token_classifier(tmp_path_factory.mktemp("hf") / "ner", texts.values())


@pytest.fixture(scope="module")
def gliner(tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]) -> Path:
    return models.gliner(tmp_path_factory.mktemp("gliner") / "random", texts.values())


def spans_of(answer: Any) -> set[tuple[int, int]]:
    return {(span["start"], span["end"]) for span in answer["spans"]}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["O", "B-X", "I-X"], ["O", "B-X", "I-X"]),
        (["O", "B-X", "I-X", "E-X", "S-X"], ["O", "B-X", "I-X", "I-X", "B-X"]),
        (["O", "B-X", "I-X", "L-X", "U-X"], ["O", "B-X", "I-X", "I-X", "B-X"]),
        (["O", "PERSON", "non-lethal"], ["O", "I-PERSON", "I-non-lethal"]),
        (["PERSON", "DATE"], ["I-PERSON", "I-DATE"]),
        (["O"], ["O"]),
    ],
)
def test_labels_of_every_scheme_become_bio(given: list[str], expected: list[str]) -> None:
    assert list(tags(dict(enumerate(given))).values()) == expected


@pytest.mark.parametrize("stride", [0, 8, 128])
@pytest.mark.parametrize("aggregation", ["auto", "simple", "max"])
def test_a_text_of_many_windows_is_read_to_its_end(
    ner: Path, texts: dict[str, str], stride: int, aggregation: Any
) -> None:
    loaded = load(str(ner), Options(stride=stride, aggregation=aggregation), Setting())
    for doc, text in texts.items():
        long = f"🚀 {text}\n{text} In 2024 North Korea"
        (answer,) = loaded.answer([Article(doc=doc, text=long)])
        expected = {found.span() for found in models.KNOWN.finditer(long)}
        found = spans_of(answer)
        if stride:
            assert found == expected
        else:  # without an overlap, names that a window cuts in two are two
            assert {end for _, end in expected} <= {end for _, end in found}
        assert max(end for _, end in found) == len(long)
        assert all(isinstance(span["score"], float) and 0.9 < span["score"] <= 1 for span in answer["spans"])


def test_the_pipeline_alone_stops_at_the_limit(ner: Path, texts: dict[str, str]) -> None:
    """What the adapter is for; if transformers mends it, `stride` need not be forced."""
    from transformers import pipeline

    found = pipeline("token-classification", model=str(ner), aggregation_strategy="simple")(texts["000"])
    assert max(int(span["end"]) for span in found) < 400


@pytest.mark.parametrize("text", ["", " \n ", "…", "🚀" * 200, "korea" * 300])
def test_texts_without_words_are_no_trouble(ner: Path, text: str) -> None:
    (answer,) = load(str(ner), Options(), Setting()).answer([Article(doc="1", text=text)])
    assert answer["spans"] == []


@pytest.mark.parametrize(
    ("tags", "letters"),
    [
        (("O", "S-GPE", "B-GPE", "E-GPE", "S-DATE"), {"north": "B-GPE", "south": "B-GPE", "korea": "E-GPE"}),
        (("O", "GPE", "DATE"), {"north": "GPE", "south": "GPE", "korea": "GPE"}),
    ],
)
def test_models_of_other_schemes_find_the_same(tmp_path: Path, tags: tuple[str, ...], letters: dict[str, str]) -> None:
    text = "South Korea and Russia met in 2024, North Korea did not."
    year, alone = tags[-1], tags[1]

    def tag(word: str) -> str:
        return letters.get(word, alone if word == "russia" else year if word == "2024" else "O")

    folder = models.token_classifier(tmp_path, [text], tags=tags, tag=tag)
    (answer,) = load(str(folder), Options(), Setting()).answer([Article(doc="1", text=text)])
    shown = [(span["label"], text[span["start"] : span["end"]]) for span in answer["spans"]]
    assert shown == [("GPE", "South Korea"), ("GPE", "Russia"), ("DATE", "2024"), ("GPE", "North Korea")]


def test_a_run_with_a_label_map_is_scored(ner: Path, tmp_path: Path) -> None:
    done = claimspans(
        "score", f"hf:{ner}", "--map", "GPE=ITEM", "--workers", "1", "--out", "run", "--json", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    labels = json.loads(done.stdout)["schemes"]["strict"]["labels"]
    # Of what the model finds, the DATEs are the years that stand alone.
    assert labels["DATE"]["ACT"] > 10
    assert labels["DATE"]["COR"] > 0
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["extractor"]) == {"transformers", "torch", "weights"}
    assert manifest["options"]["stride"] == 128
    assert manifest["result"]["reach"] > 0.75


@pytest.mark.parametrize("scheme", ["hf", "gliner"])
def test_weights_that_are_a_pickle_are_read_where_somebody_says_so_alone(
    scheme: str, ner: Path, gliner: Path, tmp_path: Path
) -> None:
    """And even then what the libraries read of one is data: the program in it does not run."""
    folder = shutil.copytree({"hf": ner, "gliner": gliner}[scheme], tmp_path / "model")
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Payload(tmp_path / "ran")))
    address = parse(f"{scheme}:{folder}")
    with pytest.raises(ClaimspansError, match=r"its weights are a pickle.*-o unsafe=1"):
        load_extractor(address, {}, ASKED)
    with pytest.raises(ClaimspansError, match="cannot be loaded"):
        load_extractor(address, {"unsafe": "1"}, ASKED)
    assert not (tmp_path / "ran").exists()


def damaged(source: Path, target: Path, what: str) -> str:
    """A copy of a model's folder with something wrong."""
    shutil.copytree(source, target)
    for name in ("model.safetensors", "pytorch_model.bin"):
        if what == "no weights":
            (target / name).unlink(missing_ok=True)
        elif what == "broken weights" and (target / name).exists():
            (target / name).write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
    if what == "no config":
        for name in ("config.json", "gliner_config.json"):
            (target / name).unlink(missing_ok=True)
    if what == "no tokenizer":
        for path in target.glob("tokenizer*"):
            path.unlink()
    return str(target)


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("no weights", "has no weights; expected model.safetensors"),
        ("broken weights", "cannot be loaded"),
        ("no config", "has no .*config.json"),
    ],
)
def test_folders_that_are_no_models_are_refused(
    ner: Path, gliner: Path, tmp_path: Path, what: str, message: str
) -> None:
    with pytest.raises(ClaimspansError, match=message):
        load(damaged(ner, tmp_path / "ner", what), Options(), Setting())
    with pytest.raises(ClaimspansError, match=message):
        load_gliner(damaged(gliner, tmp_path / "gliner", what), GlinerOptions(), ASKED)


def test_a_folder_without_weights_ends_the_command_before_it_begins(ner: Path, tmp_path: Path) -> None:
    damaged(ner, tmp_path / "model", "no weights")
    done = claimspans("run", "hf:model", "--out", "run", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "run").exists()) == (2, False)
    assert "hf:model: has no weights" in done.stderr


def test_a_model_that_was_not_trained_to_label_is_refused(tmp_path: Path, texts: dict[str, str]) -> None:
    """Its classifier would be drawn at random."""
    from transformers import AutoModel

    folder = models.token_classifier(tmp_path / "ner", texts.values())
    AutoModel.from_pretrained(folder).save_pretrained(folder)
    with pytest.raises(ClaimspansError, match=r"not those of a token classifier: they lack classifier\.bias"):
        load(str(folder), Options(), Setting())


@pytest.mark.parametrize("target", ["./nowhere", "a/b/c", "models/ner/"])
def test_a_path_that_is_no_folder_is_said_at_once(target: str) -> None:
    with pytest.raises(ClaimspansError, match="no such folder"):
        get(f"hf:{target}")
    with pytest.raises(ClaimspansError, match="no such folder"):
        get(f"gliner:{target}")


def test_a_hub_that_cannot_be_reached_is_said(tmp_path: Path) -> None:
    unreachable = {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HUB_OFFLINE": "0", "HF_HOME": str(tmp_path / "cache")}
    done = program("run", "hf:nobody/nothing", "--out", "run", cwd=tmp_path, env=unreachable)
    assert done.returncode == 2
    assert "hf:nobody/nothing: no such folder here, and not to be had from the hub" in done.stderr
    assert not (tmp_path / "run").exists()
    with pytest.raises(ClaimspansError, match="not to be had from the hub"):
        get("gliner:nobody/nothing")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (Options(length=2), "windows of 2 tokens hold none of the text"),
        (Options(device="nowhere"), "nowhere"),
    ],
)
def test_options_that_the_model_cannot_follow(ner: Path, options: Options, message: str) -> None:
    with pytest.raises(ClaimspansError, match=message):
        load(str(ner), options, Setting())


def test_a_model_with_none_of_the_labels_is_not_run(ner: Path) -> None:
    with pytest.raises(ClaimspansError, match="knows the labels DATE, GPE; expected some of PER"):
        load(str(ner), Options(), Setting(asked=("PER",)))


@pytest.fixture
def asked() -> GlinerOptions:
    """The random weights are about 0.48 sure of anything."""
    return GlinerOptions(threshold=0.475)


def test_gliner_reads_a_text_to_its_end(gliner: Path, texts: dict[str, str], asked: GlinerOptions) -> None:
    loaded = load_gliner(str(gliner), asked, ASKED)
    for doc, text in texts.items():
        (answer,) = loaded.answer([Article(doc=doc, text=f"🚀 {text}")])
        spans = answer["spans"]
        assert max(span["end"] for span in spans) > 0.97 * len(text)
        assert {span["label"] for span in spans} == set(LABELS)
        assert all(one["end"] <= other["start"] for one, other in pairwise(spans))


def test_gliner_finds_what_the_library_finds_in_each_window(gliner: Path, texts: dict[str, str]) -> None:
    from gliner import GLiNER

    from claimspans.text.windows import cut

    model = GLiNER.from_pretrained(str(gliner))
    text = f"🚀 {texts['003']}"
    words = [(start, end) for _, start, end in model.data_processor.words_splitter(text)]
    parts = cut(text, 48, 0, words=words)
    assert len(parts) > 5
    expected = {
        (span["label"], part.start + span["start"], part.start + span["end"])
        for part in parts
        for span in model.predict_entities(part.text, list(LABELS), threshold=0.475)
    }
    loaded = load_gliner(str(gliner), GlinerOptions(threshold=0.475, overlap=0), ASKED)
    (answer,) = loaded.answer([Article(doc="003", text=text)])
    assert {(span["label"], span["start"], span["end"]) for span in answer["spans"]} == expected


def test_gliner_alone_stops_at_the_limit(gliner: Path, texts: dict[str, str]) -> None:
    """What the windows are for."""
    from gliner import GLiNER

    with pytest.warns(UserWarning, match="truncated to 48"):
        found = GLiNER.from_pretrained(str(gliner)).predict_entities(texts["000"], list(LABELS), threshold=0.4)
    assert max(span["end"] for span in found) < 400


def test_gliner_with_few_tokens_takes_smaller_windows(
    tmp_path: Path, texts: dict[str, str], asked: GlinerOptions, recwarn: pytest.WarningsRecorder
) -> None:
    folder = models.gliner(tmp_path, texts.values(), words=400, length=64)
    loaded = load_gliner(str(folder), asked, ASKED)
    text = texts["002"] + " xyzzyplugh" * 40  # words of many tokens
    (answer,) = loaded.answer([Article(doc="002", text=text)])
    assert max(span["end"] for span in answer["spans"]) > 0.97 * len(text)
    assert not [warning for warning in recwarn if "truncated" in str(warning.message)]
    with pytest.raises(ClaimspansError, match="the labels alone are"):
        load_gliner(str(folder), asked, Setting(asked=tuple(f"a kind of weapon, number {n}" for n in range(20))))


def test_gliner_asks_with_what_the_schema_says(gliner: Path, schema: Schema) -> None:
    loaded = load_gliner(str(gliner), GlinerOptions(threshold=0.4, describe=True), Setting.of(schema))
    (answer,) = loaded.answer([Article(doc="1", text="Ten shells were seen in Russia in 2024.")])
    assert loaded.identity["labels"] == [label.description for label in schema.labels.values()]
    assert answer["spans"]
    assert {span["label"] for span in answer["spans"]} <= set(schema.labels)


def test_gliner_without_labels_is_refused(gliner: Path) -> None:
    with pytest.raises(ClaimspansError, match="no label to ask for"):
        load_gliner(str(gliner), GlinerOptions(), Setting())


def test_gliner_with_weights_that_are_missing_is_refused(gliner: Path, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    path = shutil.copytree(gliner, tmp_path / "part") / "model.safetensors"
    folder, weights = path.parent, load_file(path)
    first = next(iter(weights))
    save_file(weights | {"more": weights[first].clone()}, path)
    assert load_gliner(str(folder), GlinerOptions(), ASKED).identity["weights"]
    del weights[first]
    save_file(weights, path)
    with pytest.raises(ClaimspansError, match="cannot be loaded"):
        load_gliner(str(folder), GlinerOptions(), ASKED)


def test_gliner_runs_over_the_articles_and_is_scored(
    gliner: Path, tmp_path: Path, gold: list[Document], schema: Schema
) -> None:
    label_map = dict(zip(LABELS, ("ITEM", "SPEAKER"), strict=True))
    tally = run(
        f"gliner:{gliner}",
        Corpus().plain(),
        tmp_path / "run",
        label_map=label_map,
        options={"threshold": 0.475},
        workers=1,
    )
    assert (tally.statuses["done"], tally.left) == (5, 0)
    assert tally.reach is not None
    assert tally.reach > 0.95
    strict = score(gold, tmp_path / "run", schema=schema)["strict"]
    assert strict.labels["ITEM"].ACT + strict.labels["SPEAKER"].ACT == strict.micro.ACT > 50


@pytest.mark.parametrize("scheme", ["hf", "gliner"])
def test_the_example_of_the_document_runs(scheme: str, ner: Path, gliner: Path, tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "ner").symlink_to(ner)
    (tmp_path / "models" / "gliner").symlink_to(gliner)
    blocks = next(
        blocks for title, blocks in sections(ROOT / "docs" / "extractors.md").items() if title.startswith(f"`{scheme}`")
    )
    printed = play(blocks, tmp_path)
    assert printed.count("in 5 articles (5 done)") == len(list((tmp_path / "runs").iterdir()))
    assert "micro" in printed
