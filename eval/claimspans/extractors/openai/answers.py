"""What a language model said as an answer of the contract: its JSON read, its ids made good, its parts joined."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import msgspec

from ...text.quotes import Aligned, Quote, align_quotes
from ...text.windows import Window, merge

_THOUGHT = re.compile(r"\A.*?</think>", re.DOTALL)  # the opening tag may stand in the chat template
_FENCED = re.compile(r"```[a-zA-Z]*\s*\n(.*?)```", re.DOTALL)

_TO_SPANS = ("cue", "holders", "via", "cargo", "when")
_TO_CLAIMS = ("target", "same_as")
"""Fields of a claim that refer to other records."""


def read_content(content: str, *, claims: bool) -> dict[str, Any]:
    """The JSON object in what a model said, be it fenced or in a sentence.

    Raises `ValueError`, its message for the model, where there is none, more than one, or one without the arrays
    that were asked for: half of an answer would look like a model that found little.
    """
    said = _THOUGHT.sub("", content)
    if not said.strip():
        raise ValueError("it is empty")
    fenced = _FENCED.findall(said)
    if len(fenced) > 1:
        raise ValueError(f"it has {len(fenced)} blocks; expected one JSON object")
    text = fenced[0] if fenced else said
    start = text.find("{")
    if start < 0:
        raise ValueError("it has no JSON object")
    try:
        found, end = _DECODER.raw_decode(text, start)
        if re.search(r"[\[\]{}]", text[:start] + text[end:]):
            raise ValueError("expected one JSON object, and nothing else")
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise ValueError("it has half of a surrogate pair, which is no character") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    for field in ("quotes", "claims") if claims else ("quotes",):
        if not isinstance(found.get(field), list):
            raise ValueError(f"it has no array “{field}”")  # noqa: TRY004 -- the model's mistake, not a caller's
    return {field: found[field] for field in ("quotes", "claims") if isinstance(found.get(field), list)}


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("a key stands twice in an object")
    return data


_DECODER = json.JSONDecoder(parse_constant=_refuse, object_pairs_hook=_object)


class Said(msgspec.Struct, frozen=True):
    """What was said of a window of an article."""

    window: Window
    answer: Mapping[str, Any]


def joined(said: Sequence[Said], references: Collection[str]) -> dict[str, Any]:
    """The answer for an article from those for its windows, in reading order.

    ``references`` are the attributes that name spans. Ids are given anew, so that one that a model gave twice, or in
    two windows, costs nothing. With one window the quotes stay quotes; with several each is looked for in its own
    window, and what windows that overlap say alike is said once.
    """
    span_ids, claim_ids = (f"s{number}" for number in count(1)), (f"c{number}" for number in count(1))
    parts = [_Part(one, span_ids, claim_ids) for one in said]
    if len(parts) == 1:
        quotes = [_renamed_in(quote, references, parts[0].span_ids) for quote in parts[0].quotes]
        return {"quotes": quotes, "claims": _claims_once(parts)}
    spans, lost = _placed(parts)
    of = {quote["id"]: part for part in parts for quote in part.quotes if isinstance(quote, dict)}
    return {
        "spans": [_renamed_in(span, references, of[span["id"]].span_ids) for span in spans],
        "quotes": [_renamed_in(quote, references, part.span_ids) for part, quote in lost],
        "claims": _claims_once(parts),
    }


class _Part:
    """An answer with new ids; ``span_ids`` and ``claim_ids`` map those that the model gave to these."""

    def __init__(self, said: Said, spans: Iterator[str], claims: Iterator[str]) -> None:
        self.window = said.window
        self.span_ids: dict[str, str] = {}
        self.claim_ids: dict[str, str] = {}
        self.quotes = [_numbered(one, spans, self.span_ids) for one in said.answer["quotes"]]
        self.claims = [_numbered(one, claims, self.claim_ids) for one in said.answer.get("claims", ())]


def _numbered(given: Any, names: Iterator[str], known: dict[str, str]) -> Any:
    if not isinstance(given, dict):
        return given
    own = next(names)
    if isinstance(given.get("id"), str | int):
        known.setdefault(str(given["id"]), own)
    found = {**given, "id": own}
    if found.get("occurrence") == 0:  # which models say for "there is but one"
        found["occurrence"] = None
    return found


def _placed(parts: Sequence[_Part]) -> tuple[list[dict[str, Any]], list[tuple[_Part, Any]]]:
    """The spans of the article, and the quotes that their window does not hold.

    What refers to a span for which another window's stands, refers to that from now on.
    """
    found, lost = [], []
    for part in parts:
        asked = [(data, quote) for data in part.quotes if (quote := _quote_of(data)) is not None]
        lost += [(part, data) for data in part.quotes if _quote_of(data) is None]
        aligned = align_quotes(part.window.text, [quote for _, quote in asked])
        lost += [
            (part, {**data, "alignment": "unaligned"})
            for (data, _), place in zip(asked, aligned, strict=True)
            if place.status == "unaligned"
        ]
        places = zip(asked, aligned, strict=True)
        found.append([_span(data, place) for (data, _), place in places if place.status != "unaligned"])
    spans = merge(zip((part.window for part in parts), found, strict=True))
    kept = {span["id"] for span in spans}
    for part, own in zip(parts, found, strict=True):
        stands = {span["id"]: _stands_for(span, part.window, spans) for span in own if span["id"] not in kept}
        part.span_ids = {given: stands.get(name, name) for given, name in part.span_ids.items()}
    return spans, lost


def _stands_for(span: Mapping[str, Any], window: Window, spans: Sequence[Mapping[str, Any]]) -> str:
    start, end = span["start"] + window.start, span["end"] + window.start
    over = (one for one in spans if one["label"] == span["label"] and one["start"] < end and start < one["end"])
    return str(next(over)["id"])


def _quote_of(data: Any) -> Quote | None:
    """The quote; None for what is none, which whoever reads the answer rejects with its reason."""
    try:
        quote = msgspec.convert({key: data[key] for key in Quote.__struct_fields__ if key in data}, Quote)
    except (msgspec.ValidationError, TypeError):
        return None
    return quote if quote.occurrence is None or quote.occurrence > 0 else None


def _span(data: Mapping[str, Any], place: Aligned) -> dict[str, Any]:
    found = {key: value for key, value in data.items() if key not in Quote.__struct_fields__ and key != "score"}
    found |= {"label": place.label, "start": place.start, "end": place.end, "text": place.text}
    return found | {"alignment": place.status}


def _claims_once(parts: Sequence[_Part]) -> list[Any]:
    """The claims; one that an earlier window states word for word is that one."""
    first: dict[str, tuple[_Part, str]] = {}
    kept: list[tuple[_Part, Any]] = []
    for part in parts:
        for given in part.claims:
            claim = _renamed_in(given, _TO_SPANS, part.span_ids)
            if isinstance(claim, dict):
                own = {key: value for key, value in claim.items() if key not in ("id", *_TO_CLAIMS)}
                earlier, name = first.setdefault(json.dumps(own, sort_keys=True), (part, claim["id"]))
                if earlier is not part:
                    same = claim["id"]
                    part.claim_ids = {raw: name if known == same else known for raw, known in part.claim_ids.items()}
                    continue
            kept.append((part, claim))
    return [_renamed_in(claim, _TO_CLAIMS, part.claim_ids) for part, claim in kept]


def _renamed_in(record: Any, fields: Collection[str], ids: Mapping[str, str]) -> Any:
    if not isinstance(record, dict):
        return record
    return {key: _renamed(value, ids) if key in fields else value for key, value in record.items()}


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    """References by their new ids; one to nothing must not come to name what now has its id."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        return ids.get(str(value), f"none-{value}") if value != "" else None
    if isinstance(value, list):
        return [one for one in (_renamed(each, ids) for each in value) if one is not None]
    if isinstance(value, dict):  # a row of a claim's cargo
        return {key: inner if key == "relation" else _renamed(inner, ids) for key, inner in value.items()}
    return value
