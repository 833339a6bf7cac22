"""Extract an archive of Parquet files under Spark.

Spark tries a task again whose worker was killed, and what it writes is complete when `_SUCCESS` is there; a driver that
was killed begins anew.
"""

# pip install 'claimspans[parquet,rules]' 'pyspark>=4' 'pandas<3'
# python docs/examples/archive_spark.py articles predictions rules

from __future__ import annotations

import sys
from collections.abc import Iterator

import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

import claimspans


def main(source: str, out: str, extractor: str) -> None:
    extract = claimspans.batch(extractor)

    def extracted(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield from extract(batch).to_batches()

    spark = SparkSession.builder.getOrCreate()
    articles = spark.read.parquet(source)
    articles.mapInArrow(extracted, from_arrow_schema(extract.schema)).write.mode("overwrite").parquet(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
