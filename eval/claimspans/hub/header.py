"""The YAML header of a card: what the Hub lists the dataset under, its configurations, files and declared features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from ..data.corpus import Corpus, Layer
from ..data.records import Document
from .about import about_of
from .folder import features_of, parquet_name
from .table_schema import configurations
from .tables import Tables

GATE: dict[str, Any] = {
    "extra_gated_prompt": "The articles' publishers keep all rights in them. Say who you are and what you need the "
    "texts for.",
    "extra_gated_fields": {"What you need them for": "text", "I pass the texts on to nobody": "checkbox"},
}
"""What the Hub asks of somebody who wants to read a gated repository (hf.co/docs/hub/datasets-gated)."""


class Sources(msgspec.Struct, frozen=True):
    """What a card is written from; ``part`` is the corpus's name in a dataset of several, else empty."""

    corpus: Corpus
    gold: Layer
    predictions: Mapping[str, Sequence[Document]]
    tables: Tables
    standoff: bool
    repo: str
    folder: Path
    part: str = ""

    @property
    def prefix(self) -> str:
        """What the names of its configurations begin with."""
        return f"{self.part}-" if self.part else ""


def front_matter(given: Sequence[Sources], *, beside: bool = False) -> str:
    """The header of a card of one corpus, or of several ``beside`` one another, each in the folder of its part."""
    from datasets import DatasetInfo, SplitDict, SplitInfo
    from datasets.info import DatasetInfosDict
    from datasets.utils.metadata import MetadataConfigs
    from huggingface_hub import DatasetCardData
    from pyarrow import parquet

    about = about_of(given[0].corpus)
    sources = [one.corpus.sources[document.doc] for one in given for document in one.gold]
    reserved = any(one.corpus.reserved for one in given)
    licenses = {about_of(one.corpus).license for one in given}
    license_name = f"{about.license_name}-articles-{'reserved' if reserved else 'licensed'}"
    own = len(licenses) == 1 and not reserved and about.license != "other"
    data = DatasetCardData(
        pretty_name=about.pretty_name,
        language=sorted({source.language.partition("-")[0] for source in sources if source.language}),
        license=about.license if own else "other",
        license_name=None if own else license_name,
        license_link=None if own else "LICENSE-DATA.md",
        size_categories=[_size(len(sources))],
        task_categories=["token-classification"],
        **about.card,
        **(GATE if any(one.corpus.reserved and not one.standoff for one in given) else {}),
    )
    configs: dict[str, Any] = {}
    infos: dict[str, Any] = {}
    for one in given:
        known = configurations(one.corpus.schema)
        home, prefix = (f"{one.part}/", one.prefix) if beside else ("", "")
        for name, splits in one.tables.items():
            files = {split: parquet_name(name, split) for split in splits}
            configs[prefix + name] = {
                "data_files": [{"split": split, "path": home + path} for split, path in files.items()]
            }
            listed = SplitDict()
            for split, rows in splits.items():
                # The bytes of the tables in memory, which is what the loader finds; those of the files are another sum.
                size = parquet.read_table(one.folder / files[split]).nbytes
                listed.add(SplitInfo(split, num_bytes=size, num_examples=len(rows)))
            infos[prefix + name] = DatasetInfo(
                features=features_of(known[name].columns),
                splits=listed,
                download_size=sum((one.folder / path).stat().st_size for path in files.values()),
                dataset_size=sum(info.num_bytes for info in listed.values()),
            )
            infos[prefix + name].config_name = prefix + name
    configs[next(iter(configs))]["default"] = True
    MetadataConfigs(configs).to_dataset_card_data(data)
    DatasetInfosDict(infos).to_dataset_card_data(data)
    return data.to_yaml(line_break="\n")


def _size(articles: int) -> str:
    """The Hub's word for so many rows."""
    bounds = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
    return next((name for bound, name in bounds if articles < bound), "n>1M")
