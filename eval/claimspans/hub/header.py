"""The YAML header of a card: what the Hub lists the dataset under, its configurations, files and declared features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from ..data.corpus import Corpus
from ..data.layer import Layer
from ..data.records import Document
from .about import about_of
from .folder import features_of, parquet_name
from .table_schema import Configuration, configurations
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
    from datasets.info import DatasetInfosDict
    from datasets.utils.metadata import MetadataConfigs
    from huggingface_hub import DatasetCardData

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
            counts = {split: len(rows) for split, rows in splits.items()}
            infos[prefix + name] = _info(prefix + name, known[name], one.folder, counts)
    configs[next(iter(configs))]["default"] = True
    MetadataConfigs(configs).to_dataset_card_data(data)
    DatasetInfosDict(infos).to_dataset_card_data(data)
    return data.to_yaml(line_break="\n")


def _info(name: str, table: Configuration, folder: Path, counts: Mapping[str, int]) -> Any:
    """The ``dataset_info`` of a table whose Parquet files are in the folder, with so many rows in each split."""
    from datasets import DatasetInfo, SplitDict, SplitInfo
    from pyarrow import parquet

    listed = SplitDict()
    paths = {split: folder / parquet_name(table.name, split) for split in counts}
    for split, count in counts.items():
        # The bytes of the tables in memory, which is what the loader finds; those of the files are another sum.
        listed.add(SplitInfo(split, num_bytes=parquet.read_table(paths[split]).nbytes, num_examples=count))
    info = DatasetInfo(
        features=features_of(table.columns),
        splits=listed,
        download_size=sum(path.stat().st_size for path in paths.values()),
        dataset_size=sum(split.num_bytes for split in listed.values()),
    )
    info.config_name = name
    return info


def resized(card: str, folder: Path, known: Mapping[str, Configuration], rows: Mapping[str, Mapping[str, int]]) -> str:
    """A card of one corpus whose header has the sizes and the ``rows`` that the folder's tables have now."""
    from datasets.info import DatasetInfosDict
    from huggingface_hub import DatasetCard

    found = DatasetCard(card)
    infos = {name: _info(name, known[name], folder, counts) for name, counts in rows.items()}
    DatasetInfosDict(infos).to_dataset_card_data(found.data)
    return str(found)


def _size(articles: int) -> str:
    """The Hub's word for so many rows."""
    bounds = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
    return next((name for bound, name in bounds if articles < bound), "n>1M")
