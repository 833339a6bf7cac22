"""A linear-chain CRF behind a small convolutional network, over the vectors, syntactic heads and features of a line.

After Collobert et al. (2011), with frozen contextual vectors instead of learnt ones.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from claimspans.data.bio import OUTSIDE

from .training_lines import Line

_EPOCHS, _STEPS = 12, 250
"""Over all lines at least so often, and at least so many steps: few articles are gone over more often."""
_BATCH, _RATE, _CLIPPED = 16, 2e-3, 5.0
_WIDTH, _EMBEDDED = 200, 64
"""Dimensions of a token and of a feature in the network."""
_REACH = 3
"""Tokens that a convolution sees."""
_DROPPED, _FEATURES_DROPPED = 0.4, 0.3
_LEAST = 2
"""Tokens with a feature below which it is not learnt."""
_NEVER = -1e4


class _Network:
    """The parameters, and what they say of a batch."""

    def __init__(self, tags: Sequence[str], features: Mapping[str, int], width: int) -> None:
        import torch
        from torch import nn

        self.tags, self.features = tags, features
        self._dropout = nn.Dropout(_DROPPED)
        self.parts = nn.ModuleDict(
            {
                "project": nn.Linear(width, _WIDTH),
                "embed": nn.EmbeddingBag(len(features) + 1, _EMBEDDED, mode="sum"),
                "near": nn.Conv1d(2 * _WIDTH + _EMBEDDED, _WIDTH, _REACH, padding="same"),
                "far": nn.Conv1d(_WIDTH, _WIDTH, _REACH, padding="same"),
                "tell": nn.Linear(_WIDTH, len(tags)),
                "dropout": self._dropout,
                "moves": nn.ParameterDict({"first": torch.zeros(len(tags)), "next": torch.zeros(len(tags), len(tags))}),
            }
        )
        nn.init.normal_(self.parts["embed"].weight, std=0.02)
        inside = torch.tensor([tag.startswith("I-") for tag in tags])
        label = [tag[2:] for tag in tags]
        foreign = torch.tensor([[one != other for other in label] for one in label])
        self._never_first, self._never_next = _NEVER * inside, _NEVER * (inside & foreign)

    def moves(self) -> tuple[Any, Any]:
        """What a tag scores at the beginning of a line, and each behind each; I- goes on with its own label alone."""
        moves = self.parts["moves"]
        return moves["first"] + self._never_first, moves["next"] + self._never_next

    def scores(self, lines: Sequence[Line]) -> Any:
        """What the network says of each tag, (lines, tokens, tags); lines are padded to the longest."""
        import torch
        from torch.nn.functional import relu
        from torch.nn.utils.rnn import pad_sequence

        vectors = pad_sequence([torch.from_numpy(line.vectors) for line in lines], batch_first=True)
        heads = pad_sequence([torch.tensor(line.heads) for line in lines], batch_first=True)
        there = pad_sequence([torch.ones(len(line.tokens), 1) for line in lines], batch_first=True)
        own = relu(self.parts["project"](vectors * self._kept(vectors)))
        of_heads = torch.gather(own, 1, heads[:, :, None].expand(-1, -1, own.shape[2]))
        seen = torch.cat([own, of_heads, self._embedded(lines, own.shape[1])], dim=2)
        near = relu(self._convolved("near", self._dropout(seen) * there)) * there
        return self.parts["tell"](self._dropout(near + relu(self._convolved("far", self._dropout(near)))))

    def _kept(self, vectors: Any) -> Any:
        """Which dimensions of each line are not dropped: a draw for each token would take a third of the time."""
        import torch

        if not self.parts.training:
            return 1
        return (torch.rand(len(vectors), 1, vectors.shape[2]) >= _DROPPED) / (1 - _DROPPED)

    def _convolved(self, part: str, rows: Any) -> Any:
        return self.parts[part](rows.transpose(1, 2)).transpose(1, 2)

    def _embedded(self, lines: Sequence[Line], longest: int) -> Any:
        import torch

        known: list[int] = []
        begin: list[int] = []
        for line in lines:
            for token in line.features:
                begin.append(len(known))
                known += [self.features[feature] for feature in token if feature in self.features]
            begin += [len(known)] * (longest - len(line.tokens))
        ids = torch.tensor([*known, len(self.features)])  # never empty
        weights = torch.ones(len(ids))
        if self.parts.training:
            weights = (torch.rand(len(ids)) >= _FEATURES_DROPPED) / (1 - _FEATURES_DROPPED)
        weights[-1] = 0
        return self.parts["embed"](ids, torch.tensor(begin), per_sample_weights=weights).view(len(lines), longest, -1)

    def loss(self, lines: Sequence[Line], tags: Sequence[Sequence[str]]) -> Any:
        """The mean negative log-likelihood of the lines' tags."""
        import torch
        from torch.nn.utils.rnn import pad_sequence

        place = {tag: number for number, tag in enumerate(self.tags)}
        right = pad_sequence([torch.tensor([place[tag] for tag in each]) for each in tags], batch_first=True)
        there = pad_sequence([torch.ones(len(each)) for each in tags], batch_first=True)
        scores, (first, following) = self.scores(lines), self.moves()
        path = first[right[:, 0]] + (scores.gather(2, right[:, :, None])[:, :, 0] * there).sum(1)
        path = path + (following[right[:, :-1], right[:, 1:]] * there[:, 1:]).sum(1)
        total, factors = first + scores[:, 0], following.exp()
        for number in range(1, scores.shape[1]):
            top = total.max(1, keepdim=True).values.detach()
            moved = ((total - top).exp() @ factors).clamp_min(1e-30).log() + top + scores[:, number]
            total = torch.where(there[:, number, None] > 0, moved, total)
        return (torch.logsumexp(total, 1) - path).mean()


def train(
    lines: Sequence[Line], tags: Sequence[Sequence[str]], *, seed: int, networks: int = 1
) -> Callable[[Line], list[str]]:
    """A tagger of lines: the mean of the scores of so many networks, decoded by Viterbi's algorithm."""
    import torch

    torch.set_num_threads(1)  # the products are small: with more it takes longer
    labels = sorted({tag[2:] for each in tags for tag in each if tag != OUTSIDE})
    names = [OUTSIDE, *(f"{mark}-{label}" for label in labels for mark in "BI")]
    counts = Counter(feature for line in lines for token in line.features for feature in dict.fromkeys(token))
    features = {name: place for place, name in enumerate(sorted(one for one in counts if counts[one] >= _LEAST))}
    seeds = range(seed * networks, (seed + 1) * networks)
    trained = [_trained(lines, tags, names, features, one) for one in seeds]

    def tagger(line: Line) -> list[str]:
        with torch.no_grad():
            said = [(network.scores([line])[0], *network.moves()) for network in trained]
        scores, first, following = (torch.stack(parts).mean(0).numpy() for parts in zip(*said, strict=True))
        return [names[number] for number in _best(scores, first, following)]

    return tagger


def _trained(
    lines: Sequence[Line],
    tags: Sequence[Sequence[str]],
    names: Sequence[str],
    features: Mapping[str, int],
    seed: int,
) -> _Network:
    import torch

    torch.manual_seed(seed)
    draw = random.Random(seed)  # noqa: S311 -- a draw, no secret
    network = _Network(names, features, lines[0].vectors.shape[1])
    optimizer = torch.optim.AdamW(network.parts.parameters(), lr=_RATE)
    batches = -(-len(lines) // _BATCH)
    epochs = max(_EPOCHS, -(-_STEPS // batches))
    steps = epochs * batches
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, 10 * (step + 1) / steps) * max(0.02, 1 - step / steps)
    )
    for _ in range(epochs):
        for batch in _batches(lines, draw):
            optimizer.zero_grad()
            network.loss([lines[one] for one in batch], [tags[one] for one in batch]).backward()
            torch.nn.utils.clip_grad_norm_(network.parts.parameters(), _CLIPPED)
            optimizer.step()
            rate.step()
    network.parts.eval()
    return network


def _batches(lines: Sequence[Line], draw: random.Random) -> Iterator[list[int]]:
    """The places of lines, those of about the same length together, in random order."""
    order = sorted(range(len(lines)), key=lambda place: (len(lines[place].tokens) // 8, draw.random()))
    batches = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
    draw.shuffle(batches)
    yield from batches


def _best(scores: Any, first: Any, following: Any) -> list[int]:
    """The tags of the best path (Viterbi 1967)."""
    total, back = first + scores[0], []
    for row in scores[1:]:
        moved = total[:, None] + following
        back.append(moved.argmax(0))
        total = moved.max(0) + row
    path = [int(total.argmax())]
    for came_from in reversed(back):
        path.append(int(came_from[path[-1]]))
    return path[::-1]
