"""Extract Parquet files with Hugging Face datasets, on one machine.

A worker that is killed ends the whole job, and nothing of it is kept: for an archive take Ray or Spark.
"""

# pip install 'claimspans[parquet,rules]' 'datasets>=4'
# python docs/examples/archive_datasets.py articles predictions.parquet rules

from __future__ import annotations

import sys

from datasets import Features, load_dataset

import claimspans

WORKERS = 2


def main(source: str, out: str, extractor: str) -> None:
    extract = claimspans.batch(extractor)
    articles = load_dataset("parquet", data_dir=source, split="train").with_format("arrow")
    predictions = articles.map(
        extract,
        batched=True,
        batch_size=256,
        remove_columns=articles.column_names,
        features=Features.from_arrow_schema(extract.schema),
        num_proc=WORKERS,
    )
    predictions.to_parquet(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
