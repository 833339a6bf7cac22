"""Accounts for annotators on a local Label Studio: made through its invitation, or given a new password."""

from __future__ import annotations

import re
import secrets
import subprocess

import msgspec

from ..data.problems import ClaimspansError, short
from .api import Client
from .environment import ensure, variables
from .home import Credentials, Home
from .process import Served


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What an annotator logs in with. Label Studio keeps only a hash of the password."""

    username: str
    password: str

    def __repr__(self) -> str:
        return f"Account({self.username})"


def address(name: str) -> str:
    """The address that stands for a name: Label Studio knows its users by one, and sends nothing to it."""
    found = name if "@" in name else f"{name}@localhost"
    if not re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", found):
        raise ClaimspansError(f"{short(name)}: expected a name of letters, digits, . _ + -, or an e-mail address")
    return found.lower()


def invite(served: Served, credentials: Credentials, name: str) -> Account:
    """Sign an annotator up; raises `ClaimspansError` for a name that is taken or refused."""
    import httpx

    account = Account(username=address(name), password=secrets.token_urlsafe(12))
    with Client(served.url, credentials.token) as client:
        if account.username in _users(client):
            raise ClaimspansError(f"{account.username}: has an account already; for a new password add --new-password")
        link = client.again(client.studio.organizations.invites.get_invite_link).invite_url
        with httpx.Client(base_url=served.url, timeout=60, trust_env=False) as page:
            page.get(link).raise_for_status()
            form = {"email": account.username, "password": account.password}
            form["csrfmiddlewaretoken"] = page.cookies["csrftoken"]
            # Where it went well, the answer leads on to the first page; where not, it is the form again.
            page.post(link, data=form, headers={"Referer": served.url})
        found = _users(client).get(account.username)
        if found is None:
            raise ClaimspansError(f"{account.username}: Label Studio refused this account; its log says why")
        # The name is what others see beside an annotation.
        client.again(client.studio.users.update, found, first_name=name.partition("@")[0][:30])
    return account


def new_password(home: Home, served: Served, credentials: Credentials, name: str) -> Account:
    """Give an account another random password; raises `ClaimspansError` where there is none of that name."""
    account = Account(username=address(name), password=secrets.token_urlsafe(12))
    with Client(served.url, credentials.token) as client:
        if account.username not in _users(client):
            raise ClaimspansError(f"{account.username}: has no account; make one without --new-password")
    settings = home.settings()
    program = ensure(home.root / settings.venv if settings.venv else home.environment)
    # Asked for without a terminal, it reads the password from its input, where no list of processes shows it.
    run = subprocess.run(  # noqa: S603 -- our own environment's program
        [program, "reset_password", "--username", account.username],
        input=account.password + "\n",
        capture_output=True,
        text=True,
        check=False,
        env=variables(home, served.url, credentials, settings),
        start_new_session=True,
    )
    if run.returncode != 0 or "successfully" not in run.stdout:
        raise ClaimspansError(f"{account.username}: Label Studio did not change the password")
    if account.username == credentials.username:
        home.keep(msgspec.structs.replace(credentials, password=account.password, shown=True))
    return account


def _users(client: Client) -> dict[str, int]:
    return {str(user["email"]): int(user["id"]) for user in client.users()}
