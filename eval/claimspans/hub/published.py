"""What the Hub has of a repository, asked through huggingface_hub's own login."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from ..problems import ClaimspansError
from .folder import MANIFEST, Manifest

_OURS_OR_NOBODYS = frozenset({".gitattributes", "README.md"})
"""Files that the Hub makes with a repository, or its web page does."""


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """A repository as it stands: ``head`` is its newest commit, None where there is no repository, and then no more."""

    repo: str
    head: str | None = None
    files: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    public: bool = False

    @property
    def foreign(self) -> list[str]:
        """Files of a repository that no build of ours made."""
        return [] if MANIFEST in self.files else [name for name in self.files if name not in _OURS_OR_NOBODYS]


def look(repo: str) -> Published:
    """What is published under a name; raises `ClaimspansError` where the Hub cannot be asked."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

    api = HfApi()
    with hub_errors(repo, "nothing was changed"):
        try:
            info = api.dataset_info(repo, revision="main")
        except GatedRepoError:
            raise  # it is there
        except RepositoryNotFoundError:
            return Published(repo=repo)
        tags = [tag.name for tag in api.list_repo_refs(repo, repo_type="dataset").tags]
        files = [sibling.rfilename for sibling in info.siblings or ()]
        return Published(repo=repo, head=info.sha, files=tuple(files), tags=tuple(tags), public=info.private is False)


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
        remedy = "; log in with an account that may write there: hf auth login" if status in (401, 403) else ""
        said = str(error.server_message or "").strip() or str(error).splitlines()[0]
        raise ClaimspansError(f"{repo}: the Hub refused ({status}: {said}); {consequence}{remedy}") from error
    except broken as error:
        raise ClaimspansError(
            f"{repo}: the connection to the Hub broke ({type(error).__name__}: {error}); {consequence}"
        ) from error
