"""The environment variables that Label Studio is started with: ours, and what the user adds."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

import msgspec

from ..data.problems import ClaimspansError, short
from .home import Credentials, Home, Settings

_PASSED = re.compile(r"PATH|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|SSL_CERT_\w+|LD_LIBRARY_PATH|DYLD_\w+")
"""What a program needs of its surroundings. All else, such as DEBUG or HOST, Label Studio would take as settings."""

_FIXED = {
    "COLLECT_ANALYTICS": "false",
    "LATEST_VERSION_CHECK": "false",
    "SENTRY_DSN": "",
    "FRONTEND_SENTRY_DSN": "",
    "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
    "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
    # Suggestions come from a program on this machine, whose address Label Studio would otherwise refuse to ask.
    "ML_BLOCK_LOCAL_IP": "false",
    "SSRF_PROTECTION_ENABLED": "false",
    "PYTHONUNBUFFERED": "1",
}


def variables(home: Home, url: str, credentials: Credentials, settings: Settings) -> dict[str, str]:
    """All of them: nothing of the caller's reaches Label Studio by accident."""
    passed = {name: value for name, value in os.environ.items() if _PASSED.fullmatch(name)}
    seen = settings.variables.get("LABEL_STUDIO_HOST", url).rstrip("/")
    return passed | _FIXED | _ours(home, url, seen, credentials) | settings.variables


def _ours(home: Home, url: str, seen: str, credentials: Credentials) -> dict[str, str]:
    """``seen``: the address in the browser, where a proxy before the server gives it another."""
    origin = urlsplit(seen)
    hosts = dict.fromkeys(filter(None, (urlsplit(url).hostname, "localhost", origin.hostname)))
    own = home.root / "home"
    own.mkdir(exist_ok=True)
    return {
        "HOME": str(own),
        "XDG_CONFIG_HOME": str(own / ".config"),
        "LABEL_STUDIO_BASE_DATA_DIR": str(home.data),
        "LABEL_STUDIO_HOST": seen,
        "CORS_ALLOWED_ORIGINS": f"{origin.scheme}://{origin.netloc}",
        "CSRF_TRUSTED_ORIGINS": f"{origin.scheme}://{origin.netloc}",
        # A page of another site, by whatever name it calls this machine, is not answered.
        "ALLOWED_HOSTS": ",".join(hosts),
        "LABEL_STUDIO_USERNAME": credentials.username,
        "LABEL_STUDIO_PASSWORD": credentials.password,
        "LABEL_STUDIO_USER_TOKEN": credentials.token,
    }


_RESERVED = {"HOME", "XDG_CONFIG_HOME"}
_RESERVED |= {f"LABEL_STUDIO_{name}" for name in ("BASE_DATA_DIR", "USERNAME", "PASSWORD", "USER_TOKEN", "PORT")}


def merge(settings: Settings, given: Iterable[str], surroundings: Mapping[str, str] | None = None) -> Settings:
    """The settings with NAME=VALUE added, NAME taken from our own environment, NAME= forgotten."""
    surroundings = os.environ if surroundings is None else surroundings
    kept = dict(settings.variables)
    for item in given:
        name, equals, value = item.partition("=")
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
            raise ClaimspansError(f"--env {short(name)}: expected NAME=VALUE, or NAME to take it from the environment")
        if name in _RESERVED:
            raise ClaimspansError(f"--env {name}: claimspans sets this one itself; leave it out")
        if not equals:
            if name not in surroundings:
                raise ClaimspansError(f"--env {name}: is not set in the environment; set it, or write {name}=VALUE")
            value = surroundings[name]
        if value and name == "LABEL_STUDIO_HOST" and not re.fullmatch(r"https?://[^/@\s]+/?", value):
            raise ClaimspansError(
                f"--env {name}: expected the address in the browser, such as https://annotate.example.org"
            )
        if value:
            kept[name] = value
        else:
            kept.pop(name, None)
    return msgspec.structs.replace(settings, variables=kept)
