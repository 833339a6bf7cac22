"""Small models, written to a folder as the real ones are: random weights, and where a test has to know the answer
weights that label a token by what it is. Nothing is downloaded.
"""  # fmt: skip

from __future__ import annotations

import importlib.util
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

if importlib.util.find_spec("torch") is not None:
    # Before huggingface_hub is imported, which reads it once; but only where models are made: the tests of the Hub's
    # own side are collected beside this module and ask a server on loopback.
    os.environ["HF_HUB_OFFLINE"] = "1"

TAGS = ("O", "B-DATE", "I-DATE", "B-GPE", "I-GPE")
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
CHAT = (
    "{% for message in messages %}<|{{ message.role }}|>\n{{ message.content }}[SEP]\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>\n{% endif %}"
)
"""A chat template."""

_SMALL = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
_NAMES = ("pad_token", "unk_token", "cls_token", "sep_token", "mask_token")

KNOWN = re.compile(r"\b(?:(?:north|south)(?:\s+korea)?|korea|russia|20\d\d)\b", re.IGNORECASE)
"""What `token_classifier` finds."""


def tag_of(word: str) -> str:
    """The label that `token_classifier` gives a word."""
    if re.fullmatch(r"20\d\d", word):
        return "B-DATE"
    if word in ("north", "south", "russia"):
        return "B-GPE"
    return "I-GPE" if word == "korea" else "O"


def wordpiece(texts: Iterable[str], length: int) -> Any:
    """A BERT tokenizer that knows every word of the texts, and of other words the letters."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    normal, split = normalizers.BertNormalizer(lowercase=True), pre_tokenizers.BertPreTokenizer()
    words = {word for text in texts for word, _ in split.pre_tokenize_str(normal.normalize_str(text))}
    letters = sorted({letter for word in words for letter in word})
    vocabulary = dict.fromkeys([*SPECIAL, *sorted(words), *letters, *(f"##{letter}" for letter in letters)])
    numbered = {word: number for number, word in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordPiece(numbered, unk_token=SPECIAL[1]))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normal, split
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    names = dict(zip(_NAMES, SPECIAL, strict=True))
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=length, **names)


def bytelevel(texts: Iterable[str]) -> Any:
    """A byte-level BPE learnt from these texts: it loses no character. It has a chat template."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE(unk_token=SPECIAL[1]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=3000, special_tokens=list(SPECIAL), initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    names = dict(zip(_NAMES, SPECIAL, strict=True)) | {"eos_token": "[SEP]"}
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, chat_template=CHAT, **names)


def encoder(folder: Path, texts: Iterable[str], *, length: int = 512) -> Path:
    """A BERT of one layer with random weights, to be trained."""
    from transformers import BertConfig, BertModel

    tokenizer = wordpiece(texts, length)
    config = BertConfig(vocab_size=len(tokenizer), **_SMALL, max_position_embeddings=length)
    BertModel(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def decoder(folder: Path, texts: Iterable[str]) -> Path:
    """A Llama of one layer with random weights that takes chat messages."""
    from transformers import LlamaConfig, LlamaForCausalLM

    tokenizer = bytelevel(texts)
    ids = {f"{name}_token_id": getattr(tokenizer, f"{name}_token_id") for name in ("pad", "eos")}
    config = LlamaConfig(vocab_size=len(tokenizer), **_SMALL, max_position_embeddings=65536, bos_token_id=2, **ids)
    LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def token_classifier(
    folder: Path,
    texts: Iterable[str],
    *,
    tags: tuple[str, ...] = TAGS,
    tag: Callable[[str], str] = tag_of,
    length: int = 64,
) -> Path:
    """A BERT of one layer that labels what `KNOWN` finds, and reads ``length`` tokens at most.

    Its layer passes on what it gets; the embedding of a token is noise, but for one number that stands for its label.
    """
    import torch
    from transformers import BertConfig, BertForTokenClassification

    torch.manual_seed(0)
    tokenizer = wordpiece(texts, length)
    config = BertConfig(
        vocab_size=len(tokenizer),
        **_SMALL,
        max_position_embeddings=length,
        id2label=dict(enumerate(tags)),
        label2id={name: number for number, name in enumerate(tags)},
    )
    model = BertForTokenClassification(config)
    with torch.no_grad():
        for layer in model.bert.encoder.layer:
            for dense in (layer.attention.output.dense, layer.output.dense):
                dense.weight.zero_()
                dense.bias.zero_()
        embeddings = model.bert.embeddings
        embeddings.position_embeddings.weight.zero_()
        embeddings.token_type_embeddings.weight.zero_()
        for token, number in tokenizer.get_vocab().items():
            embeddings.word_embeddings.weight[number, tags.index(tag(token))] = 5.0
        model.classifier.weight.zero_()
        for number in range(len(tags)):
            model.classifier.weight[number, number] = 3.0
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def gliner(folder: Path, texts: Iterable[str], *, words: int = 48, length: int = 512, width: int = 4) -> Path:
    """A GLiNER with random weights that reads ``words`` words and ``length`` tokens, and finds spans of ``width``."""
    import torch
    from gliner import GLiNER, GLiNERConfig

    torch.manual_seed(0)
    config = GLiNERConfig(
        name="random",
        max_len=words,
        max_width=width,
        hidden_size=16,
        num_rnn_layers=0,
        span_mode="markerV0",
        encoder_config={"model_type": "bert", **_SMALL, "max_position_embeddings": length},
    )
    with tempfile.TemporaryDirectory() as tokenizer:
        wordpiece(texts, length).save_pretrained(tokenizer)
        config.model_name = tokenizer
        model = GLiNER.from_config(config, backbone_from_pretrained=False)
    model.config.model_name = "random"
    model.save_pretrained(folder, safe_serialization=True)
    return folder
