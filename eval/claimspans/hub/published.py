"""What the Hub has of a repository, asked through huggingface_hub's own login."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from ..data.hashes import sha256_of
from ..data.problems import ClaimspansError
from .folder import MANIFEST, Manifest

_OURS_OR_NOBODYS = frozenset({".gitattributes", "README.md"})
"""Files that the Hub makes with a repository, or its web page does."""


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """A repository as it stands: ``head`` is its newest commit, None where there is no repository, and then no more.

    ``files`` are git's ids of their contents by path, or the SHA-256 of what git itself does not hold.
    """

    repo: str
    head: str | None = None
    files: Mapping[str, str] = {}
    tags: tuple[str, ...] = ()
    public: bool = False
    gated: bool = False

    @property
    def foreign(self) -> list[str]:
        """Files of a repository that no build of ours made."""
        return [] if MANIFEST in self.files else [name for name in self.files if name not in _OURS_OR_NOBODYS]

    def has(self, folder: Path, names: Collection[str]) -> bool:
        """Whether just these files of a folder are there, with the same contents."""
        return self.files.keys() - {".gitattributes"} == set(names) and all(
            self.files[name] in _ids((folder / name).read_bytes()) for name in names
        )


def _ids(raw: bytes) -> tuple[str, str]:
    """A content's id in git, and its SHA-256."""
    git = hashlib.sha1(b"blob %d\0" % len(raw) + raw, usedforsecurity=False)
    return git.hexdigest(), sha256_of(raw)


def valid_name(repo: str) -> None:
    """Raises `ClaimspansError` for what can be no name of a dataset on the Hub."""
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils import validate_repo_id  # type: ignore[attr-defined]  # not listed there

    try:
        validate_repo_id(repo)
    except HFValidationError:
        named = False
    else:
        named = repo.count("/") == 1
    if not named:
        raise ClaimspansError(
            f"{repo!r}: no name of a dataset on the Hub; expected OWNER/NAME, of letters, figures, '-', '_' and '.'"
        )


def look(repo: str) -> Published:
    """What is published under a name; raises `ClaimspansError` where the Hub cannot be asked."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

    api = HfApi()
    with hub_errors(repo, "nothing was changed"):
        try:
            info = api.dataset_info(repo, revision="main", files_metadata=True)
        except GatedRepoError:
            raise  # it is there
        except RepositoryNotFoundError:
            return Published(repo=repo)
        tags = [tag.name for tag in api.list_repo_refs(repo, repo_type="dataset").tags]
        files = {each.rfilename: each.lfs.sha256 if each.lfs else each.blob_id or "" for each in info.siblings or ()}
        seen = {"public": info.private is False, "gated": bool(info.gated)}
        return Published(repo=repo, head=info.sha, files=files, tags=tuple(tags), **seen)


def may_write() -> None:
    """Raises `ClaimspansError` without huggingface_hub's own login, or with one that can be seen to write nowhere."""
    from huggingface_hub import HfApi, get_token

    if get_token() is None:
        raise ClaimspansError("not logged in to the Hub: log in with: hf auth login (or set HF_TOKEN)")
    with hub_errors("the login", "nothing was changed"):
        token = HfApi().whoami().get("auth", {}).get("accessToken", {})
    if token.get("role") == "read":
        raise ClaimspansError(
            f"the login's token “{token.get('displayName', '')}” may only read; nothing was changed: log in with one "
            "that may write: hf auth login"
        )


def fetch(repo: str, into: Path, revision: str | None = None) -> Path:
    """Download a revision of a repository into a folder; raises `ClaimspansError` where there is none."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import RepositoryNotFoundError, RevisionNotFoundError
    from huggingface_hub.utils.tqdm import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars

    shown = not are_progress_bars_disabled()
    disable_progress_bars()
    with hub_errors(repo, "nothing was changed"):
        try:
            return Path(snapshot_download(repo, repo_type="dataset", revision=revision, local_dir=into))
        except RevisionNotFoundError as error:
            raise ClaimspansError(
                f"{repo}: has no revision {revision}; name a tag such as v1.0.0, or a commit"
            ) from error
        except RepositoryNotFoundError as error:
            raise ClaimspansError(f"{repo}: no such dataset on the Hub, or none that you may see") from error
        finally:
            if shown:
                enable_progress_bars()


def published_manifest(repo: str, revision: str) -> Manifest:
    """The manifest of a published revision."""
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import RemoteEntryNotFoundError

    with hub_errors(repo, "nothing was changed"):
        try:
            path = hf_hub_download(repo, MANIFEST, repo_type="dataset", revision=revision)
        except RemoteEntryNotFoundError as error:
            raise ClaimspansError(
                f"{repo}: {revision} names what is no build of ours; name another repository, or remove that tag"
            ) from error
    try:
        return msgspec.json.decode(Path(path).read_bytes(), type=Manifest)
    except msgspec.MsgspecError as error:
        raise ClaimspansError(f"{repo}@{revision}: its {MANIFEST} cannot be read ({error})") from error


@contextmanager
def hub_errors(repo: str, consequence: str) -> Iterator[None]:
    """What huggingface_hub and the network raise, as a `ClaimspansError` that says what it leaves behind."""
    import httpx
    from huggingface_hub import constants
    from huggingface_hub.errors import (
        HfHubHTTPError,
        HFValidationError,
        LocalEntryNotFoundError,
        OfflineModeIsEnabled,
    )

    # A download says that it has no file of its own where the network is why.
    broken: tuple[type[Exception], ...] = (
        httpx.HTTPError,
        LocalEntryNotFoundError,
        OfflineModeIsEnabled,
        ConnectionError,
    )
    try:
        import httpx2

        broken += (httpx2.HTTPError,)
    except ImportError:
        pass  # older versions of huggingface_hub do without
    try:
        yield
    except UnicodeEncodeError as error:
        raise ClaimspansError("the login's token has letters that no token has; log in again: hf auth login") from error
    except HFValidationError as error:
        raise ClaimspansError(f"{repo}: no name of a repository; expected OWNER/NAME") from error
    except HfHubHTTPError as error:
        status = error.response.status_code if error.response is not None else "no answer"
        remedy = "; log in with an account that may do it: hf auth login" if status in (401, 403) else ""
        said = str(error.server_message or "").strip() or str(error).splitlines()[0]
        raise ClaimspansError(f"{repo}: the Hub refused ({status}: {said}); {consequence}{remedy}") from error
    except broken as error:
        if constants.HF_HUB_OFFLINE:
            raise ClaimspansError(
                f"{repo}: the Hub is not asked while HF_HUB_OFFLINE is set; {consequence}: unset it, and try again"
            ) from error
        said = next(iter(str(error).splitlines()), "")
        raise ClaimspansError(
            f"{repo}: the connection to the Hub broke ({type(error).__name__}: {said}); {consequence}: is the network "
            "there, and the address that HF_ENDPOINT names?"
        ) from error
