"""A checked folder to the Hub: the repository, one commit with everything in it, the version's tag."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..data.problems import ClaimspansError
from .about import UNRELEASED
from .folder import MANIFEST, Manifest, hashes, read_manifest
from .published import Published, hub_errors, look, may_write, published_manifest, valid_name

if TYPE_CHECKING:
    from huggingface_hub import CommitOperationAdd, CommitOperationDelete


SHOW = "make it public"
"""The step that shows a private repository to everybody."""

GATE = "gate it: whoever is to read its files asks you, on the Hub, and you decide"
"""The step that keeps articles whose publishers keep the rights behind a question, in a public repository too."""


class Plan(msgspec.Struct, frozen=True):
    """What a push would do, in order."""

    repo: str
    tag: str
    steps: tuple[str, ...]
    manifest: Manifest
    standing: Published
    private: bool | None = None
    """Who may see it: False is everybody, None as the account has it for a new repository."""


def plan(
    folder: Path | str, repo: str, *, private: bool = False, public: bool = False, with_articles: bool = False
) -> Plan:
    """What pushing a folder would do; asks the Hub and changes nothing.

    Texts that only their publishers may publish go into a private repository, unless it is to be ``public``; one that
    is there and private is made public then. In either case they are gated. Raises `ClaimspansError` for a folder that
    is not as it was built, or was built for another name; for one that holds such texts, unless ``with_articles`` says
    that they may be published; for a card with placeholders where addresses belong; for a repository with other
    content, a public one where it is to be private, or a private one that is to be public though nothing was said of
    articles; and for a version that is published with other content.
    """
    folder = Path(folder)
    valid_name(repo)
    manifest = read_manifest(folder)
    if hashes(folder) != manifest.files:
        raise ClaimspansError(f"{folder}: is not as it was built; build it again, then check and push it")
    if private and public:
        raise ClaimspansError(f"{repo}: private and public at once; leave one of --private and --public out")
    if manifest.hydrated and not with_articles:
        raise ClaimspansError(
            f"{folder}: is hydrated: it was published without the articles, which are their publishers', and holds "
            "somebody's own copies of them; push the folder that it was hydrated from, or, if you may publish the "
            "articles, say so with --with-articles"
        )
    foreign = manifest.foreign_texts
    if foreign and not with_articles:
        raise ClaimspansError(
            f"{folder}: holds the texts of {foreign}, whose publishers keep the rights; build it without "
            "--with-articles, or, if you may publish them, say so with --with-articles"
        )
    if manifest.repo != repo:
        raise ClaimspansError(
            f"{folder}: its card tells the reader to load {manifest.repo}, not {repo}; "
            f"build it with: claimspans hub build {folder} --repo {repo}"
        )
    if manifest.placeholders:
        raise ClaimspansError(
            f"{folder}: its card gives {' and '.join(manifest.placeholders)} for an address, a placeholder; say in "
            "pyproject.toml where the tool is ([project.urls], Repository) and whom to write to (authors, email), then "
            "build again"
        )
    if manifest.dataset == UNRELEASED:
        raise ClaimspansError(f"{folder}: no version to tag: release the corpus (claimspans release), then build again")
    tag = f"v{manifest.dataset}"
    standing = look(repo)
    _refuse_foreign(standing)
    hidden = True if private or (foreign and not public) else False if public else None
    if hidden:
        _refuse_public(standing, foreign, private=private)
    shown = (SHOW,) if public and standing.head and not standing.public else ()
    if shown and not with_articles:
        raise ClaimspansError(
            f"{repo}: is there and private, and --public would show its earlier commits too, which may hold articles; "
            "make it public on the Hub, name another repository, or push without --public"
        )
    gate = (GATE,) if foreign and not standing.gated else ()
    if tag in standing.tags:
        if published_manifest(repo, tag).files != manifest.files:
            raise ClaimspansError(
                f"{repo}: {tag} is published with other content; a published version stays as it is: give the dataset "
                "a new version (claimspans release) and build again"
            )
        return Plan(repo, tag, (*gate, *shown), manifest, standing, hidden)
    names = (*manifest.files, MANIFEST)
    upload = f"upload {len(names)} files in one commit and remove what is not among them"
    steps = (
        *(() if standing.head else (f"create the dataset {repo}",)),
        *gate,
        *(() if standing.has(folder, names) else (upload,)),
        f"tag it {tag}",
        *shown,
    )
    return Plan(repo, tag, steps, manifest, standing, hidden)


def _refuse_public(standing: Published, foreign: str, *, private: bool) -> None:
    """Raises `ClaimspansError` for a repository that all see, where not all are to see what is pushed."""
    if standing.public and private:
        raise ClaimspansError(
            f"{standing.repo}: is there and public, and --private makes only a new repository private; make it private "
            "on the Hub first, or push without --private"
        )
    if standing.public:
        raise ClaimspansError(
            f"{standing.repo}: is there and public, and the folder holds the texts of {foreign}; make it private on "
            "the Hub first, or, if you may show them to everybody, say so with --public"
        )


def _refuse_foreign(standing: Published) -> None:
    if standing.foreign:
        named = ", ".join(standing.foreign[:3]) + (" …" if len(standing.foreign) > 3 else "")
        raise ClaimspansError(
            f"{standing.repo}: exists with other content ({named}), which a push would remove; name another "
            "repository, or empty that one first"
        )


def push(folder: Path | str, planned: Plan) -> str:
    """Carry out a plan and return the commit that the tag names.

    A push that was broken off is completed by another: the repository may exist, and a commit that changes nothing is
    not made. Raises `ClaimspansError` without a login, and when the Hub refuses or the network breaks.
    """
    from huggingface_hub import HfApi
    from huggingface_hub.utils.tqdm import disable_progress_bars

    may_write()
    disable_progress_bars()
    api = HfApi(library_name="claimspans")
    repo, tag, standing = planned.repo, planned.tag, planned.standing
    if not planned.steps:
        return standing.head or ""
    with hub_errors(repo, "nothing was published; run the same command again"):
        # An organisation may have it that its repositories are private unless it is said otherwise.
        api.create_repo(repo, repo_type="dataset", private=planned.private, exist_ok=True)
        if standing.head is None:
            standing = look(repo)
            _refuse_foreign(standing)
            if planned.private:
                # Somebody else may have made it meanwhile.
                _refuse_public(standing, planned.manifest.foreign_texts, private=not planned.manifest.foreign_texts)
        if GATE in planned.steps:
            api.update_repo_settings(repo, repo_type="dataset", gated="manual")
    with hub_errors(repo, f"{tag} is not published: nobody loads it by its tag; run the same command again"):
        # What came there since it was looked at is not removed: the Hub refuses a commit upon another one. Not
        # upload_folder, which may make several commits of one folder.
        commit = api.create_commit(
            repo,
            [*_operations(Path(folder), planned.manifest, standing)],
            repo_type="dataset",
            commit_message=f"Dataset {planned.manifest.dataset}, {planned.manifest.made_by}",
            parent_commit=standing.head,
        )
        api.create_tag(repo, repo_type="dataset", tag=tag, revision=commit.oid, exist_ok=True)
    if SHOW in planned.steps:
        with hub_errors(repo, "it stays private; run the same command again"):
            api.update_repo_settings(repo, repo_type="dataset", private=False)
    return commit.oid


def _operations(
    folder: Path, manifest: Manifest, standing: Published
) -> Iterator[CommitOperationAdd | CommitOperationDelete]:
    """Every file of the folder, and what is to go; huggingface_hub leaves out what the Hub has already."""
    from huggingface_hub import CommitOperationAdd, CommitOperationDelete

    names = (*manifest.files, MANIFEST)
    for name in sorted(standing.files.keys() - {*names, ".gitattributes"}):
        yield CommitOperationDelete(name)
    for name in names:
        yield CommitOperationAdd(name, folder / name)
