"""UIMA CAS XMI, which INCEpTION and WebAnno import: an article a file, with the type system beside them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ...data.problems import ClaimspansError
from ...data.records import Document
from .task import CLAIMS, Part, Task, in_order, words

SPAN, ZONE = "webanno.custom.ClaimspansSpan", "webanno.custom.ClaimspansZone"


def export(task: Task) -> Part:
    """``DOC.xmi`` and ``TypeSystem.xml``: a span has its label and its attributes as strings, a zone its kind.

    A list of ids is one string with blanks between them; ``id`` keeps a span's own. Offsets count UTF-16 units, as
    Java does. Raises `ClaimspansError` without the extra ``uima``.
    """
    try:
        from cassis import Cas, TypeSystem
    except ImportError as error:
        raise ClaimspansError("uima needs dkpro-cassis: pip install 'claimspans[uima]'") from error
    types = TypeSystem()
    names = dict.fromkeys(attribute.name for label in task.labels.values() for attribute in label.attributes)
    span_type, zone_type = (types.create_type(name, supertypeName="uima.tcas.Annotation") for name in (SPAN, ZONE))
    for name in ("label", "id", *names):
        types.create_feature(span_type, name, "uima.cas.String")
    types.create_feature(zone_type, "kind", "uima.cas.String")
    files: dict[str, bytes] = {"TypeSystem.xml": types.to_xml().encode()}
    for document in task.documents:
        cas = Cas(types)
        cas.sofa_string, cas.sofa_mime = document.text or "", "text/plain"
        for zone in document.zones:
            cas.add(zone_type(begin=zone.start, end=zone.end, kind=zone.kind))
        for values in _spans(document, set(names)):
            cas.add(span_type(**values))
        files[f"{document.doc}.xmi"] = cas.to_xmi().encode()
    return Part(files, Counter({CLAIMS: sum(len(document.claims) for document in task.documents)}))


def _spans(document: Document, names: set[str]) -> list[dict[str, Any]]:
    return [
        {"begin": span.start, "end": span.end, "label": span.label, "id": span.id}
        | {name: words(value) or None for name, value in span.attributes.items() if name in names}
        for span in in_order(document)
    ]
