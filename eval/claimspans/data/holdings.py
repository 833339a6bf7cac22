"""Articles that come into a corpus and leave it: the texts in ``seeds/`` and their lines in ``sources.jsonl``."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

import msgspec

from .articles import Given, NewArticle, read_articles
from .corpus import Corpus
from .corpus_folder import ANNOTATIONS, SEEDS
from .files import write_text
from .hashes import sha256_of
from .problems import ClaimspansError, InputError, Problem, counted
from .sources import Source


class Added(msgspec.Struct, kw_only=True):
    """What came of adding: ids by what became of them; ``notes`` say what was done to a text on the way.

    ``described`` are those of ``unchanged`` of which something else is said now than before.
    """

    added: list[str] = []
    unchanged: list[str] = []
    described: list[str] = []
    edited: list[NewArticle] = []
    notes: list[str] = []


def add(
    corpus: Corpus,
    paths: Iterable[Path],
    given: Given,
    *,
    update: Callable[[list[NewArticle]], None] | None = None,
    done: Callable[[int], None] | None = None,
) -> Added:
    """Add the articles of files and folders; all of them, or none where one cannot be.

    An article that is there already under its id is left as it is, and put back where its file was edited. With
    ``update`` texts that are there with another wording come back as ``edited``, to be taken over by whoever carries
    their annotations: it is called with them before anything is written, and may raise. ``done`` is called with the
    number of articles that were read. Raises `InputError` for what cannot be added, with every problem.
    """
    problems: list[Problem] = []
    new: dict[str, tuple[NewArticle, str]] = {}
    restored: list[NewArticle] = []
    described: list[NewArticle] = []
    result = Added()
    taken = _Taken(
        {source.sha256: source.doc for source in corpus.sources.values()},
        {doc.casefold(): doc for doc in corpus.sources},
        corpus.sources if update is None else (),
        set(),
    )
    for path in paths:
        for article in read_articles(path, given):
            if isinstance(article, Problem):
                problems.append(article)
                continue
            result.notes += [f"{article.place}: {note}" for note in article.notes]
            digest = sha256_of(article.text)
            known = corpus.sources.get(article.doc)
            if known is not None and known.sha256 == digest:
                result.unchanged.append(article.doc)
                told = {name for name, value in article.fields.items() if getattr(known, name) != value}
                if told and update is not None:
                    described.append(article)
                elif told:
                    left = f"{', '.join(sorted(told))} not taken over, which --update does"
                    result.notes.append(f"{article.doc}: is there already; {left}")
                if _is_edited(corpus, known):
                    result.notes.append(f"{article.doc}: its text was another one, and is put back")
                    restored.append(article)
            elif (wrong := taken.clash(article, digest)) is not None:
                problems.append(wrong)
            elif known is not None:
                result.edited.append(article)
            else:
                new[article.doc] = (article, digest)
            if done is not None:
                done(1)
    if given.doc is not None and len(new) + len(result.unchanged) + len(result.edited) > 1:
        raise ClaimspansError(f"--id {given.doc}: names one article, and there are several; leave it out")
    if problems:
        raise InputError(problems)
    if update is not None:
        update(result.edited)
    _write(corpus, new)
    for article in restored:
        write_text(corpus.root / SEEDS / corpus.sources[article.doc].file, article.text)
    replace_sources(corpus, described)
    corpus.forget()
    result.described = [article.doc for article in described]
    result.added = list(new)
    return result


def _is_edited(corpus: Corpus, source: Source) -> bool:
    """Whether its file in seeds/ is not the text of its hash, so that giving the text back mends it."""
    path = corpus.root / SEEDS / source.file
    return not path.is_file() or sha256_of(path.read_bytes()) != source.sha256


class _Taken(msgspec.Struct):
    """What the articles that are there, and those read so far, leave no other: their texts and their ids.

    ``kept`` are the ids of articles that are there and may get no other text, ``read`` those of the texts read so far.
    """

    by_hash: dict[str, str]
    by_case: dict[str, str]
    kept: Collection[str]
    read: set[str]

    def clash(self, article: NewArticle, digest: str) -> Problem | None:
        """Why an article cannot be added beside them; where it can, it is one of them from here on."""
        doc, alike = article.doc, self.by_case.get(article.doc.casefold(), article.doc)
        if digest in self.by_hash:
            return Problem("text-repeated", article.place, None, f"it is there as {self.by_hash[digest]}")
        detail = None
        if doc in self.kept:
            detail = f"article {doc} is there with another text; --update takes this one over, --id names another"
        elif doc in self.read:
            detail = f"another text that is to be added is {doc} too; rename the file, or its id"
        elif alike != doc:
            detail = f"{doc} and {alike} differ in case alone"
        if detail is not None:
            return Problem("id-duplicate", article.place, None, detail)
        self.by_hash[digest] = self.by_case[doc.casefold()] = doc
        self.read.add(doc)
        return None


def _write(corpus: Corpus, new: dict[str, tuple[NewArticle, str]]) -> None:
    """The texts, then the file that names them: until that is there nothing is added."""
    if not new:
        return
    seeds = corpus.root / SEEDS
    for doc, (_, digest) in new.items():
        path = seeds / f"{doc}.txt"
        if path.exists() and sha256_of(path.read_bytes()) != digest:
            raise ClaimspansError(f"{path}: is there, and no article has it; move it away")
    lines, written = [], []
    try:
        for doc, (article, digest) in new.items():
            path = seeds / f"{doc}.txt"
            if not path.exists():
                written.append(path)
                path.write_bytes(article.text.encode("utf-8"))
            lines.append(source_line(source_of(article, path.name, digest)))
        _write_sources(corpus, [*_source_lines(corpus), *lines])
    except BaseException as error:
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            said = f"{seeds}: cannot be written: {error.strerror}; nothing was added"
            raise ClaimspansError(said) from error
        raise
    corpus.forget()


def source_of(article: NewArticle, file: str, digest: str) -> Source:
    """Where an article comes from, as it was told."""
    return Source(doc=article.doc, file=file, sha256=digest, **_told(article))  # type: ignore[arg-type]


def _told(article: NewArticle) -> dict[str, str | None]:
    """What is said of an article, with where that is from: a page's metadata, or None for whoever adds it."""
    page = "the page's metadata, as trafilatura reads them"
    dated = ("published", "publisher")
    said = {
        f"{name}_from": page if name in article.read_from_page else None for name in dated if name in article.fields
    }
    return {**article.fields, **said}


def source_line(source: Source) -> str:
    """A line of ``sources.jsonl``, without what is not known."""
    return json.dumps(msgspec.to_builtins(source), ensure_ascii=False)


def _source_lines(corpus: Corpus) -> list[str]:
    """The lines as they stand."""
    text = corpus.sources_path.read_text(encoding="utf-8") if corpus.sources_path.is_file() else ""
    return [line for line in text.split("\n") if line.strip()]


def _write_sources(corpus: Corpus, lines: Sequence[str]) -> None:
    write_text(corpus.sources_path, "".join(f"{line}\n" for line in lines))


def replace_texts(corpus: Corpus, articles: Sequence[NewArticle]) -> None:
    """Give articles other texts and what is said of them; their files are written first."""
    for article in articles:
        write_text(corpus.root / SEEDS / corpus.sources[article.doc].file, article.text)
    replace_sources(corpus, articles)


def replace_sources(corpus: Corpus, articles: Iterable[NewArticle]) -> None:
    """Write the hashes of articles, and what is said of them, into the file that names them."""
    lines = {}
    for article in articles:
        told = _told(article) | ({"precision": None, "published_stated": None} if "published" in article.fields else {})
        known = corpus.sources[article.doc]
        lines[article.doc] = source_line(msgspec.structs.replace(known, sha256=sha256_of(article.text), **told))
    if lines:
        _write_sources(corpus, [lines.get(json.loads(line).get("doc"), line) for line in _source_lines(corpus)])
    corpus.forget()


def annotation_files(corpus: Corpus, docs: Iterable[str]) -> dict[str, list[Path]]:
    """The files of layers that annotate each of some articles."""
    folders = [corpus.root / ANNOTATIONS / layer for layer in corpus.layers]
    return {doc: [path for folder in folders if (path := folder / f"{doc}.jsonl").exists()] for doc in docs}


def remove(corpus: Corpus, docs: Sequence[str], *, with_annotations: bool = False) -> list[Path]:
    """Remove articles; the files that went. All are looked at before any is touched.

    Raises `ClaimspansError` for an unknown id, and where annotations would be lost without ``with_annotations``.
    """
    unknown = next((doc for doc in docs if doc not in corpus.sources), None)
    if unknown is not None:
        raise ClaimspansError(f"{unknown}: no such article; {corpus.sources_path} lists those that there are")
    files = annotation_files(corpus, docs)
    annotated = [doc for doc in files if files[doc]]
    gone = [path for doc in files for path in (corpus.root / SEEDS / corpus.sources[doc].file, *files[doc])]
    if annotated and not with_annotations:
        shown = ", ".join(annotated[:10]) + (" …" if len(annotated) > 10 else "")
        raise ClaimspansError(
            f"{shown}: {counted(len(annotated), 'article has', 'articles have')} annotations, which would be lost; "
            "say --with-annotations to remove them too"
        )
    _write_sources(corpus, [line for line in _source_lines(corpus) if json.loads(line).get("doc") not in files])
    for path in gone:
        path.unlink(missing_ok=True)
    corpus.forget()
    return gone
