"""``hf:folder``: a Hugging Face model for token classification, read in windows to the end of a text.

The pipeline of transformers does it; left to itself, it reads a text as far as the model's limit and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Annotated, Any, Literal

import msgspec

from ...data.label_map import require_common
from ...data.problems import ClaimspansError
from ..contract import Answer, Article
from ..registry import Loaded, Setting
from .model_folders import UNSAFE, require_model, said, token_limit, weights_of

_TAG = re.compile(r"([BIELSUM])-(.+)")
_TOKENS = 512
"""A window where neither the model nor its tokenizer names a limit."""

Strategy = Literal["auto", "simple", "first", "average", "max"]


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a text is cut, and how tokens become spans."""

    aggregation: Annotated[
        Strategy,
        msgspec.Meta(
            description="how the tokens of a word get one label (transformers' aggregation_strategy); "
            "auto is first for WordPiece, else simple"
        ),
    ] = "auto"
    stride: Annotated[
        int, msgspec.Meta(ge=0, description="tokens that two neighbouring windows share, at most half of one")
    ] = 128
    length: Annotated[
        int | None, msgspec.Meta(description="tokens of a window, where it is not to be what the model can take")
    ] = None
    outside: Annotated[str, msgspec.Meta(description="the model's label for tokens that are in no span")] = "O"
    device: Annotated[str, msgspec.Meta(description="cpu, cuda, cuda:1, mps; auto is a GPU where there is one")] = (
        "auto"
    )
    unsafe: Annotated[bool, msgspec.Meta(description=UNSAFE)] = False
    batch: Annotated[int, msgspec.Meta(ge=1, description="windows that the model gets at once")] = 1
    threads: Annotated[int, msgspec.Meta(ge=1, description="threads of each worker, of which there is one a core")] = 1


def load(target: str, options: Options, setting: Setting) -> Loaded:
    """The model; raises `ClaimspansError` for a folder without weights, a model that is trained for something else,
    one whose tokenizer knows no offsets, and a hub that cannot be reached.
    """  # fmt: skip
    name = f"hf:{target}"
    require_model(name, target, "config.json", unsafe=options.unsafe)
    import torch
    from transformers import pipeline

    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    model, tokenizer = _model_and_tokenizer(name, target, unsafe=options.unsafe)
    model.config.id2label = tags(model.config.id2label, options.outside)
    known = {tag.partition("-")[2] for tag in model.config.id2label.values() if tag != "O"}
    require_common(name, known, {*setting.asked, *setting.labels})
    limits = (tokenizer.model_max_length, getattr(model.config, "max_position_embeddings", None))
    tokenizer.model_max_length = options.length or token_limit(model, *limits) or _TOKENS
    room = tokenizer.model_max_length - tokenizer.num_special_tokens_to_add()
    if room < 1:
        raise ClaimspansError(f"{name}: windows of {tokenizer.model_max_length} tokens hold none of the text")
    strategy = options.aggregation
    if strategy == "auto":
        strategy = (
            "first" if getattr(tokenizer.backend_tokenizer.model, "continuing_subword_prefix", None) else "simple"
        )
    try:
        pipe: Any = pipeline(
            "token-classification",
            model=model,
            tokenizer=tokenizer,
            aggregation_strategy=strategy,
            stride=min(options.stride, room // 2),
            device=None if options.device == "auto" else options.device,
            batch_size=options.batch,
        )
    except (RuntimeError, ValueError) as error:
        raise ClaimspansError(f"{name}: {said(error)}") from error

    def answer(articles: Sequence[Article]) -> Iterator[Answer]:
        for article in articles:
            yield {"doc": article.doc, "spans": [_span(article.text, found) for found in pipe(article.text)]}

    identity = {
        "transformers": version("transformers"),
        "torch": version("torch"),
        "weights": weights_of(target, getattr(model.config, "_commit_hash", None)),
    }
    return Loaded(answer, identity, workers=None if pipe.device.type == "cpu" else 1)


def tags(names: Mapping[int, str], outside: str = "O") -> dict[int, str]:
    """The labels of a model as the pipeline groups them: B- begins a span, I- goes on with it, O is none.

    BIOES and BILOU become BIO, of whose other letters the pipeline knows nothing; labels without a letter get I-, so
    that neighbours of one label are one span.
    """
    found = {number: _TAG.fullmatch(label) for number, label in names.items() if label != outside}
    if all(found.values()):
        begins = {number: tag[1] in "BSU" for number, tag in found.items() if tag}
        marked = {number: f"{'B' if begins[number] else 'I'}-{tag[2]}" for number, tag in found.items() if tag}
    else:
        marked = {number: f"I-{names[number]}" for number in found}
    return {number: marked.get(number, "O") for number in names}


def _span(text: str, found: Mapping[str, Any]) -> dict[str, Any]:
    """Without the space that some tokenizers count to the word after it."""
    start, end = int(found["start"]), int(found["end"])
    inside = text[start:end]
    end -= len(inside) - len(inside.rstrip())
    start += len(inside) - len(inside.lstrip())
    return {"label": found["entity_group"], "start": start, "end": end, "score": min(1.0, float(found["score"]))}


def _model_and_tokenizer(name: str, target: str, *, unsafe: bool) -> tuple[Any, Any]:
    import torch
    from transformers import AutoModelForTokenClassification, AutoTokenizer

    try:
        model, report = AutoModelForTokenClassification.from_pretrained(
            target,
            output_loading_info=True,
            dtype=torch.float32,
            use_safetensors=None if unsafe else True,
            trust_remote_code=False,
        )
        tokenizer = AutoTokenizer.from_pretrained(target, trust_remote_code=False)
    except Exception as error:
        raise ClaimspansError(f"{name}: cannot be loaded ({said(error)})") from error
    lacking = sorted(report["missing_keys"]) + sorted(str(one) for one in report.get("mismatched_keys", ()))
    if lacking:
        raise ClaimspansError(
            f"{name}: its weights are not those of a token classifier: they lack {', '.join(lacking[:3])}; "
            "expected a model that was trained to label tokens"
        )
    if not tokenizer.is_fast:
        raise ClaimspansError(f"{name}: its tokenizer knows no offsets; expected a fast one (tokenizer.json)")
    _refuse_offsets(name, tokenizer)
    return model, tokenizer


def _refuse_offsets(name: str, tokenizer: Any) -> None:
    """A tokenizer that counts bytes or UTF-16 units would put every span after an emoji elsewhere."""
    probe = "é 🚀 ten shells"
    offsets = tokenizer(probe, return_offsets_mapping=True, add_special_tokens=False)["offset_mapping"]
    reached = max((end for _, end in offsets), default=0)
    if reached != len(probe):
        raise ClaimspansError(
            f"{name}: its tokenizer ends a text of {len(probe)} characters at {reached}: its offsets are no code points"
        )
