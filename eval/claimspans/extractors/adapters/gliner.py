"""``gliner:folder``: a GLiNER model, asked for the labels that the scorer or the label map names, window by window.

GLiNER cuts a text off at so many words, and its tokenizer at so many tokens, labels included, with a warning at most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Annotated, Any

import msgspec

from ...data.problems import ClaimspansError
from ...text.windows import Window, cut, merge
from ..contract import Answer, Article
from ..registry import Loaded, Setting
from .model_folders import UNSAFE, require_model, said, token_limit, weights_of


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked of the model, and how a text is cut."""

    threshold: Annotated[float, msgspec.Meta(ge=0, le=1, description="spans that are less sure are left out")] = 0.5
    describe: Annotated[
        bool, msgspec.Meta(description="ask with what the schema says of a label, instead of its name")
    ] = False
    nested: Annotated[bool, msgspec.Meta(description="whether spans may overlap")] = False
    words: Annotated[
        int | None, msgspec.Meta(description="words of a window, where it is not to be what the model can take")
    ] = None
    overlap: Annotated[
        int, msgspec.Meta(ge=0, description="words that two neighbouring windows share, at most half of one")
    ] = 32
    device: Annotated[str, msgspec.Meta(description="cpu, cuda, cuda:1, mps; auto is a GPU where there is one")] = (
        "auto"
    )
    unsafe: Annotated[bool, msgspec.Meta(description=UNSAFE)] = False
    batch: Annotated[int, msgspec.Meta(ge=1, description="windows that the model gets at once")] = 1
    threads: Annotated[int, msgspec.Meta(ge=1, description="threads of each worker, of which there is one a core")] = 1


def load(target: str, options: Options, setting: Setting) -> Loaded:
    """The model; raises `ClaimspansError` for a folder without weights, or with some of another model, for a hub that
    cannot be reached, and where there is no label to ask for.
    """  # fmt: skip
    name = f"gliner:{target}"
    require_model(name, target, "gliner_config.json", unsafe=options.unsafe)
    if not setting.asked:
        raise ClaimspansError(f"{name}: no label to ask for; name some with --map THEIRS=OURS, or give a schema")
    import torch

    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    device = options.device
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    model = _model(name, target, device)
    labels = {label: setting.labels.get(label, label) if options.describe else label for label in setting.asked}
    windows = _Windows(name, model, labels, options)

    def answer(articles: Sequence[Article]) -> Iterator[Answer]:
        for article in articles:
            parts = windows.of(article.text)
            found = model.inference(
                [part.text for part in parts],
                labels if options.describe else list(labels),
                flat_ner=not options.nested,
                threshold=options.threshold,
                batch_size=options.batch,
            )
            spans = [[_span(span) for span in spans] for spans in found]
            merged = merge(zip(parts, spans, strict=True), flat=not options.nested)
            yield {"doc": article.doc, "spans": merged}

    identity = {
        "gliner": version("gliner"),
        "transformers": version("transformers"),
        "torch": version("torch"),
        "weights": weights_of(target, None),
        "labels": list(labels.values()),
    }
    return Loaded(answer, identity, workers=None if device == "cpu" else 1)


def _span(found: dict[str, Any]) -> dict[str, Any]:
    score = min(1.0, max(0.0, float(found["score"])))
    return {"label": found["label"], "start": int(found["start"]), "end": int(found["end"]), "score": score}


def _model(name: str, target: str, device: str) -> Any:
    from gliner import GLiNER

    try:
        return GLiNER.from_pretrained(target, map_location=device, strict=True)
    except Exception as error:
        if "Unexpected key(s)" not in str(error) or "Missing key(s)" in str(error):
            raise ClaimspansError(f"{name}: cannot be loaded ({said(error)})") from error
    try:
        # Weights that are too many do no harm; some that are missing would be drawn at random.
        return GLiNER.from_pretrained(target, map_location=device, strict=False)
    except Exception as error:
        raise ClaimspansError(f"{name}: cannot be loaded ({said(error)})") from error


class _Windows:
    """Cuts texts so that GLiNER cuts nothing off: by its own words, and where its tokens are limited by these."""

    def __init__(self, name: str, model: Any, labels: dict[str, str], options: Options) -> None:
        self._words = model.data_processor.words_splitter
        self._tokenizer = model.data_processor.transformer_tokenizer
        self._size = options.words or model.config.max_len
        self._overlap = options.overlap
        self._room: int | None = None
        limit = token_limit(model.model, self._tokenizer.model_max_length)
        if limit is not None:
            # A mark before each label, one after all, and what a tokenizer puts around a text.
            prompt = sum(self._tokens([*labels.values()])) + len(labels) + 1
            self._room = limit - prompt - self._tokenizer.num_special_tokens_to_add()
            if self._room < 1:
                raise ClaimspansError(
                    f"{name}: the labels alone are {prompt} tokens, and it takes {limit} with the text; ask for fewer, "
                    "or for shorter ones"
                )

    def of(self, text: str) -> list[Window]:
        words = [(start, end) for _, start, end in self._words(text)]
        costs = None if self._room is None else self._tokens([text[start:end] for start, end in words])
        overlap = min(self._overlap, self._size // 2)
        return cut(text, self._size, overlap, words=words, costs=costs, most=self._room)

    def _tokens(self, words: list[str]) -> list[int]:
        if not words:
            return []
        return [len(ids) for ids in self._tokenizer(words, add_special_tokens=False)["input_ids"]]
