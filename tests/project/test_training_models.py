"""benchmarks.training_network: its likelihood by hand, its padding, and that it learns the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest

from benchmarks import training_network
from benchmarks.training_lines import Line
from benchmarks.training_network import _best, _Network, train
from claimspans.text.tokens import Token

pytestmark = [pytest.mark.slow, pytest.mark.models]

TAGS = ["O", "B-DATE", "I-DATE"]


def line(*words: str) -> Line:
    """A line whose tokens have their word as feature and a vector that says nothing."""
    tokens = tuple(Token(2 * place, 2 * place + 1) for place in range(len(words)))
    features = tuple((f"word={word}",) for word in words)
    return Line(tokens, features, tuple(range(len(words))), np.ones((len(words), 4), dtype=np.float32))


@pytest.fixture
def network() -> _Network:
    import torch

    torch.manual_seed(0)
    made = _Network(TAGS, {"word=a": 0, "word=b": 1}, 4)
    for parameter in made.parts["moves"].values():
        torch.nn.init.normal_(parameter)
    made.parts.eval()
    return made


def test_the_loss_is_the_negative_log_likelihood_over_all_paths(network: _Network) -> None:
    import torch

    one, right = line("a", "b", "a"), (1, 2, 0)
    with torch.no_grad():
        scores, (first, following) = network.scores([one])[0], network.moves()
        loss = float(network.loss([one], [[TAGS[number] for number in right]]))

    def score(path: tuple[int, ...]) -> float:
        own = sum(float(scores[place, tag]) for place, tag in enumerate(path))
        return own + float(first[path[0]]) + sum(float(following[move]) for move in pairwise(path))

    paths = {path: score(path) for path in product(range(3), repeat=3)}
    assert loss == pytest.approx(np.logaddexp.reduce(list(paths.values())) - paths[right], abs=1e-4)
    best = _best(scores.numpy(), first.numpy(), following.numpy())
    assert tuple(best) == max(paths, key=lambda path: paths[path])


def test_a_line_scores_the_same_beside_a_longer_one(network: _Network) -> None:
    import torch

    short, long = line("a", "b"), line("b", "a", "b", "a", "a")
    tags = [["O"] * 2, ["O"] * 5]
    with torch.no_grad():
        both = network.scores([short, long])
        assert torch.allclose(both[0, :2], network.scores([short])[0], atol=1e-5)
        alone = (network.loss([short], tags[:1]) + network.loss([long], tags[1:])) / 2
        assert float(network.loss([short, long], tags)) == pytest.approx(float(alone), abs=1e-4)


def test_it_learns_what_a_feature_says_and_the_same_by_one_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_network, "_STEPS", 48)
    lines = [line("x", "may", "two", "x"), line("may", "x", "x"), line("x", "x", "may", "two")] * 20
    tags = [["O", "B-DATE", "I-DATE", "O"], ["B-DATE", "O", "O"], ["O", "O", "B-DATE", "I-DATE"]] * 20
    first, again = (train(lines, tags, seed=0) for _ in range(2))
    unseen = line("x", "x", "x", "may", "two", "x")
    assert first(unseen) == again(unseen) == ["O", "O", "O", "B-DATE", "I-DATE", "O"]


class _Said:
    """A network that says the same of any token: nothing of none, so much of B-DATE."""

    def __init__(self, score: float) -> None:
        self.score = score

    def scores(self, lines: Sequence[Line]) -> Any:
        import torch

        return torch.tensor([[[0, self.score, -9]] * len(each.tokens) for each in lines])

    def moves(self) -> tuple[Any, Any]:
        import torch

        return torch.zeros(3), torch.zeros(3, 3)


def test_the_mean_of_several_networks_decides_each_by_a_seed_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of three are against, by less than the third is for."""
    said = {3: _Said(3.0), 4: _Said(-1.0), 5: _Said(-1.0)}
    monkeypatch.setattr(training_network, "_trained", lambda *parts: said[parts[-1]])
    lines, tags = [line("x", "may")], [["O", "B-DATE"]]
    assert train(lines, tags, seed=1, networks=3)(line("a", "b")) == ["B-DATE", "B-DATE"]
    assert train(lines, tags, seed=4)(line("a", "b")) == ["O", "O"]
