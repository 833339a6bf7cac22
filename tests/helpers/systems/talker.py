"""A program that speaks the protocol on stdin and stdout, and does what an article's id says: ``broken-1``."""

from __future__ import annotations

import json
import sys
import time

print("loading …", flush=True)
for line in sys.stdin:
    article = json.loads(line)
    kind = article["doc"].partition("-")[0]
    answer = json.dumps({"doc": article["doc"], "spans": [{"label": "ITEM", "start": 0, "end": 5}]})
    if kind == "broken":
        answer = answer[:-5]
    elif kind == "wrong":
        answer = answer.replace(article["doc"], "another")
    elif kind == "exit":
        sys.exit(4)
    elif kind == "hang":
        time.sleep(3600)
    elif kind == "long":
        answer = '{"doc": "' + "x" * 200_000
    elif kind == "babble":
        while True:
            print("still at it")
    elif kind == "list":
        answer = answer.replace(f'"{article["doc"]}"', f'["{article["doc"]}"]')
    elif kind == "deep":
        # json reads it; what looks at it in Python does not.
        lost = answer[:-3] + ', "id": "s1", "text": "lost"}]'
        answer = lost + ', "claims": [{"holders": ' + "[" * 960 + "]" * 960 + "}]}"
    elif kind == "large":
        answer = answer[:-1] + ', "usage": {"tokens": 1' + "0" * 400 + "}}"
    elif kind == "later":
        answer = answer[:-1] + ', "error": "busy", "retry_after": 1' + "0" * 400 + "}"
    elif kind == "nan":
        answer = answer.replace("]", ', {"label": "ITEM", "start": 0, "end": 5, "score": NaN}]')
    elif kind == "noise":
        print("1 article read\nnull\n[1]", flush=True)
    elif kind == "utf16":
        # As JavaScript counts: 🚀 is two units.
        start = len("🚀 ".encode("utf-16-le")) // 2
        span = {"label": "ITEM", "start": start, "end": start + 6, "text": "shells"}
        answer = json.dumps({"doc": article["doc"], "offset_unit": "utf16", "spans": [span]})
    print(answer, flush=True)
