"""``http://…`` and ``https://…``: a service to which an article is POSTed, and which answers as the contract says.

A bearer token comes from the environment, never from the URL: the URL is written into files.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from ...data.problems import ClaimspansError, short
from ..contract import Answer, Article, Refused
from ..registry import Loaded, Setting
from ..secrets import TOKEN, blanked, decoded, secret

if TYPE_CHECKING:
    import httpx

LONGEST = 1 << 24
"""Bytes of an answer; what is longer is no answer."""

_LONGEST_WAIT = 12
"""Digits of a time to wait, in seconds; nobody waits for more."""

_LATER = (408, 425, 429)
"""Statuses below 500 that ask to be asked again (RFC 9110, 8470, 6585)."""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long a service may take."""

    timeout: Annotated[
        float,
        msgspec.Meta(gt=0, description="seconds for an answer; less than the run's --timeout, which ends a worker"),
    ] = 50.0


def load(target: str, options: Options, _setting: Setting) -> Loaded:
    """The service, asked once whether it is there; raises `ClaimspansError` where it is not."""
    import httpx

    token = secret(TOKEN)
    client = httpx.Client(
        headers={"Authorization": f"Bearer {token}"} if token else {},
        timeout=httpx.Timeout(options.timeout, connect=min(10.0, options.timeout)),
    )
    _require_answer(client, target)

    def answer(articles: Sequence[Article]) -> Iterator[Answer]:
        for article in articles:
            try:
                yield ask(client, target, article, options.timeout)
            except Refused as refused:
                yield {
                    "doc": article.doc,
                    "error": blanked(refused.detail),
                    "kind": refused.kind,
                    "retryable": refused.retryable,
                    "retry_after": refused.retry_after,
                }

    return Loaded(answer, {})


def _require_answer(client: httpx.Client, url: str) -> None:
    """Any answer will do: few services know HEAD, but what answers it is there and speaks HTTP."""
    import httpx

    try:
        client.head(url, timeout=10.0)
    except httpx.ReadTimeout:
        return
    except (httpx.TransportError, httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError) as error:
        raise ClaimspansError(
            f"{url}: does not answer ({str(error) or type(error).__name__}); start the service, or mend the URL"
        ) from error


def ask(client: httpx.Client, url: str, article: Article, timeout: float) -> Answer:
    """What a service says of an article; raises `Refused`.

    Retryable are the statuses 408, 425, 429 and those from 500 on, with the time of ``Retry-After``, and connections
    that fail; an answer that takes more than ``timeout`` seconds, any other status and what is no JSON object are not.
    """
    import httpx

    end = time.monotonic() + timeout
    body = msgspec.json.encode(article)
    said = bytearray()
    try:
        with client.stream("POST", url, content=body, headers={"Content-Type": "application/json"}) as response:
            for part in response.iter_bytes():
                said += part
                if len(said) > LONGEST:
                    raise Refused("invalid", f"an answer of more than {LONGEST >> 20} MiB")
                if time.monotonic() > end:
                    raise Refused("timeout", f"no whole answer within {timeout:g} s")
    except (httpx.ReadTimeout, httpx.WriteTimeout) as error:
        raise Refused("timeout", f"no answer within {timeout:g} s") from error
    except httpx.TransportError as error:
        detail = f"{type(error).__name__}: {error}"
        raise Refused("unavailable", detail, retryable=True) from error
    except httpx.DecodingError as error:
        raise Refused("invalid", f"an answer that cannot be decoded: {error}") from error
    if not response.is_success:
        raise _status(response.status_code, response.headers, bytes(said))
    return _object(article, bytes(said))


def _status(status: int, headers: Mapping[str, str], said: bytes) -> Refused:
    detail = f"HTTP {status}"
    if 300 <= status < 400:
        detail += f" to {headers.get('location', 'nowhere')}: a redirection is not followed, name its target"
    elif said:
        detail += f": {short(said.decode('utf-8', 'replace').strip(), 200)}"
    if status in _LATER or status >= 500:
        return Refused("unavailable", detail, retryable=True, retry_after=retry_after(headers.get("retry-after")))
    return Refused("refused", detail)


def retry_after(given: str | None, now: datetime | None = None) -> float | None:
    """Seconds to wait, from a Retry-After header: seconds, or a date (RFC 9110, 10.2.3); None for what is neither."""
    if given is None:
        return None
    if given.strip().removeprefix("-").isdecimal():
        return max(0.0, float(given)) if len(given) <= _LONGEST_WAIT else None
    try:
        when = parsedate_to_datetime(given)
    except (ValueError, OverflowError):
        return None
    when = when if when.tzinfo is not None else when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())


def _object(article: Article, said: bytes) -> Answer:
    try:
        data: Any = decoded(said)
    except (ValueError, RecursionError) as error:
        raise Refused(
            "invalid", f"an answer that is not JSON ({error}): {short(said[:200].decode('utf-8', 'replace'))}"
        ) from error
    if not isinstance(data, dict):
        raise Refused("invalid", f"an answer that is {type(data).__name__}; expected an object with spans or quotes")
    if data.get("doc", article.doc) != article.doc:
        raise Refused("invalid", f"an answer for article {data['doc']!r}")
    return {**data, "doc": article.doc}
