"""Values that other articles have, to choose from beside a text field: which stand there, and that nothing is lost."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given

from claimspans import Document, Span
from claimspans.data.schema import default_schema
from claimspans.labelstudio.config import configuration, lists_in
from claimspans.labelstudio.encode import to_task
from claimspans.labelstudio.fields import LISTED, OTHER, Page, lists_of
from claimspans.labelstudio.project import page_of

from ..helpers.examples import examples
from ..helpers.labelstudio_articles import documents, from_task

SCHEMA = default_schema()


def speaker(doc: str, entity: str) -> Document:
    attributes = {"entity": entity, "source_type": "person", "country": None, "relay": False}
    return Document(doc=doc, text="Kim said.", spans=(Span(label="SPEAKER", start=0, end=3, attributes=attributes),))


def test_a_value_is_listed_that_an_article_which_is_not_asked_about_has() -> None:
    layer = [speaker("a", "Kim"), speaker("b", "Lee"), speaker("c", "Lee"), speaker("d", OTHER)]
    page = Page(SCHEMA)
    assert lists_of(page, layer, {"a", "b", "c"}) == {"SPEAKER.entity": ["Lee"]}
    assert lists_of(page, layer, {"b", "c"}) == {"SPEAKER.entity": ["Lee", "Kim"]}
    assert lists_of(page, [speaker("a", name) for name in ("$text", "a\nb", " Kim", "\x07")], set()) == {
        "SPEAKER.entity": []
    }
    many = [speaker(str(number), f"Kim {number}") for number in range(40)]
    assert len(lists_of(page, many, set())["SPEAKER.entity"]) < 20


@examples(30)
@given(documents())
def test_what_goes_in_comes_back_whatever_is_listed(document: Document) -> None:
    listed = lists_of(Page(SCHEMA), [document], set())
    page = Page(SCHEMA, {control: values[::2] for control, values in listed.items()})
    task = json.loads(json.dumps(to_task(document, page, layer="annotations"))) | {"id": 7}
    assert from_task(task, page) == (document, [])
    # Whoever fetches it need not know the lists.
    assert from_task(task, Page(SCHEMA)) == (document, [])


def test_a_page_with_lists_is_that_of_its_schema() -> None:
    lists = {"SPEAKER.entity": ["Kim", 'a "b" & <c>, d'], "CLAIM.parties": ["KP"]}
    made = configuration(Page(SCHEMA, lists))
    assert lists_in(made) == lists
    assert lists_in(configuration(SCHEMA)) == {}
    assert page_of({"label_config": made}, SCHEMA) == "same"
    assert page_of({"label_config": made.replace('<Choice value="KP"/>', "")}, SCHEMA) != "foreign"
    assert page_of({"label_config": made.replace("SPEAKER.relay", "SPEAKER.relayed")}, SCHEMA) == "foreign"


def test_what_is_chosen_counts_and_what_is_typed_where_the_choice_says_so() -> None:
    page = Page(SCHEMA, {"SPEAKER.entity": ["Kim"]})
    task = to_task(speaker("a", "Lee"), page, layer="annotations") | {"id": 7}
    rows = {row["from_name"]: row for row in task["annotations"][0]["result"]}

    def entity(*chosen: str) -> Any:
        rows["SPEAKER.entity" + LISTED]["value"]["choices"] = list(chosen)
        document, notes = from_task(task, page)
        assert document is not None
        return document.spans[0].attributes["entity"], len(notes)

    assert rows["SPEAKER.entity"]["value"]["text"] == ["Lee"]
    assert entity(OTHER) == ("Lee", 0)
    assert entity() == ("Lee", 0)
    assert entity("Kim") == ("Kim", 0)
    del task["annotations"][0]["result"][[*rows].index("SPEAKER.entity")]
    assert entity(OTHER) == (None, 1)
