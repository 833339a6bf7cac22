"""Who is asked for which article when: workers side by side, failures tried again where that can help.

A batch that fails is tried again article by article, so that one article costs one article. Of an article alone, a
crash or an answer against the protocol is tried once more, a timeout or too much memory never, and what the extractor
calls ``retryable`` four times, after a random wait that may double each time up to 30 s (full jitter: Brooker,
"Exponential Backoff and Jitter", 2015), or after the time that it names.
"""

from __future__ import annotations

import heapq
import itertools
import queue
import random
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from ...data.records import Document, Failure
from ..contract import Answer, Article, Reading, Refused
from .local import LocalWorker
from .notes import MOST_USED, usage_of
from .process import Fault
from .workers import RefusedError, Worker

CRASHES = 1
RETRIES = 4
LONGEST_WAIT = 30.0
"""Seconds."""
PATIENCE = 600.0
"""Seconds; a service that asks to be asked later than that is taken at its word that it does not answer now."""


BACKLOG = 64
"""Answers that may wait to be written; workers wait for the disk, not memory for both."""


class Job(msgspec.Struct):
    """An article, and what has been tried."""

    article: Article
    alone: bool = False
    crashes: int = 0
    retries: int = 0
    attempts: int = 0
    usage: Counter[str] = msgspec.field(default_factory=Counter)


class Settled(msgspec.Struct, frozen=True):
    """An article that is done, or has failed for good; what the label map left out, and what was used up."""

    document: Document
    dropped: Mapping[str, int] = {}
    details: tuple[str, ...] = ()
    usage: Mapping[str, float] = {}


AnyWorker = Worker | LocalWorker
Read = Callable[[Article, Answer], Reading]
Note = Callable[[str, str, str, int, str | None], None]
"""Called with article, kind, detail, number and, where it is known, traceback of each attempt that failed."""


class Schedule:
    """Asks workers for articles. Iterating gives what is settled, in the order in which it is."""

    def __init__(
        self,
        articles: Sequence[Article],
        open_worker: Callable[[int], AnyWorker],
        read: Read,
        note: Note,
        *,
        workers: int,
        batch: int,
        first: AnyWorker | None = None,
        keep: Callable[[AnyWorker], None] | None = None,
    ) -> None:
        """``first`` is a worker that is ready already; ``open_worker`` gets the number of the worker to start.

        ``keep`` gets each worker that lives when all is settled; without it they are ended.
        """
        self._keep = keep or (lambda worker: worker.close())
        self._open_worker = open_worker
        self._read = read
        self._note = note
        self._workers = max(1, min(workers, len(articles)))
        self._batch = batch
        self._first = first
        self._ready = deque(Job(article) for article in articles)
        self._later: list[tuple[float, int, Job]] = []  # a heap
        self._number = itertools.count()
        self._flying = 0
        self._stopped = False
        self._change = threading.Condition()
        self._settled: queue.Queue[Settled | BaseException | None] = queue.Queue()
        self._open: set[AnyWorker] = set()

    def __iter__(self) -> Iterator[Settled]:
        threads = [threading.Thread(target=self._serve, args=(number,), daemon=True) for number in range(self._workers)]
        for thread in threads:
            thread.start()
        running = len(threads)
        try:
            while running:
                found = self._settled.get()
                with self._change:
                    self._change.notify_all()
                if found is None:
                    running -= 1
                elif isinstance(found, BaseException):
                    raise found
                else:
                    yield found
        finally:
            self.stop()
            if running:
                for worker in list(self._open):
                    worker.kill()

    def stop(self) -> None:
        """Ask for nothing more; what is being asked is still waited for by whoever goes on iterating."""
        with self._change:
            self._stopped = True
            self._change.notify_all()

    def _serve(self, number: int) -> None:
        worker, self._first = (self._first, None) if number == 0 else (None, self._first)
        try:
            while jobs := self._next():
                worker = self._ask(number, worker, jobs)
            if worker is not None:
                self._open.discard(worker)
                self._keep(worker)
        except BaseException as error:  # noqa: BLE001 -- raised again where the schedule is iterated
            self._settled.put(error)
        finally:
            self._settled.put(None)

    def _ask(self, number: int, worker: AnyWorker | None, jobs: list[Job]) -> AnyWorker | None:
        """The worker, if it lives on."""
        for job in jobs:
            job.attempts += 1
        try:
            if worker is None:
                worker = self._open_worker(number)
            self._open.add(worker)
            answers = worker.ask([job.article for job in jobs])
        except Fault as fault:
            if worker is not None:
                self._open.discard(worker)
            worker, answers = None, fault.answered
            self._faulty([job for job in jobs if job.article.doc not in answers], fault)
        except RefusedError as refused:
            worker, answers = None, {}
            self._faulty(jobs, Fault("crash", f"the worker could not be started again: {refused}"))
        for job in jobs:
            if job.article.doc in answers:
                self._answered(job, answers[job.article.doc])
        return worker

    def _next(self) -> list[Job]:
        """The next articles to ask for; none when all is settled."""
        with self._change:
            while not self._stopped and (self._ready or self._later or self._flying):
                if self._settled.qsize() >= BACKLOG:
                    self._change.wait()
                    continue
                while self._later and self._later[0][0] <= time.monotonic():
                    self._ready.append(heapq.heappop(self._later)[2])
                jobs: list[Job] = []
                while self._ready and len(jobs) < self._batch and not (jobs and self._ready[0].alone):
                    jobs.append(self._ready.popleft())
                    if jobs[0].alone:
                        break
                if jobs:
                    self._flying += len(jobs)
                    return jobs
                self._change.wait(max(0.0, self._later[0][0] - time.monotonic()) if self._later else None)
            self._change.notify_all()
            return []

    def _again(self, job: Job, wait: float = 0.0) -> None:
        with self._change:
            job.alone = True
            if wait:
                heapq.heappush(self._later, (time.monotonic() + wait, next(self._number), job))
            else:
                self._ready.appendleft(job)
            self._flying -= 1
            self._change.notify_all()

    def _settle(self, settled: Settled) -> None:
        self._settled.put(settled)
        with self._change:
            self._flying -= 1
            self._change.notify_all()

    def _faulty(self, jobs: list[Job], fault: Fault) -> None:
        """Whose fault it was shows when each is asked alone; one that was alone may try a crash once more."""
        for job in jobs:
            self._note(job.article.doc, fault.kind, fault.detail, job.attempts, None)
            if len(jobs) > 1:
                self._again(job)
            elif fault.kind in ("crash", "protocol") and job.crashes < CRASHES:
                job.crashes += 1
                self._again(job)
            else:
                self._fail(job, fault.kind, fault.detail)

    def _answered(self, job: Job, answer: Answer) -> None:
        # What was used for an answer that is of no use was used all the same.
        used = usage_of(answer.get("usage"))
        job.usage.update(used)
        told = answer.get("usage") or {}
        if not isinstance(told, Mapping) or len(told) > len(used):
            lost = f"usage holds what is no number from 0 to {MOST_USED:,}, or too much: left out"
            self._note(job.article.doc, "invalid", lost, job.attempts, None)
        try:
            reading = self._read(job.article, answer)
        except Refused as refused:
            self._note(job.article.doc, refused.kind, refused.detail, job.attempts, refused.traceback)
            wait = refused.retry_after
            if wait is None:
                wait = random.uniform(0, min(LONGEST_WAIT, 2.0**job.retries))  # noqa: S311 -- no secret
            if refused.retryable and job.retries < RETRIES and wait <= PATIENCE:
                job.retries += 1
                self._again(job, wait)
            else:
                self._fail(job, "unavailable" if refused.retryable else refused.kind, refused.detail)
        except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
            # No answer is worth a run, not even one that is read wrongly.
            detail = f"an answer that cannot be read: {type(error).__name__}: {error}"
            self._note(job.article.doc, "invalid", detail, job.attempts, None)
            self._fail(job, "invalid", detail)
        else:
            self._settle(Settled(reading.document, reading.dropped, reading.details, job.usage))

    def _fail(self, job: Job, kind: str, detail: str) -> None:
        error = Failure(kind=kind, detail=detail[:1000], attempts=job.attempts)
        article = job.article
        failed = Document(doc=article.doc, text=article.text, status="failed", error=error)
        self._settle(Settled(failed, usage=job.usage))
