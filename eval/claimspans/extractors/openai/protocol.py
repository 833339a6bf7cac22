"""The chat-completions protocol of OpenAI and of those who speak it: one question, one answer, what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from ...data.problems import ClaimspansError
from ..adapters.http import retry_after
from ..contract import Refused
from ..secrets import KEY, blanked, decoded

if TYPE_CHECKING:
    import ssl

    import httpx

_BUSY = frozenset({408, 409, 425, 429})
_LOAD_TIMEOUT = 30.0
"""Seconds to connect, and to say which models there are."""


class Reply(msgspec.Struct, frozen=True):
    """What the model said. ``cut`` where it had no room to say all of it."""

    content: str
    cut: bool = False
    refusal: str | None = None


class TooLongError(Exception):
    """The question is longer than the model can read; the text says what the server said."""


class Server:
    """A server at a base URL such as ``http://127.0.0.1:8000/v1``."""

    def __init__(self, url: str, key: str | None, timeout: float) -> None:
        """``timeout`` in seconds. Raises `ClaimspansError` for what is no base URL, and for what is no key."""
        import httpx

        self.url = url.rstrip("/")
        self._key = (key or "").strip()
        _refuse_url(url)
        if not (self._key.isascii() and self._key.isprintable()):
            raise ClaimspansError(f"{KEY} holds a character that no key has; set it again")
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        # An answer takes seconds: a connection kept open would save nothing, and be closed by nobody.
        self._client = httpx.Client(
            headers=headers,
            verify=_certificates(),
            timeout=httpx.Timeout(timeout, connect=min(timeout, _LOAD_TIMEOUT)),
            limits=httpx.Limits(max_keepalive_connections=0),
        )
        self._timeout = timeout

    def models(self) -> list[str] | None:
        """The models that it has, None where it does not tell.

        Raises `ClaimspansError` where nobody answers, the key is refused, or this is not the base URL.
        """
        import httpx

        try:
            response = self._client.get(f"{self.url}/models", timeout=_LOAD_TIMEOUT)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ClaimspansError(f"{self.url}: no answer ({self._said(error)}); does a server run there?") from error
        status = response.status_code
        if status in (401, 403):
            raise ClaimspansError(self._refused_key(response))
        if status == 404 and not self.url.endswith("/v1") and self._has_models(f"{self.url}/v1"):
            raise ClaimspansError(f"{self.url}: no language model there, but at {self.url}/v1: name that URL")
        if status >= 500:
            raise ClaimspansError(f"{self.url}: answers {status} ({self._detail(response)}); try again when it is well")
        if status != 200:
            return None
        return _model_names(blanked(response.text))

    def _has_models(self, url: str) -> bool:
        import httpx

        try:
            return self._client.get(f"{url}/models", timeout=_LOAD_TIMEOUT).status_code == 200
        except httpx.HTTPError:
            return False

    def ask(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The server's answer to a chat completion, the key hidden in it.

        Raises `Refused`: retryable where the server is busy or cannot be reached, not where it will say the same again.
        Raises `TooLongError` where the model cannot read so much.
        """
        import httpx

        try:
            response = self._client.post(f"{self.url}/chat/completions", json=body)
        except httpx.ReadTimeout as error:
            raise Refused("timeout", f"no answer within {self._timeout:g} s") from error
        except httpx.HTTPError as error:
            raise Refused("unavailable", f"{self.url}: {self._said(error)}", retryable=True) from error
        if response.status_code != 200:
            raise self._refusal(response)
        try:
            answer = decoded(response.text)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            streamed = response.headers.get("content-type", "").startswith("text/event-stream")
            what = "a stream, though asked for none" if streamed else "no JSON object"
            raise Refused("invalid", f"the server answered with {what}: {blanked(response.text)[:200]}")
        return answer

    def _refusal(self, response: httpx.Response) -> Refused | TooLongError:
        status, detail = response.status_code, self._detail(response)
        code = _error(response).get("code")
        if status in (401, 403):
            return Refused("error", self._refused_key(response))
        if code == "insufficient_quota":
            return Refused("error", f"{status}: {detail}")
        if status in _BUSY or status >= 500:
            wait = retry_after(response.headers.get("retry-after"))
            return Refused("unavailable", f"{status}: {detail}", retryable=True, retry_after=wait)
        too_long = status in (400, 413, 422) and "context" in detail and "length" in detail
        if too_long or code == "context_length_exceeded":
            return TooLongError(detail)
        return Refused("error", f"{status}: {detail}{_remedy(status, detail)}")

    def _refused_key(self, response: httpx.Response) -> str:
        state = f"the key of {KEY}" if self._key else f"requests without a key: set {KEY}"
        return f"{self.url}: answers {response.status_code}, so it refuses {state} ({self._detail(response)})"

    def _detail(self, response: httpx.Response) -> str:
        error = _error(response)
        said = error.get("message") or error.get("detail") or response.text
        return " ".join(blanked(str(said)).split())[:300] or blanked(response.reason_phrase)

    def _said(self, error: Exception) -> str:
        return blanked(str(error)) or type(error).__name__


def reply_of(answer: Mapping[str, Any]) -> Reply:
    """What the model said in a server's answer; raises `Refused` for one without a choice."""
    try:
        choice = answer["choices"][0]
        message = choice["message"]
        content, refusal = message.get("content"), message.get("refusal")
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise Refused("invalid", f"the server's answer has no choices[0].message: {str(answer)[:200]}") from error
    if isinstance(content, list):  # in parts, as some servers give it
        content = "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    finish = choice.get("finish_reason")
    if finish == "content_filter" and not refusal:
        refusal = "its server filtered the answer"
    return Reply(content if isinstance(content, str) else "", finish == "length", refusal or None)


def tokens_of(answer: Mapping[str, Any]) -> dict[str, int]:
    """The tokens that a server says were used; nothing where it does not say."""
    usage = answer.get("usage")
    fields = ("prompt_tokens", "completion_tokens")
    found = {field: usage.get(field) for field in fields} if isinstance(usage, Mapping) else {}
    return {field: count for field, count in found.items() if type(count) is int and count >= 0}


@cache
def _certificates() -> ssl.SSLContext:
    """Whom to trust: read once, as it takes longer than many a question."""
    import httpx

    return httpx.create_ssl_context()


def _refuse_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.query:
        raise ClaimspansError(f"openai:{url}: expected a base URL without what follows a ?")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ClaimspansError(f"openai:{url}: expected a base URL such as http://127.0.0.1:8000/v1")


def _error(response: httpx.Response) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(response.content)
    except msgspec.DecodeError:
        return {}
    error = found.get("error", found) if isinstance(found, dict) else {}
    return error if isinstance(error, dict) else {"message": str(error)}


def _model_names(text: str) -> list[str] | None:
    try:
        found = msgspec.json.decode(text)
        return [str(model["id"]) for model in found["data"]]
    except (msgspec.DecodeError, KeyError, TypeError):
        return None


def _remedy(status: int, detail: str) -> str:
    """What may mend what a server refuses, by the names in its message."""
    if "response_format" in detail or "json_schema" in detail or "guided" in detail:
        return "; it may take -o response_format=json_object, or none"
    if "max_completion_tokens" in detail:
        return "; set it with -o extra='{\"max_completion_tokens\": …}' instead of -o max_tokens"
    if "temperature" in detail:
        return "; it may take -o temperature=null"
    return "; is the base URL right?" if status in (404, 405) else ""
