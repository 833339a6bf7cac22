"""A test double of the Hub's write half: it keeps repositories in memory and records every call.

It is no Hub: no published server takes uploads, so what is answered here follows what huggingface_hub asks for and
reads. What is downloaded by a real server's rules is tested elsewhere, against olah.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

TOKEN = "hf_double"  # noqa: S105 -- of this double alone
READER = "hf_reader"
"""A login that may only read."""


@dataclass
class Repository:
    commits: list[tuple[str, dict[str, bytes], str]] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    private: bool | None = None
    gated: str | bool = False

    def commit(self, files: dict[str, bytes], message: str) -> str:
        oid = hashlib.sha1(f"{len(self.commits)} {message}".encode(), usedforsecurity=False).hexdigest()
        self.commits.append((oid, files, message))
        return oid

    @property
    def head(self) -> str:
        return self.commits[-1][0]

    def files(self, revision: str = "main") -> dict[str, bytes] | None:
        oid = self.head if revision == "main" else self.tags.get(revision, revision)
        return next((files for found, files, _ in self.commits if found == oid), None)

    def oid(self, revision: str) -> str:
        return self.head if revision == "main" else self.tags.get(revision, revision)


class Double(ThreadingHTTPServer):
    """Serves on loopback; ``breaks`` names a part of a path at which the connection is closed, once."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.repositories: dict[str, Repository] = {}
        self.calls: list[tuple[str, str]] = []
        self.breaks: str | None = None
        self.breaks_after = False
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def writes(self) -> list[str]:
        """The paths of the calls that change something, in order."""
        return [
            path
            for method, path in self.calls
            if method in ("POST", "PUT") and not re.search("preupload|validate|paths-info", path)
        ]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that is closed in the middle is what a test asked for."""


def _private(asked: dict[str, Any]) -> bool | None:
    """Newer versions of huggingface_hub say it in a word; None where neither is asked for."""
    said = {"private": True, "public": False}.get(asked.get("visibility", ""), asked.get("private"))
    return None if said is None else bool(said)


def blob(content: bytes) -> str:
    """Git's id of a file."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Double
    _broken = False

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name that http.server has
        """Say nothing: the calls are recorded."""

    def _answer(self, value: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        if self._broken:
            self._break()
            return
        raw = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        for name, said in (
            {"Content-Type": "application/json", "Content-Length": str(len(raw))} | (headers or {})
        ).items():
            self.send_header(name, said)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(raw)

    def _no(self, status: int, code: str) -> None:
        self._answer({"error": code}, status, {"X-Error-Code": code, "X-Error-Message": code})

    def _handle(self) -> None:
        path = unquote(urlsplit(self.path).path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        self.server.calls.append((self.command, path))
        broken = self.server.breaks is not None and self.server.breaks in path
        if broken and not self.server.breaks_after:
            self._break()
            return
        asked_who = path == "/api/whoami-v2"
        token = self.headers.get("Authorization")
        if (self.command in ("POST", "PUT") or asked_who) and token not in (f"Bearer {TOKEN}", f"Bearer {READER}"):
            self._no(401, "Unauthorized")
            return
        if asked_who:
            role = "read" if token == f"Bearer {READER}" else "write"
            said = {"displayName": "mine", "role": role}
            self._answer({"type": "user", "name": "me", "orgs": [], "auth": {"accessToken": said}})
            return
        self._broken = broken
        self._route(path, body)
        self._broken = False

    def _break(self) -> None:
        self.close_connection = True
        self.connection.close()

    do_GET = do_POST = do_PUT = do_HEAD = _handle  # noqa: N815 -- the names that http.server calls

    def _route(self, path: str, body: bytes) -> None:
        if path == "/api/repos/create":
            asked = json.loads(body)
            name = f"{asked['organization']}/{asked['name']}" if asked.get("organization") else asked["name"]
            if name in self.server.repositories:
                self._answer({"error": "exists", "url": f"{self.server.url}/datasets/{name}"}, 409)
                return
            repository = self.server.repositories[name] = Repository(private=_private(asked))
            repository.commit({".gitattributes": b"*.parquet filter=lfs\n"}, "initial commit")
            self._answer({"url": f"{self.server.url}/datasets/{name}", "name": name})
            return
        if path == "/api/validate-yaml":
            self._answer({"errors": [], "warnings": []})
            return
        found = re.fullmatch(r"(?:/api)?/datasets/([^/]+/[^/]+)(?:/([a-z-]+)(?:/([^/]+)(?:/(.*))?)?)?", path)
        repository_or_none = self.server.repositories.get(found[1]) if found else None
        if found is None or repository_or_none is None:
            self._no(404, "RepoNotFound")
            return
        routes: dict[str | None, Callable[..., None]] = {
            None: self._info,
            "revision": self._info,
            "refs": self._refs,
            "tree": self._tree,
            "preupload": self._preupload,
            "commit": self._commit,
            "tag": self._tag,
            "resolve": self._resolve,
            "settings": self._settings,
        }
        routes[found[2]](repository_or_none, found[1], found[3] or "main", found[4], body)

    def _info(self, repository: Repository, name: str, revision: str, _rest: str, _body: bytes) -> None:
        files = repository.files(revision)
        if files is None:
            self._no(404, "RevisionNotFound")
            return
        siblings = [{"rfilename": path, "blobId": blob(raw), "size": len(raw)} for path, raw in files.items()]
        found = {"id": name, "sha": repository.oid(revision), "siblings": siblings, "private": bool(repository.private)}
        self._answer(found | {"tags": [], "gated": repository.gated})

    def _refs(self, repository: Repository, _name: str, _revision: str, _rest: str, _body: bytes) -> None:
        branches = [{"name": "main", "ref": "refs/heads/main", "targetCommit": repository.head}]
        tags = [
            {"name": name, "ref": f"refs/tags/{name}", "targetCommit": oid} for name, oid in repository.tags.items()
        ]
        self._answer({"branches": branches, "tags": tags, "converts": []})

    def _tree(self, repository: Repository, _name: str, revision: str, _rest: str, _body: bytes) -> None:
        files = repository.files(revision) or {}
        self._answer(
            [{"type": "file", "path": path, "size": len(raw), "oid": blob(raw)} for path, raw in files.items()]
        )

    def _preupload(self, repository: Repository, _name: str, _revision: str, _rest: str, body: bytes) -> None:
        files = repository.files() or {}
        asked = [each["path"] for each in json.loads(body)["files"]]
        self._answer(
            {
                "files": [
                    {
                        "path": path,
                        "uploadMode": "regular",
                        "shouldIgnore": False,
                        "oid": blob(files[path]) if path in files else None,
                    }
                    for path in asked
                ]
            }
        )

    def _commit(self, repository: Repository, name: str, _revision: str, _rest: str, body: bytes) -> None:
        files = dict(repository.files() or {})
        message = ""
        for line in body.splitlines():
            part = json.loads(line)
            value = part["value"]
            if part["key"] == "header":
                message = value["summary"]
                if value.get("parentCommit") not in (None, repository.head):
                    self._no(412, "PreconditionFailed")
                    return
            elif part["key"] == "file":
                files[value["path"]] = base64.b64decode(value["content"])
            elif part["key"] == "deletedFile":
                del files[value["path"]]
        oid = repository.commit(files, message)
        self._answer(
            {"success": True, "commitOid": oid, "commitUrl": f"{self.server.url}/datasets/{name}/commit/{oid}"}
        )

    def _tag(self, repository: Repository, _name: str, revision: str, _rest: str, body: bytes) -> None:
        tag = json.loads(body)["tag"]
        if tag in repository.tags:
            self._no(409, "Conflict")
            return
        repository.tags[tag] = repository.oid(revision)
        self._answer({})

    def _settings(self, repository: Repository, _name: str, _revision: str, _rest: str, body: bytes) -> None:
        asked = json.loads(body)
        repository.gated = asked.get("gated", repository.gated)
        if asked.keys() & {"private", "visibility"}:
            repository.private = _private(asked)
        self._answer({})

    def _resolve(self, repository: Repository, _name: str, revision: str, rest: str, _body: bytes) -> None:
        raw = (repository.files(revision) or {}).get(rest)
        if raw is None:
            self._no(404, "EntryNotFound")
            return
        self._answer(raw, 200, {"ETag": f'"{blob(raw)}"', "X-Repo-Commit": repository.oid(revision)})
