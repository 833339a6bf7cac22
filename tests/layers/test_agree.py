"""Agreement: published examples of the coefficients, hand-worked layers, and what must hold of any layers."""

from __future__ import annotations

import itertools
import json
import sys
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimspans import DATASET_VERSION, Claim, ClaimspansError, Document, Layer, Span, Zone, agree, load, score
from claimspans.layers.agreement import cohen_kappa, krippendorff_alpha
from claimspans.layers.differences import differences

from ..helpers.command import claimspans
from ..helpers.examples import examples

STANCES = ("assertion", "denial", "concern")


def stance(start: int, end: int, value: str = "assertion", **more: Any) -> Span:
    return Span(label="STANCE", start=start, end=end, id=f"s{start}", attributes={"stance": value, **more})


def layer(*spans: Span, claims: tuple[Claim, ...] = (), zones: tuple[Zone, ...] = (), doc: str = "1") -> Layer:
    return Layer([Document(doc=doc, spans=spans, claims=claims, zones=zones)], "ann")


def test_kappa_of_cohen_1960() -> None:
    """Cohen (1960), A coefficient of agreement for nominal scales, table 2: 0.70 observed, 0.41 by chance."""
    table = {"a": (88, 14, 18), "b": (10, 40, 10), "c": (2, 6, 12)}
    pairs = [
        (one, two) for one, row in table.items() for two, count in zip("abc", row, strict=True) for _ in range(count)
    ]
    assert cohen_kappa(pairs) == pytest.approx((0.70 - 0.41) / (1 - 0.41))


@pytest.mark.parametrize(
    ("observers", "alpha"),
    [
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    ],
    ids=["A: binary", "B: nominal", "C: four observers, missing data"],
)
def test_alpha_of_krippendorff_2011(observers: tuple[str, ...], alpha: float) -> None:
    """Krippendorff (2011), Computing Krippendorff's alpha-reliability, examples A to C; a dot is a missing value."""
    units = [[value for value in unit if value != "."] for unit in zip(*observers, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(alpha, abs=0.0005)


def test_one_value_throughout_leaves_the_coefficients_undefined() -> None:
    assert cohen_kappa([("a", "a"), ("a", "a")]) is None
    assert cohen_kappa([]) is None
    assert krippendorff_alpha([["a", "a"], ["a", "a"], ["b"]]) is None
    assert krippendorff_alpha([]) is None
    assert cohen_kappa([("a", "b")]) == 0.0


def test_two_layers_by_hand() -> None:
    """Four spans and four: two equal, one with other boundaries, one on each side alone; one of two stances equal."""
    first = layer(stance(0, 5), stance(10, 15, "denial"), stance(20, 25), stance(30, 35))
    second = layer(stance(0, 5), stance(10, 15, "concern"), stance(20, 26), stance(40, 45))
    found = agree(first, second)
    shown = found.to_dict()
    assert shown["spans"]["STANCE"] == {"counts": [4, 4], "exact_f1": 0.5, "overlap_f1": 0.75}
    assert shown["spans"]["ITEM"] == {"counts": [0, 0], "exact_f1": None, "overlap_f1": None}
    stances = found.attributes["STANCE.stance"]
    assert (stances.matched, stances.equal, stances.observed) == (2, 1, 0.5)
    # κ: assertion is expected with 1/2 · 1/2 and nothing else: (1/2 − 1/4) / (1 − 1/4).
    assert stances.kappa == pytest.approx(1 / 3)
    # α: of 4 values 2 are assertion; 2 of the 4 ordered pairs disagree, by chance 10 of 12 do: 1 − (2/4) / (10/12).
    assert stances.alpha == pytest.approx(1 - (2 / 4) / (10 / 12))
    assert found.attributes["STANCE.certainty"].observed is None
    assert found.result["strict"].micro.COR == 2


def test_three_layers_are_compared_pair_by_pair_and_averaged() -> None:
    layers = [
        layer(stance(0, 5), stance(10, 15, "denial"), stance(20, 25)),
        layer(stance(0, 5), stance(10, 15, "denial")),
        layer(stance(0, 5, "concern"), stance(20, 25)),
    ]
    found = agree(*layers)
    assert found.layers == ("ann", "ann (2)", "ann (3)")
    assert [(pair.first, pair.second) for pair in found.pairs] == list(itertools.combinations(found.layers, 2))
    f1 = [pair.result["strict"].micro.f1 for pair in found.pairs]
    assert f1 == pytest.approx([4 / 5, 4 / 5, 1 / 2])
    spans = found.to_dict()["spans"]["STANCE"]
    assert spans["counts"] == [3, 2, 2]
    assert spans["exact_f1"] == pytest.approx((4 / 5 + 4 / 5 + 1 / 2) / 3)
    stances = found.attributes["STANCE.stance"]
    # Three spans are in two layers at least; in all but the first they agree.
    assert (stances.matched, stances.equal) == (3, 2)
    assert stances.observed == pytest.approx((1 + 1 / 2 + 0) / 3)
    # α over the units {a, a, c}, {d, d}, {a, a}: by the definition 1 − (n − 1) Σ disagreeing / Σ n_c n_k.
    disagreeing = (2 + 2) / (3 - 1)
    assert stances.alpha == pytest.approx(1 - (7 - 1) * disagreeing / (7 * 7 - (4 * 4 + 1 * 1 + 2 * 2)))


def test_null_is_a_value_and_open_values_have_no_coefficient() -> None:
    items = [
        Span(label="ITEM", start=0, end=5, attributes={"category": "ML3", "origin": "KP"}),
        Span(label="ITEM", start=10, end=15, attributes={"category": None, "origin": None}),
    ]
    found = agree(layer(*items), layer(*items)).attributes
    assert (found["ITEM.category"].kappa, found["ITEM.category"].alpha) == (1.0, 1.0)
    assert (found["ITEM.origin"].kappa, found["ITEM.origin"].alpha) == (None, None)
    assert found["ITEM.origin"].observed == 1.0


def test_a_zone_of_one_layer_hides_no_span_of_the_other() -> None:
    zoned = layer(zones=(Zone(kind="boilerplate", start=0, end=50),))
    spans = layer(stance(0, 5))
    for found in (agree(zoned, spans), agree(spans, zoned)):
        assert found.to_dict()["spans"]["all"]["exact_f1"] == 0.0
    assert [each.kind for each in differences(zoned, spans)] == ["missing", "zone"]


def test_of_equal_pairings_of_claims_the_one_with_most_whole_claims_is_taken() -> None:
    """Each pairing shares four slots; only one has a claim that is wholly the same, whichever side is first."""
    ours = (
        Claim(id="c1", event="use", stance="denial", user="RU"),
        Claim(id="c2", event="use", stance="concern", user="KP"),
    )
    theirs = (
        Claim(id="c1", event="use", stance="denial", user="RU", supplier="KP"),
        Claim(id="c2", event="use", stance="denial", user="RU"),
    )
    for one, two in ((ours, theirs), (theirs, ours), (ours[::-1], theirs), (theirs, ours[::-1])):
        assert score(layer(claims=one), layer(claims=two)).claims["whole"].COR == 1


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        ((layer(), layer(doc="2")), "2: ann lacks this article, which ann (2) has"),
        ((layer(), [*layer(), *layer(doc="2")]), "2: ann lacks this article, which layer 2 has"),
        (([*layer(), *layer(doc="2")], layer()), "2: ann lacks this article, which layer 1 has"),
        ((layer(), [*layer(), *layer()]), "1: layer 2 has this article twice"),
        (([Document(doc="1", text="a")], [Document(doc="1", text="b")]), "1: the layers have different texts"),
    ],
)
def test_layers_of_different_articles_are_refused(layers: tuple[list[Document], list[Document]], said: str) -> None:
    for compare in (agree, differences):
        with pytest.raises(ClaimspansError) as error:
            compare(*layers)
        assert said in str(error.value)


@pytest.mark.parametrize("library", ["krippendorff", "sklearn.metrics"])
def test_without_the_extra_the_error_names_it(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ClaimspansError, match=r"pip install 'claimspans\[agree\]'"):
        agree(load("pass-a"), load("pass-b"))


@st.composite
def checked_layers(draw: st.DrawFn) -> Layer:
    """A layer as check accepts it: no two spans of one label share a character."""
    spans = []
    for label in ("STANCE", "SPEAKER"):
        edges = sorted(draw(st.sets(st.integers(0, 24), max_size=8)))
        for start, end in zip(edges[::2], edges[1::2], strict=False):
            attributes: dict[str, Any] = {"relay": draw(st.booleans())}
            if label == "STANCE":
                attributes = {"stance": draw(st.sampled_from(STANCES))}
            spans.append(Span(label=label, start=start, end=end, id=f"{label}{start}", attributes=attributes))
    speakers = [span.id for span in spans if span.label == "SPEAKER" and span.id is not None]
    holders = st.lists(st.sampled_from(speakers), max_size=2, unique=True).map(tuple) if speakers else st.just(())
    for index, span in enumerate(spans):
        if span.label == "STANCE":
            named = {"speakers": draw(holders)}
            spans[index] = msgspec.structs.replace(span, attributes={**span.attributes, **named})
    cues = [None, *(span.id for span in spans if span.label == "STANCE")]
    claims = []
    for number in range(draw(st.integers(0, 3))):
        event = draw(st.sampled_from(["transfer", "use"]))
        claims.append(
            Claim(
                id=f"c{number}",
                event=event,
                stance=draw(st.sampled_from(STANCES)),
                cue=draw(st.sampled_from(cues)),
                supplier=draw(st.sampled_from(["KP", None])) if event == "transfer" else None,
                holders=draw(holders),
            )
        )
    return layer(*draw(st.permutations(spans)), claims=tuple(claims))


def figures(*layers: Layer) -> dict[str, Any]:
    """The figures that do not depend on which layer is first, rounded for the order of the additions."""
    shown = agree(*layers).to_dict()
    found = {f"{name} counts": sorted(row.pop("counts")) for name, row in shown["spans"].items()}
    for part in ("spans", "attributes", "claims"):
        for name, row in shown[part].items():
            found |= {f"{name} {key}": value and round(value, 9) for key, value in row.items()}
    return found


@examples(80)
@given(one=checked_layers(), two=checked_layers())
def test_no_figure_changes_when_two_layers_swap(one: Layer, two: Layer) -> None:
    assert figures(one, two) == figures(two, one)


@examples(40)
@given(layers=st.tuples(checked_layers(), checked_layers(), checked_layers()), data=st.data())
def test_no_mean_changes_when_layers_are_permuted(layers: tuple[Layer, ...], data: st.DataObject) -> None:
    assert figures(*layers) == figures(*data.draw(st.permutations(layers)))


@examples(40)
@given(one=checked_layers(), copies=st.integers(2, 3))
def test_a_layer_agrees_with_itself(one: Layer, copies: int) -> None:
    shown = agree(*[one] * copies).to_dict()
    for part, keys in {
        "spans": ("exact_f1", "overlap_f1"),
        "attributes": ("observed", "kappa", "alpha"),
        "claims": ("f1",),
    }.items():
        assert {row[key] for row in shown[part].values() for key in keys} <= {1.0, None}
    assert (shown["spans"]["all"]["exact_f1"] == 1.0) == bool(one[0].spans)
    assert differences(*[one] * copies) == []


@examples(150)
@given(one=checked_layers(), two=checked_layers())
def test_the_list_of_differences_holds_what_the_figures_count(one: Layer, two: Layer) -> None:
    found, agreement = differences(one, two), agree(one, two)
    strict, claims = agreement.result["strict"].micro, agreement.result.claims
    unequal = [each for each in found if each.kind in ("missing", "label", "boundaries")]
    for position, count in ((0, strict.POS), (1, strict.ACT)):
        assert count - strict.COR == sum(each.readings[position] is not None for each in unequal)
    bounds = [{(span.label, span.start, span.end): span.id for span in side[0].spans} for side in (one, two)]
    both = {(bounds[0][key], bounds[1][key]) for key in bounds[0].keys() & bounds[1].keys()}
    listed = [each for each in found if each.kind == "attribute"]
    in_both = [each for each in listed if tuple(reading and reading.id for reading in each.readings) in both]
    assert len(in_both) == sum(row.matched - row.equal for row in agreement.attributes.values())
    assert sum(each.kind == "claim" for each in found) == claims["whole"].MIS + claims["whole"].SPU
    assert any(each.kind in ("claim", "slot") for each in found) == (claims["slots"].MIS + claims["slots"].SPU > 0)


@pytest.mark.slow
def test_the_command_compares_three_layers() -> None:
    run = claimspans("agree", "pass-a", "pass-b", "gold", "--json")
    found = json.loads(run.stdout)
    assert found["layers"] == ["pass-a", "pass-b", "gold"]
    assert [(pair["first"], pair["second"]) for pair in found["pairs"]] == [
        ("pass-a", "pass-b"),
        ("pass-a", "gold"),
        ("pass-b", "gold"),
    ]
    whole = [pair["claims"]["whole"]["f1"] for pair in found["pairs"]]
    assert found["claims"]["whole"]["f1"] == pytest.approx(sum(whole) / 3)
    assert found["spans"]["all"]["counts"] == [294, 294, 294]
    assert 0 < found["attributes"]["STANCE.stance"]["alpha"] < 1
    assert next(each["readings"].keys() for each in found["differences"]) == {"pass-a", "pass-b", "gold"}
    for name in ("pass-a @", "pass-b @", f"gold {DATASET_VERSION}"):
        assert name in found["signature"]
    shown = claimspans("agree", "pass-a", "pass-b", "gold").stdout
    for words in ("means over pairs", "pass-b × gold", "mean ", "α", found["signature"]):
        assert words in shown
