"""Each shape of predictions that users have is read as it stands, read with an option that is named, or refused."""

from __future__ import annotations

from pathlib import Path

import pandas
import pytest

from claimspans import score

from ..helpers.shapes import GOLD, SHAPES, Shape, floats, scored

SLIPPED = {name: shape for name, shape in SHAPES.items() if shape.options}
REFUSED = {name: shape for name, shape in SHAPES.items() if shape.said}
READ = SHAPES.keys() - SLIPPED.keys() - REFUSED.keys()


def test_there_are_many_of_each() -> None:
    assert len(SHAPES) >= 50
    assert not SLIPPED.keys() & REFUSED.keys()
    assert min(len(READ), len(SLIPPED), len(REFUSED)) >= 9


@pytest.mark.parametrize("name", sorted(READ))
def test_a_shape_is_read(name: str, tmp_path: Path) -> None:
    found = scored(SHAPES[name], tmp_path)
    assert (found.code, found.right) == (0, SHAPES[name].right), found.said


@pytest.mark.parametrize(("name", "shape"), REFUSED.items())
def test_a_shape_is_refused_with_words(name: str, shape: Shape, tmp_path: Path) -> None:
    found = scored(shape, tmp_path)
    assert found.code == 2, name
    assert shape.said in found.said[0]


@pytest.mark.parametrize(("name", "shape"), SLIPPED.items())
def test_a_slip_names_the_option_that_reads_it(name: str, shape: Shape, tmp_path: Path) -> None:
    found = scored(shape, tmp_path)
    assert (found.code in (0, 2), found.right) == (True, 0), name
    assert any(" ".join(shape.options) in line for line in found.said) or "GPE=" in shape.options[-1]
    assert any(shape.options[0] in line for line in found.said)
    told = scored(shape, tmp_path, *shape.options)
    assert (told.code, told.right) == (0, shape.right)


def test_a_frame_whose_offsets_are_floats_is_read() -> None:
    assert score(GOLD, pandas.DataFrame(floats()))["strict"].micro.COR == 5
