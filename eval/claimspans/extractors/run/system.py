"""One system over articles: predictions, and what became of each article, in a run folder."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from ...data.label_map import LabelMap
from ...data.manifest import Manifest, digest_of
from ...data.offset_conventions import require_readings
from ...data.predictions import PREDICTIONS
from ...data.problems import ClaimspansError
from ...data.records import Document
from ...data.schema import Schema, default_schema
from ...version import VERSION
from .. import Article, article_of, parse, read_answer
from ..contract import Answer, Reading
from ..offset_conventions import as_meant, run_hints, slipped
from ..registry import Setting, options_of
from .folder import RunFolder, Written
from .local import Function, LocalWorker, address_of
from .machine import machine
from .notes import now
from .schedule import Schedule, Settled
from .tally import Tally
from .workers import Hire, Limits, Pace, Worker, first_worker

GIVE_UP = 20
"""Failures in a row after which a run stops: what is wrong then is wrong with all."""

SILENT = 3
"""The same where no worker has ever said a word in its time, which may have been minutes for each."""


_NOTED = 100
"""Attributes left out of an article's answer that are noted in words; all are counted."""


def run_one(
    system: str | Function,
    documents: Sequence[Document],
    folder: Path,
    *,
    options: Mapping[str, Any] | None = None,
    label_map: LabelMap | None = None,
    read_as: Collection[str] = (),
    schema: Schema | None = None,
    labels: Collection[str] | None = None,
    dataset: str | None = None,
    note: str | None = None,
    workers: int | None = None,
    batch: int | None = None,
    limits: Limits | None = None,
    only: Sequence[str] = (),
    fresh: bool = False,
    restart: bool = False,
    retry_failed: bool = False,
    done: Callable[[Tally], None] | None = None,
) -> Tally:
    """Run one system, the URI of an extractor or a function, as `run` does.

    A run that was cut short goes on where it was: only what is missing is run, with ``retry_failed`` also what had
    failed, with ``only`` nothing but these articles, failed or not. ``fresh`` removes an earlier run, ``restart`` does
    so where that is another one, of which the last finished is kept beside. ``workers`` is one a core
    unless the extractor asks for fewer, ``batch`` what the extractor likes; ``memory`` of a worker is three quarters
    of the machine's, shared out. ``schema`` is the project's unless given; with ``labels`` there is none, every label
    and attribute is taken, and an extractor that is asked for labels is asked for these. ``read_as`` says what offsets
    mean (`claimspans.data.offset_conventions`). ``dataset`` is the version of
    the dataset whose articles these are, ``note`` what a reader of the figures must know; both go into the manifest.
    ``done`` is called after each article.

    Raises `ClaimspansError` before any work is done for a URI that names nothing, an extractor that cannot be loaded,
    options that it does not know, a folder of another run, and documents without text; later only for a full disk, and
    for an extractor that is changed meanwhile.
    """
    address = parse(system) if isinstance(system, str) else address_of(system)
    known = options_of(address, options or {})
    schema = schema or default_schema() if labels is None else None
    require_readings(read_as)
    articles = _articles(documents, schema)
    _refuse_unknown(only, articles)
    limits = limits or Limits()
    cores = os.process_cpu_count() if hasattr(os, "process_cpu_count") else len(os.sched_getaffinity(0))
    with RunFolder(folder, fresh=fresh, restart=restart) as kept, contextlib.ExitStack() as stack:
        hire = Hire(
            address=address,
            options=msgspec.to_builtins(known),
            setting=Setting.of(schema, label_map, labels or ()),
            limits=limits,
        )
        pace = Pace()
        first = first_worker(hire, kept.log(0), pace) if isinstance(system, str) else LocalWorker(system)
        stack.callback(first.kill)
        count = min(workers or cores, first.workers or cores)
        hire = msgspec.structs.replace(hire, limits=_shared(limits, count), identity=first.identity)
        manifest, there = kept.begin(
            Manifest(
                uri=address.uri,
                options=hire.options,
                label_map=dict(label_map) if label_map is not None else None,
                read_as=sorted(read_as),
                extractor=dict(first.identity),
                claimspans=VERSION,
                schema=None if schema is None else f"{schema.version}@{schema.sha256[:8]}",
                data=digest_of({article.doc: article.text for article in articles}),
                articles=len(articles),
                dataset=dataset,
                started=now(),
                settings={"workers": count, "batch": batch or first.batch, **msgspec.to_builtins(hire.limits)},
                machine=machine(),
                note=note,
            )
        )
        lengths = {article.doc: len(article.text) for article in articles}
        _refuse_others(kept, there, lengths)
        if retry_failed or only:
            again = [doc for doc, one in there.items() if one.status == "failed" and (not only or doc in only)]
            kept.drop(again)
            there = {doc: written for doc, written in there.items() if doc not in again}
        tally = Tally(
            folder=kept.path,
            articles=lengths,
            workers=count,
            source=first.source,
            files=first.files,
            restarted=kept.restarted,
            previous=kept.previous,
        )
        _count_earlier(tally, kept, there)
        wanted = [one for one in articles if one.doc not in there and (not only or one.doc in only)]
        if there and wanted:
            manifest.resumed.append(now())
            manifest.write(kept.path)
        if done is not None:
            done(tally)

        slips: list[set[tuple[str, ...]]] = []

        def read(article: Article, answer: Answer) -> Reading:
            reading = read_answer(article, as_meant(answer, read_as), schema, label_map)
            if not read_as and (found := slipped(article, answer, reading.document)) is not None:
                slips.append(found)
            return reading

        schedule = Schedule(
            wanted,
            lambda number: Worker(hire, kept.log(number), pace),
            read,
            kept.notes.failed,
            workers=count,
            batch=batch or first.batch,
            first=first,
        )
        for written, settled in _written(schedule, kept) if wanted else ():
            tally.add(written)
            tally.usage.update(settled.usage)
            tally.leave_out(settled.dropped, len(settled.details))
            if done is not None:
                done(tally)
            if _hopeless(tally, pace):
                tally.stopped = True
                schedule.stop()
        _explain(tally, kept, slips, schema)
        if tally.left == 0:
            manifest.ended = now()
        manifest.result = tally.to_dict()
        kept.finish(manifest, [article.doc for article in articles])
    return tally


def _count_earlier(tally: Tally, kept: RunFolder, there: Mapping[str, Written]) -> None:
    """Count what the run has done already."""
    for written in there.values():
        tally.add(written)
    tally.failures_in_a_row = 0  # what was wrong with all may have been mended since
    tally.usage.update(kept.notes.usage())
    for noted in kept.notes.all_left_out(there):
        tally.leave_out(noted.labels, noted.attributes)


def _hopeless(tally: Tally, pace: Pace) -> bool:
    """Whether so much has failed in a row that the rest will."""
    silent = pace.first is None and set(tally.failures) == {"timeout"}
    return tally.failures_in_a_row >= (SILENT if silent else GIVE_UP)


def _explain(tally: Tally, kept: RunFolder, slips: list[set[tuple[str, ...]]], schema: Schema | None) -> None:
    """Say where the first failure was raised, and what may have slipped in all answers."""
    tally.traceback = kept.notes.traceback(tally.example[0]) if tally.example is not None else None
    unknown = tally.unknown if tally.rejected["label-unknown"] and not tally.spans else ()
    tally.hints = run_hints(slips, unknown, None if schema is None else schema.labels)


def _written(schedule: Schedule, kept: RunFolder) -> Iterator[tuple[Written, Settled]]:
    for settled in schedule:
        for detail in settled.details[:_NOTED]:
            kept.notes.failed(settled.document.doc, "attribute", detail, 1)
        kept.notes.used(settled.document.doc, settled.usage)
        kept.notes.left_out(settled.document.doc, settled.dropped, len(settled.details))
        yield kept.add(settled.document), settled


def _articles(documents: Sequence[Document], schema: Schema | None) -> list[Article]:
    if not documents:
        raise ClaimspansError("no articles to run over; expected at least one")
    seen: set[str] = set()
    for document in documents:
        if document.text is None:
            raise ClaimspansError(f"{document.doc}: has no text; an extractor needs articles with their texts")
        if document.doc in seen:
            raise ClaimspansError(f"{document.doc}: stands twice; give each article once")
        wrong = no_id(document.doc, schema)
        if wrong is not None:
            raise ClaimspansError(wrong)
        seen.add(document.doc)
    return [article_of(document) for document in documents]


def no_id(doc: str, schema: Schema | None) -> str | None:
    """Why a name cannot be the id of an article under a schema; None where it can."""
    if schema is None or schema.validator("doc").is_valid(doc):
        return None
    return (
        f"{doc!r}: not the id of an article under {schema.name}, which asks for letters, digits and . _ - (see its "
        "definition doc): no prediction could name it; give the article another id"
    )


def _refuse_others(kept: RunFolder, there: Collection[str], lengths: Collection[str]) -> None:
    others = sorted(set(there) - set(lengths))
    if others:
        raise ClaimspansError(
            f"{kept.path / PREDICTIONS}: has article {others[0]}, which this run is not over; remove its line, or "
            "begin anew with --fresh"
        )


def _refuse_unknown(only: Sequence[str], articles: Sequence[Article]) -> None:
    known = [article.doc for article in articles]
    for doc in only:
        if doc not in known:
            raise ClaimspansError(f"{doc}: no such article; expected one of {', '.join(known[:10])}")


def _shared(limits: Limits, workers: int) -> Limits:
    """Each worker's part of the memory, where its user has not named one."""
    if limits.memory is not None:
        return limits
    import psutil

    return msgspec.structs.replace(limits, memory=int(psutil.virtual_memory().total * 0.75 / workers))
