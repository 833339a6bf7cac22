"""Fine-tune a chat model on one fold and write what it answers for the article held out."""

# pip install claimspans trl
# claimspans export chat --out data/chat --folds
# python docs/examples/train_chat.py data/chat/003 Qwen/Qwen3-0.6B predictions.jsonl
# claimspans score predictions.jsonl

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import torch
from datasets import load_dataset
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl import SFTConfig, SFTTrainer

import claimspans
from claimspans.data.files import write_text
from claimspans.data.records import nested_record, to_line
from claimspans.export.harnesses.answer_counts import answered

Messages = list[dict[str, str]]


def main(fold: Path, name: str, out: Path, *, epochs: float = 3, tokens: int = 8192) -> None:
    files = {part: str(fold / f"{part}.jsonl") for part in ("train", "test")}
    data = load_dataset("json", data_files=files)
    tokenizer = AutoTokenizer.from_pretrained(name)
    with tempfile.TemporaryDirectory() as folder:
        trainer = SFTTrainer(
            model=AutoModelForCausalLM.from_pretrained(name),
            processing_class=tokenizer,
            train_dataset=data["train"].map(asked, remove_columns="messages"),
            args=SFTConfig(
                folder,
                num_train_epochs=epochs,
                per_device_train_batch_size=1,
                learning_rate=1e-5,
                max_length=None,  # an article and its answer are never cut
                bf16=torch.cuda.is_available(),
                save_strategy="no",
                report_to="none",
            ),
        )
        trainer.train()
    articles = {document.doc: document for document in claimspans.Corpus().plain()}
    predicted = []
    for row in data["test"]:
        given = tokenizer.apply_chat_template(
            asked(row)["prompt"], add_generation_prompt=True, return_tensors="pt", return_dict=True
        ).to(trainer.model.device)
        made = trainer.model.generate(**given, max_new_tokens=tokens, do_sample=False)
        answer = tokenizer.decode(made[0][given["input_ids"].shape[1] :], skip_special_tokens=True)
        predicted.append(answered(articles[fold.name], answer))  # read as openai: reads it
    write_text(out, "".join(to_line(nested_record(document)) for document in predicted))


def asked(row: dict[str, Messages]) -> dict[str, Messages]:
    """The question and the answer apart: only the answer is to be learnt."""
    return {"prompt": row["messages"][:-1], "completion": row["messages"][-1:]}


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
