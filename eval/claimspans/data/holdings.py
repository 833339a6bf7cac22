"""Articles that come into a corpus and leave it: the texts in ``seeds/`` and their lines in ``sources.jsonl``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
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
    """What came of adding: ids by what became of them; ``notes`` say what was done to a text on the way."""

    added: list[str] = []
    unchanged: list[str] = []
    edited: list[NewArticle] = []
    notes: list[str] = []


def add(
    corpus: Corpus,
    paths: Iterable[Path],
    given: Given,
    *,
    update: bool = False,
    done: Callable[[int], None] | None = None,
) -> Added:
    """Add the articles of files and folders; all of them, or none where one cannot be.

    An article that is there already under its id is left as it is, and put back where its file was edited. With
    ``update`` texts that are there with another wording come back as ``edited``, to be taken over by whoever carries
    their annotations. ``done`` is called with the number of articles that were read. Raises `InputError` for what
    cannot be added, with every problem.
    """
    problems: list[Problem] = []
    new: dict[str, tuple[NewArticle, str]] = {}
    restored: list[NewArticle] = []
    result = Added()
    by_hash = {source.sha256: source.doc for source in corpus.sources.values()}
    by_case = {doc.casefold(): doc for doc in corpus.sources}
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
                if _is_edited(corpus, known):
                    restored.append(article)
            elif known is not None and update:
                result.edited.append(article)
            elif (wrong := _clash(article, digest, known, by_hash, by_case)) is not None:
                problems.append(wrong)
            else:
                new[article.doc] = (article, digest)
                by_hash[digest] = article.doc
                by_case[article.doc.casefold()] = article.doc
            if done is not None:
                done(1)
    if given.doc is not None and len(new) + len(result.unchanged) + len(result.edited) > 1:
        raise ClaimspansError(f"--id {given.doc}: names one article, and there are several; leave it out")
    if problems:
        raise InputError(problems)
    _write(corpus, new)
    for article in restored:
        write_text(corpus.root / SEEDS / corpus.sources[article.doc].file, article.text)
        result.notes.append(f"{article.doc}: its text was another one, and is put back")
    corpus.forget()
    result.added = list(new)
    return result


def _is_edited(corpus: Corpus, source: Source) -> bool:
    """Whether its file in seeds/ is not the text of its hash, so that giving the text back mends it."""
    path = corpus.root / SEEDS / source.file
    return not path.is_file() or sha256_of(path.read_bytes()) != source.sha256


def _clash(
    article: NewArticle, digest: str, known: Source | None, by_hash: dict[str, str], by_case: dict[str, str]
) -> Problem | None:
    """Why an article cannot be added beside those that are there."""
    if known is not None:
        detail = f"article {article.doc} is there with another text; --update takes this one over, --id names another"
        return Problem("id-duplicate", article.place, None, detail)
    if digest in by_hash:
        return Problem("text-repeated", article.place, None, f"it is there as {by_hash[digest]}")
    if article.doc.casefold() in by_case:
        detail = f"{article.doc} and {by_case[article.doc.casefold()]} differ in case alone"
        return Problem("id-duplicate", article.place, None, detail)
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
    page = "the page's metadata, as trafilatura reads them"
    said = {f"{name}_from": page for name in article.read_from_page if name in ("published", "publisher")}
    return Source(doc=article.doc, file=file, sha256=digest, **article.fields, **said)  # type: ignore[arg-type]


def source_line(source: Source) -> str:
    """A line of ``sources.jsonl``, without what is not known."""
    return json.dumps(msgspec.to_builtins(source), ensure_ascii=False)


def _source_lines(corpus: Corpus) -> list[str]:
    """The lines as they stand."""
    text = corpus.sources_path.read_text(encoding="utf-8") if corpus.sources_path.is_file() else ""
    return [line for line in text.split("\n") if line.strip()]


def _write_sources(corpus: Corpus, lines: Sequence[str]) -> None:
    write_text(corpus.sources_path, "".join(f"{line}\n" for line in lines))


def replace_source(corpus: Corpus, article: NewArticle) -> None:
    """Give an article another text and what is said of it; its file is written first."""
    known = corpus.sources[article.doc]
    digest = sha256_of(article.text)
    told = {name: value for name, value in article.fields.items() if value is not None}
    changed = msgspec.structs.replace(known, sha256=digest, **told)
    lines = [
        source_line(changed) if json.loads(line).get("doc") == article.doc else line for line in _source_lines(corpus)
    ]
    write_text(corpus.root / SEEDS / known.file, article.text)
    _write_sources(corpus, lines)
    corpus.forget()


def annotation_files(corpus: Corpus, doc: str) -> list[Path]:
    """The files of layers that annotate an article."""
    paths = (corpus.root / ANNOTATIONS / layer / f"{doc}.jsonl" for layer in corpus.layers)
    return [path for path in paths if path.exists()]


def remove(corpus: Corpus, docs: Sequence[str], *, with_annotations: bool = False) -> list[Path]:
    """Remove articles; the files that went. All are looked at before any is touched.

    Raises `ClaimspansError` for an unknown id, and where annotations would be lost without ``with_annotations``.
    """
    annotated: list[str] = []
    gone: list[Path] = []
    for doc in docs:
        if doc not in corpus.sources:
            raise ClaimspansError(f"{doc}: no such article; {corpus.sources_path} lists those that there are")
        files = annotation_files(corpus, doc)
        annotated += [doc] if files else []
        gone += [corpus.root / SEEDS / corpus.sources[doc].file, *files]
    if annotated and not with_annotations:
        shown = ", ".join(annotated[:10]) + (" …" if len(annotated) > 10 else "")
        raise ClaimspansError(
            f"{shown}: {counted(len(annotated), 'article has', 'articles have')} annotations, which would be lost; "
            "say --with-annotations to remove them too"
        )
    _write_sources(corpus, [line for line in _source_lines(corpus) if json.loads(line).get("doc") not in docs])
    for path in gone:
        path.unlink(missing_ok=True)
    corpus.forget()
    return gone
