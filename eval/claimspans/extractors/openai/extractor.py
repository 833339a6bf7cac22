"""``openai:URL#MODEL``: a language model behind the chat protocol of OpenAI, told by a prompt made from the schema.

The model quotes; the offsets are found afterwards. What is asked and what is said stands in `prompt`, `answer_form`
and `chat_answer`, the protocol in `chat`.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from ...data.corpus import Corpus
from ...data.corpus_folder import ANNOTATIONS, is_corpus
from ...data.predictions import read_gold
from ...data.problems import ClaimspansError
from ...data.schema import Schema, default_schema, no_schema, read_schema
from ...text.windows import Window, cut
from ..contract import Answer, Article, Refused
from ..registry import Loaded, Setting
from ..secrets import KEY
from .answers import Said, joined, read_content
from .cache import OFF, Cache
from .examples import Example, example
from .prompt import Message, Prompt, make_prompt, summary_of_guidelines
from .protocol import Reply, Server, TooLongError, reply_of, tokens_of

_FEWEST_WORDS = 40
"""A window is not cut further: what does not fit then will never."""

_MOST_WORKERS = 64

_OURS = frozenset({"model", "messages", "stream", "n", "response_format"})

Meta = msgspec.Meta


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a model is asked."""

    shots: Annotated[int, Meta(ge=0, description="annotated articles to show as examples; `--shots` sets it")] = 0
    claims: Annotated[bool, Meta(description="whether to ask for claims")] = True
    attributes: Annotated[bool, Meta(description="whether to ask for attributes")] = True
    response_format: Annotated[
        Literal["json_schema", "json_object", "none"],
        Meta(description="how the server holds the model to JSON, if it can"),
    ] = "json_schema"
    temperature: Annotated[float, Meta(ge=0, description="`null` leaves it to the server")] | None = 0.0
    seed: Annotated[int, Meta(description="for servers that know one")] | None = None
    max_tokens: Annotated[int, Meta(ge=1, description="the longest answer; else what the server allows")] | None = None
    extra: Annotated[str, Meta(description="a JSON object with further fields of the request")] = ""
    window: Annotated[int, Meta(ge=1, description="words of an article that are asked for at once")] = 2000
    overlap: Annotated[int, Meta(ge=0, description="words that two neighbouring windows share, at most half")] = 150
    guidelines: Annotated[
        str, Meta(description="a Markdown file with the section “One-page summary”; `off` for none; else the corpus's")
    ] = ""
    examples: Annotated[
        str, Meta(description="annotated articles to draw examples from, as `score --gold` takes them; else the gold")
    ] = ""
    cache: Annotated[str, Meta(description="a folder for answers; `off` for none; else one in the user's cache")] = ""
    timeout: Annotated[float, Meta(gt=0, description="seconds for an answer; `--timeout` is that for an article")] = (
        600.0
    )
    price_in: Annotated[float, Meta(ge=0, description="price of a million tokens of prompts")] | None = None
    price_out: Annotated[float, Meta(ge=0, description="price of a million tokens of answers")] | None = None
    check: Annotated[bool, Meta(description="whether the server must list the model")] = True


def load(target: str, options: Options, setting: Setting) -> Loaded:
    """The model, ready to be asked.

    Raises `ClaimspansError` where the URI names no model, nobody answers, the key is refused, the server has not the
    model, and for options that cannot be.
    """
    url, _, model = target.partition("#")
    if options.overlap > options.window // 2:
        raise ClaimspansError(f"openai: overlap={options.overlap}: expected at most half of window={options.window}")
    _extra(options.extra)
    prompt = prompt_for(options, setting)
    cache = Cache.at(options.cache)
    server = Server(url, os.environ.get(KEY), options.timeout)
    if options.check or not model:
        _refuse_unknown(url, model, server.models())
    asker = _Asker(server, model, options, prompt, cache, references_of(_schema(setting)))
    identity: dict[str, Any] = {"prompt": prompt.sha256}
    if options.shots:
        identity["examples"] = [one.article.doc for one in prompt.pool]
    return Loaded(asker.answer, identity, workers=_MOST_WORKERS)


def prompt_for(options: Options, setting: Setting) -> Prompt:
    """What a model is told with these options; raises `ClaimspansError` for files that are not what they must be."""
    schema = _schema(setting)
    labels = setting.asked or tuple(schema.labels)
    if not labels:
        raise ClaimspansError("openai: no label to ask for; name some with --map THEIRS=OURS, or give a schema")
    if options.guidelines and options.guidelines != OFF:
        guidelines: str | None = summary_of_guidelines(Path(options.guidelines))
    else:
        own = None if schema.path is None else schema.path.parent / ANNOTATIONS / "GUIDELINES.md"
        there = own is not None and own.is_file() and options.guidelines != OFF
        guidelines = summary_of_guidelines(own) if there and own is not None else None
    settings: dict[str, Any] = {"attributes": options.attributes, "claims": options.claims}
    prompt = make_prompt(schema, labels, guidelines=guidelines, shots=options.shots, **settings)
    return msgspec.structs.replace(prompt, pool=_pool(options, setting, schema, prompt)) if options.shots else prompt


def request(options: Options, prompt: Prompt, model: str, messages: Sequence[Message]) -> dict[str, Any]:
    """The body of a request, to the letter."""
    body: dict[str, Any] = {"model": model, "messages": list(messages), "stream": False}
    settings = {"temperature": options.temperature, "seed": options.seed, "max_tokens": options.max_tokens}
    body |= {name: value for name, value in settings.items() if value is not None}
    if options.response_format == "json_schema":
        form = {"name": "annotations", "strict": True, "schema": prompt.form}
        body["response_format"] = {"type": "json_schema", "json_schema": form}
    elif options.response_format == "json_object":
        body["response_format"] = {"type": "json_object"}
    return body | _extra(options.extra)


class _Asker:
    def __init__(
        self,
        server: Server,
        model: str,
        options: Options,
        prompt: Prompt,
        cache: Cache,
        references: frozenset[str],
    ) -> None:
        self._server = server
        self._model = model
        self._options = options
        self._prompt = prompt
        self._cache = cache
        self._references = references

    def answer(self, articles: Sequence[Article]) -> Iterator[Answer]:
        for article in articles:
            used: Counter[str] = Counter()
            try:
                said = self._said_of(article, used)
            except Refused as refused:
                failure = {"error": refused.detail, "kind": refused.kind, "retryable": refused.retryable}
                yield {"doc": article.doc, **failure, "retry_after": refused.retry_after, "usage": self._usage(used)}
            else:
                yield {"doc": article.doc, **joined(said, self._references), "usage": self._usage(used)}

    def _said_of(self, article: Article, used: Counter[str]) -> list[Said]:
        """What was said of each window, in reading order; a window that is too much is cut into smaller ones."""
        left = cut(article.text, self._options.window, self._options.overlap)[::-1]
        found = []
        while left:
            window = left.pop()
            answer = self._said_of_window(article, window, used)
            if answer is None:
                left += _smaller(window)[::-1]
            else:
                found.append(Said(window, answer))
        return found

    def _said_of_window(self, article: Article, window: Window, used: Counter[str]) -> dict[str, Any] | None:
        """The answer for a window, None where it must be smaller. What cannot be read is asked for once more."""
        words = len(window.text.split())
        whole = words == len(article.text.split())
        messages = self._prompt.messages(article, None if whole else (window.start, window.end))
        asked = {"url": self._server.url, "body": self._request(messages)}
        kept = self._cache.get(asked)
        if kept is not None:
            used["cached"] += 1
        wrong, reply = "", Reply("")
        for _ in range(2):
            try:
                answer = kept or self._ask(messages, used)
            except TooLongError as error:
                if words > _FEWEST_WORDS:
                    return None
                detail = f"the model cannot read so much: {error}; give fewer --shots, or take another model"
                raise Refused("error", detail) from error
            reply = reply_of(answer)
            if reply.refusal is not None:
                raise Refused("error", f"the model refused: {reply.refusal[:300]}")
            if reply.cut:
                self._cache.put(asked, answer)
                if words > _FEWEST_WORDS:
                    return None
                raise Refused("error", "the model had no room to finish its answer; set -o max_tokens higher")
            try:
                found = read_content(reply.content, claims=self._prompt.claims)
            except ValueError as error:
                wrong, kept = str(error), None
            else:
                self._cache.put(asked, answer)
                return found
            messages = [
                *messages,
                {"role": "assistant", "content": reply.content},
                {"role": "user", "content": f"That cannot be read: {wrong}. Answer again with the JSON object alone."},
            ]
        raise Refused("invalid", f"the model's answer cannot be read: {wrong}; it said {reply.content[:200]!r}")

    def _request(self, messages: Sequence[Message]) -> dict[str, Any]:
        return request(self._options, self._prompt, self._model, messages)

    def _ask(self, messages: Sequence[Message], used: Counter[str]) -> dict[str, Any]:
        answer = self._server.ask(self._request(messages))
        used.update({"requests": 1, **tokens_of(answer)})
        return answer

    def _usage(self, used: Counter[str]) -> dict[str, float]:
        """What was used; a cost where there are prices, and the server told of tokens."""
        found: dict[str, float] = dict(used)
        prices = {"prompt_tokens": self._options.price_in, "completion_tokens": self._options.price_out}
        costs = [used[kind] * price / 1e6 for kind, price in prices.items() if price is not None and kind in used]
        return found | ({"cost": sum(costs)} if costs else {})


def _smaller(window: Window) -> list[Window]:
    """A window in two, or three, that overlap a little."""
    words = len(window.text.split())
    parts = cut(window.text, words // 2 + words // 8, words // 8)
    return [Window(window.start + one.start, window.start + one.end, one.text) for one in parts]


def _schema(setting: Setting) -> Schema:
    if not setting.labels:
        return no_schema()
    return default_schema() if setting.schema is None else read_schema(setting.schema)


def references_of(schema: Schema) -> frozenset[str]:
    """The attributes that name spans."""
    return frozenset(attribute.name for _, attribute in schema.attributes() if attribute.compare == "spans")


def _pool(options: Options, setting: Setting, schema: Schema, prompt: Prompt) -> tuple[Example, ...]:
    """The articles that may be examples, in their order."""
    if options.examples:
        documents = list(read_gold(Path(options.examples), schema if setting.labels else None))
        bare = next((document.doc for document in documents if not document.text), None)
        if bare is not None:
            raise ClaimspansError(f"{options.examples}: {bare} has no text; an example needs one")
    elif schema.path is None or not is_corpus(schema.path.parent):
        raise ClaimspansError(
            f"openai: shots={options.shots}: {schema.name} is of no corpus with annotated articles; name examples with "
            "-o examples=FILE, nested JSON lines with doc, text, spans and claims"
        )
    else:
        documents = list(Corpus(schema.path.parent, schema).load())
    if options.shots >= len(documents):
        raise ClaimspansError(
            f"openai: shots={options.shots}: there are {len(documents)} annotated articles, and none is its own "
            f"example: at most {len(documents) - 1}"
        )
    labels = {name: schema.labels.get(name) for name in setting.asked or schema.labels}
    # The form of the answer has the attributes that a schema describes, and examples no others.
    settings = {"attributes": options.attributes and bool(setting.labels), "claims": prompt.claims}
    return tuple(example(document, labels, **settings) for document in documents)


def _extra(given: str) -> dict[str, Any]:
    try:
        found = json.loads(given or "{}")
    except ValueError as error:
        raise ClaimspansError(f"openai: extra={given}: not JSON: {error}") from error
    if not isinstance(found, dict) or _OURS & found.keys():
        raise ClaimspansError(f"openai: extra={given}: expected a JSON object without {', '.join(sorted(_OURS))}")
    return found


def _refuse_unknown(url: str, model: str, known: Sequence[str] | None) -> None:
    listed = f"; the server has {', '.join(known[:20])}" if known else ""
    if not model:
        raise ClaimspansError(f"openai:{url}: names no model: expected openai:{url}#MODEL{listed}")
    # A name may stand for its latest version, as Ollama has it.
    if known and model not in known and f"{model}:latest" not in known:
        raise ClaimspansError(f"openai:{url}: no model {model}{listed} (-o check=false asks it all the same)")
