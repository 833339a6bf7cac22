"""Who calls a function for each of many items: this process, or Ray."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from ...data.problems import ClaimspansError

Item = TypeVar("Item")

_RETRIES = 5
"""How often an item is begun again whose worker was ended, such as for its memory."""


class Each(Protocol):
    """Call a function for each item, in any order and in any process; give what came of them, in any order.

    An item may be worked on more than once; what a function does shows only when it is done, and is the same then.
    """

    def __call__(self, function: Callable[[Item], Any], items: Iterable[Item], /) -> Iterator[Any]: ...


def in_process(function: Callable[[Item], Any], items: Iterable[Item]) -> Iterator[Any]:
    """One item after the other, here."""
    return map(function, items)


def on_ray(function: Callable[[Item], Any], items: Iterable[Item]) -> Iterator[Any]:
    """As tasks of the Ray that is started: a few more at a time than it has cores, so that no queue fills memory."""
    import ray

    task = ray.remote(max_retries=_RETRIES, retry_exceptions=[MemoryError], num_cpus=1)(_called)
    shared = ray.put(function)
    most = 2 * max(1, int(ray.cluster_resources().get("CPU", 1)))
    waiting: list[Any] = []
    for item in items:
        waiting.append(task.remote(shared, item))
        if len(waiting) >= most:
            yield from _done(waiting)
    while waiting:
        yield from _done(waiting)


def _called(function: Callable[[Item], Any], item: Item) -> Any:
    return function(item)


def _done(waiting: list[Any]) -> Iterator[Any]:
    import ray

    done, waiting[:] = ray.wait(waiting)
    for one in done:
        try:
            yield ray.get(one)
        except ray.exceptions.RayTaskError as error:
            if isinstance(error.cause, ClaimspansError):
                raise error.cause from None
            raise
        except ray.exceptions.RayError as error:
            raise ClaimspansError(f"Ray gave up: {str(error).splitlines()[0]}; the same command goes on") from error


@contextmanager
def runner(engine: str) -> Iterator[Each]:
    """The engine of this name while it is needed: the Ray of ``RAY_ADDRESS``, else one of this machine's own.

    Raises `ClaimspansError` where it is not installed or cannot be reached.
    """
    if engine == "local":
        yield in_process
        return
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError as error:
        raise ClaimspansError("--engine ray needs Ray: pip install 'claimspans[ray]'") from error
    if ray.is_initialized():
        yield on_ray
        return
    own: dict[str, Any] = {}
    if "RAY_ADDRESS" not in os.environ:  # one that nobody else reaches, and that leaves no token in the home
        own = {"address": "local", "include_dashboard": False, "_node_ip_address": "127.0.0.1"}
        os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex())
    try:
        ray.init(log_to_driver=False, logging_level="ERROR", **own)
    except Exception as error:  # Ray says so that a node did not start in time
        raise ClaimspansError(f"Ray cannot be started or reached: {error}") from error
    try:
        yield on_ray
    finally:
        ray.shutdown()
