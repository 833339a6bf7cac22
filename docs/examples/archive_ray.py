"""Extract an archive of Parquet files under Ray. What is killed is done again, and what is done is not.

Started again with the same folders it does what is left. A file is a worker's unit: it has all of it in memory.
"""

# pip install 'claimspans[ray,rules]'
# RAY_USAGE_STATS_ENABLED=0 python docs/examples/archive_ray.py s3://archive/articles s3://archive/predictions rules

from __future__ import annotations

import sys
from typing import Any

import ray

import claimspans
from claimspans.export.engines.partitions import Partitions


class Extract:
    """An actor: its first file loads the model, which stays for the others."""

    def __init__(self, work: Partitions) -> None:
        self.work = work

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        return {"articles": [self.work(name) for name in batch["name"]]}


def main(source: str, out: str, extractor: str, workers: str = "2") -> None:
    work = Partitions(source, out, claimspans.batch(extractor))
    left = work.left()
    done = ray.data.from_items([{"name": name} for name in left], override_num_blocks=max(1, len(left))).map_batches(
        Extract,
        fn_constructor_args=(work,),
        batch_size=1,
        compute=ray.data.ActorPoolStrategy(size=int(workers)),  # or min_size and max_size, for a cluster that grows
        num_cpus=0.5,  # Ray's own tasks need room beside the actors
    )
    articles = sum(row["articles"] for row in done.take_all()) if left else 0
    print(f"{len(left)} of {len(work.names)} files: {articles} articles")


if __name__ == "__main__":
    main(*sys.argv[1:])
