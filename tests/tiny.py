"""Models with random weights and tokenizers made on the spot, in the form that the hub's models have."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

_SPECIAL = {
    f"{name}_token": f"[{sign}]"
    for name, sign in {"pad": "PAD", "unk": "UNK", "cls": "CLS", "sep": "SEP", "eos": "SEP"}.items()
}
CHAT = (
    "{% for message in messages %}<|{{ message.role }}|>\n{{ message.content }}[SEP]\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>\n{% endif %}"
)


def tokenizer(texts: Iterable[str]) -> Any:
    """A byte-level BPE of few pieces, learnt from these texts: it loses no character."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    made = Tokenizer(models.BPE(unk_token=_SPECIAL["unk_token"]))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    names = list(dict.fromkeys(_SPECIAL.values()))
    made.train_from_iterator(
        texts, trainers.BpeTrainer(vocab_size=700, special_tokens=names, initial_alphabet=alphabet, show_progress=False)
    )
    return PreTrainedTokenizerFast(tokenizer_object=made, chat_template=CHAT, **_SPECIAL)


def encoder(folder: Path, texts: Iterable[str]) -> Path:
    """A BERT of one layer."""
    from transformers import BertConfig, BertModel

    made = tokenizer(texts)
    made.save_pretrained(folder)
    BertModel(BertConfig(vocab_size=len(made), **_SIZE, max_position_embeddings=512)).save_pretrained(folder)
    return folder


def decoder(folder: Path, texts: Iterable[str]) -> Path:
    """A Llama of one layer."""
    from transformers import LlamaConfig, LlamaForCausalLM

    made = tokenizer(texts)
    made.save_pretrained(folder)
    ids = {"pad_token_id": made.pad_token_id, "eos_token_id": made.eos_token_id, "bos_token_id": made.cls_token_id}
    config = LlamaConfig(vocab_size=len(made), **_SIZE, max_position_embeddings=32768, **ids)
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder


def gliner(folder: Path, texts: Iterable[str]) -> Path:
    """A GLiNER over such an encoder."""
    from gliner import GLiNER, GLiNERConfig

    under = encoder(folder.with_name(f"{folder.name}-encoder"), texts)
    config = GLiNERConfig(model_name=str(under), hidden_size=32, max_width=12, max_len=384)
    made = GLiNER.from_config(config, backbone_from_pretrained=False)
    made.save_pretrained(folder)
    return folder


_SIZE = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
