"""Ray, Spark and an S3 server on loopback, as small as they come; nothing of them outlives the tests."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyarrow.fs import S3FileSystem

NO_JAVA = "no Java: install a JRE of version 17 or later, such as openjdk-17-jre-headless, to run the tests of Spark"
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "RAY_AUTH_TOKEN": secrets.token_hex(),  # else Ray writes one into the home
    "RAY_USAGE_STATS_ENABLED": "0",
    "SPARK_LOCAL_IP": "127.0.0.1",
}


def java() -> str | None:
    return shutil.which("java")


@contextmanager
def ray_session() -> Iterator[str]:
    os.environ.update(OFFLINE)
    import ray

    logging.getLogger("ray").setLevel(logging.WARNING)
    ray.init(
        address="local",
        num_cpus=2,
        include_dashboard=False,
        object_store_memory=200 << 20,
        log_to_driver=False,
        logging_level="error",
        _node_ip_address="127.0.0.1",
    )
    ray.data.DataContext.get_current().enable_progress_bars = False
    try:
        yield ray.get_runtime_context().gcs_address
    finally:
        ray.shutdown()


@contextmanager
def spark_session() -> Iterator[Any]:
    os.environ.update(OFFLINE | {"PYSPARK_PYTHON": sys.executable})
    from pyspark.sql import SparkSession

    # Two tasks side by side, each tried up to three times.
    builder = SparkSession.builder.master("local[2,3]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "2").config("spark.driver.memory", "512m").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    try:
        yield session
    finally:
        session.stop()


@contextmanager
def s3_server() -> Iterator[S3FileSystem]:
    """A file system with the empty bucket ``archive``; how to reach it is in the environment for programs begun."""
    from moto.server import ThreadedMotoServer
    from pyarrow.fs import FileSystem

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    files, bucket = FileSystem.from_uri("s3://archive?allow_bucket_creation=true")
    files.create_dir(bucket)
    try:
        yield files
    finally:
        server.stop()
