"""A checked folder to the Hub: the repository, one commit with everything in it, the version's tag."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ..problems import ClaimspansError
from .folder import Manifest, hashes, read_manifest
from .published import Published, hub_errors, look, published_manifest


class Plan(msgspec.Struct, frozen=True):
    """What a push would do, in order."""

    repo: str
    tag: str
    steps: tuple[str, ...]
    manifest: Manifest
    standing: Published


def plan(folder: Path | str, repo: str, *, private: bool = False, with_articles: bool = False) -> Plan:
    """What pushing a folder would do; asks the Hub and changes nothing.

    Raises `ClaimspansError` for a folder that is not as it was built, or was built for another name; for a hydrated
    one, unless ``with_articles`` says that the articles may be published; for a repository with other content, or a
    public one where it is to be ``private``; and for a version that is published with other content.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    if hashes(folder) != manifest.files:
        raise ClaimspansError(f"{folder}: is not as it was built; build it again, then check and push it")
    if manifest.hydrated and not with_articles:
        raise ClaimspansError(
            f"{folder}: is hydrated: it was published without the articles, which are their publishers', and holds "
            "somebody's own copies of them; push the folder that it was hydrated from, or, if you may publish the "
            "articles, say so with --with-articles"
        )
    if manifest.repo != repo:
        raise ClaimspansError(
            f"{folder}: its card tells the reader to load {manifest.repo}, not {repo}; "
            f"build it with: claimspans hub build {folder} --repo {repo}"
        )
    tag = f"v{manifest.dataset}"
    standing = look(repo)
    if standing.foreign:
        named = ", ".join(standing.foreign[:3]) + (" …" if len(standing.foreign) > 3 else "")
        raise ClaimspansError(
            f"{repo}: exists with other content ({named}), which a push would remove; name another repository, or "
            "empty that one first"
        )
    if private and standing.public:
        raise ClaimspansError(
            f"{repo}: is there and public, and --private makes only a new repository private; make it private on the "
            "Hub first, or push without --private"
        )
    if tag in standing.tags:
        if published_manifest(repo, tag).files != manifest.files:
            raise ClaimspansError(
                f"{repo}: {tag} is published with other content; a published version stays as it is: give the dataset "
                "a new version (DATASET_VERSION, annotations/CHANGELOG.md) and build again"
            )
        return Plan(repo, tag, (), manifest, standing)
    steps = (
        *(() if standing.head else (f"create the dataset {repo}",)),
        f"upload {len(manifest.files) + 1} files in one commit and remove what is not among them",
        f"tag it {tag}",
    )
    return Plan(repo, tag, steps, manifest, standing)


def needs_login() -> None:
    """Raises `ClaimspansError` without huggingface_hub's own login."""
    from huggingface_hub import get_token

    if get_token() is None:
        raise ClaimspansError("not logged in to the Hub: log in with: hf auth login (or set HF_TOKEN)")


def push(folder: Path | str, planned: Plan, *, private: bool = False) -> str:
    """Carry out a plan and return the commit that the tag names.

    A push that was broken off is completed by another: the repository may exist, and a commit that changes nothing is
    not made. Raises `ClaimspansError` without a login, and when the Hub refuses or the network breaks.
    """
    from huggingface_hub import HfApi
    from huggingface_hub.utils.tqdm import disable_progress_bars

    needs_login()
    disable_progress_bars()
    api = HfApi(library_name="claimspans")
    repo, tag = planned.repo, planned.tag
    if not planned.steps:
        return planned.standing.head or ""
    with hub_errors(repo, "the version is not tagged, so nobody loads it by its tag; run the same command again"):
        # An organisation may have it that its repositories are private unless it is said otherwise.
        api.create_repo(repo, repo_type="dataset", private=private or None, exist_ok=True)
        # What came there since the plan was made is not removed: the Hub refuses a commit upon another one.
        head = planned.standing.head or api.repo_info(repo, repo_type="dataset").sha
        commit = api.upload_folder(
            repo_id=repo,
            repo_type="dataset",
            folder_path=folder,
            commit_message=f"Dataset {planned.manifest.dataset}, {planned.manifest.made_by}",
            delete_patterns="*",
            parent_commit=head,
        )
        api.create_tag(repo, repo_type="dataset", tag=tag, revision=commit.oid, exist_ok=True)
    return commit.oid
