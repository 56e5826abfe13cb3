"""The pages of people: log in, one's own account, and for admins everybody's. All work without script."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from urllib.parse import urlsplit

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.core.errors import (
    LoginMissing,
    LoginRefused,
    NotFound,
    PersonConflict,
    PersonInvalid,
    RateLimited,
)
from app.services.people import (
    NAME_MAX_CHARS,
    PASSWORD_MAX_CHARS,
    PASSWORD_MIN_CHARS,
    Login,
    PeopleService,
    Role,
)
from app.web.access import is_page
from app.web.csrf import Csrf, cookie_name, is_https
from app.web.errors import status_of
from app.web.person import NOBODY, Caller, person_of
from app.web.render import Renderer
from app.web.throttle import LoginThrottle

THREADS = 2
"""Hashing a password takes 19 MiB and all its thread's time."""
HOME = "/review"
ROLES_IN_WORDS = {
    Role.VIEWER: "Reads every page and changes nothing.",
    Role.MODERATOR: "Rules on items and keeps the lexicon.",
    Role.ADMIN: "Everything: people, policy, erasure.",
}
NOTICES = {
    "logout": "You are logged out.",
    "password": "Your password is changed. Your other sessions have ended.",
    "session": "The session has ended.",
    "sessions": "Your other sessions have ended.",
    "added": "Added. Give them their password in person; they can change it under Account.",
    "role": "The role is changed. They log in anew.",
    "disabled": "Disabled. They are logged out and cannot come back until you enable them.",
    "enabled": "Enabled. They can log in again.",
    "reset": "The password is changed. They are logged out everywhere.",
}

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says on top, and what was typed into it."""

    alert: str = ""
    status: HTTPStatus = HTTPStatus.OK
    name: str = ""
    role: str = ""


NOTHING = Said()


def people_router(people: PeopleService, *, renderer: Renderer, csrf: Csrf, setup: str | None) -> APIRouter:
    """Serve the pages of people.

    Args:
        people: who there is.
        renderer: makes the pages.
        csrf: guards the forms.
        setup: the secret of the link by which the first admin is made; None where there is no such link.
    """
    pages, reception = PeoplePages(people, renderer, csrf, setup), Reception(csrf)
    router = APIRouter(include_in_schema=False)
    for routes in (_login_routes, _account_routes, _people_routes):
        router.include_router(routes(pages, reception))
    return router


class Reception:
    """Reads the forms, and hands the work to a thread."""

    def __init__(self, csrf: Csrf) -> None:
        self._csrf = csrf
        self._limiter = CapacityLimiter(THREADS)

    async def page(self, answer: Callable[[Request], Response], request: Request) -> Response:
        """Answer on a thread."""
        return await anyio.to_thread.run_sync(answer, request, limiter=self._limiter)

    async def form(self, answer: Callable[[Request, Fields], Response], request: Request) -> Response:
        """Answer a form of ours on a thread; raises FormExpired for any other."""
        form = await request.form(max_files=0)
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        self._csrf.verify(request, fields.get("csrf", ""))
        return await anyio.to_thread.run_sync(answer, request, fields, limiter=self._limiter)


def _login_routes(pages: "PeoplePages", reception: Reception) -> APIRouter:
    router = APIRouter()

    @router.get("/login")
    async def get_login(request: Request) -> Response:
        return await reception.page(pages.login, request)

    @router.post("/login")
    async def post_login(request: Request) -> Response:
        return await reception.form(pages.log_in, request)

    @router.get("/setup")
    async def get_setup(request: Request) -> Response:
        return await reception.page(pages.setup, request)

    @router.post("/setup")
    async def post_setup(request: Request) -> Response:
        return await reception.form(pages.set_up, request)

    return router


def _account_routes(pages: "PeoplePages", reception: Reception) -> APIRouter:
    router = APIRouter(prefix="/account")

    @router.get("")
    async def get_account(request: Request) -> Response:
        return await reception.page(pages.account, request)

    @router.post("/logout")
    async def post_logout(request: Request) -> Response:
        return await reception.form(pages.log_out, request)

    @router.post("/password")
    async def post_password(request: Request) -> Response:
        return await reception.form(pages.change_password, request)

    @router.post("/sessions")
    async def post_sessions(request: Request) -> Response:
        return await reception.form(pages.end_sessions, request)

    return router


def _people_routes(pages: "PeoplePages", reception: Reception) -> APIRouter:
    router = APIRouter(prefix="/people")

    @router.get("")
    async def get_people(request: Request) -> Response:
        return await reception.page(pages.people, request)

    @router.post("")
    async def post_people(request: Request) -> Response:
        return await reception.form(pages.add, request)

    @router.post("/{name}")
    async def post_person(request: Request, name: str) -> Response:
        return await reception.form(partial(pages.change, name), request)

    return router


class PeoplePages:
    """Answers for the pages of people. Every method blocks."""

    def __init__(self, people: PeopleService, renderer: Renderer, csrf: Csrf, setup: str | None) -> None:
        self._people = people
        self._renderer = renderer
        self._csrf = csrf
        self._setup = setup
        self._throttle = LoginThrottle()

    def login(self, request: Request, said: Said = NOTHING, *, wanted: str | None = None) -> Response:
        """Ask who comes."""
        wanted = request.query_params.get("next", "") if wanted is None else wanted
        return self._page(
            request,
            "login.html",
            said,
            has_people=self._people.any(),
            wanted=safe_next(wanted),
            notice=NOTICES.get(request.query_params.get("notice", "")),
        )

    def log_in(self, request: Request, fields: Fields) -> Response:
        """Open a session and lead to the page that was asked for, or say that it was refused."""
        name, wanted = fields.get("name", ""), fields.get("next", "")
        try:
            self._throttle.count(name, address=request.client.host if request.client else "")
            cookie = self._people.log_in(
                name, fields.get("password", ""), agent=request.headers.get("user-agent", "")
            )
        except (LoginRefused, RateLimited) as error:
            page = self.login(request, Said(str(error), status_of(type(error)), name), wanted=wanted)
            if isinstance(error, RateLimited):
                page.headers["Retry-After"] = str(error.retry_after_s)
            return page
        return self._admit(request, cookie, to=safe_next(wanted))

    def setup(self, request: Request, said: Said = NOTHING) -> Response:
        """Show the form of the first admin to whoever has the link."""
        token = self._check_setup(request.query_params.get("token", ""))
        return self._page(request, "setup.html", said, token=token)

    def set_up(self, request: Request, fields: Fields) -> Response:
        """Add the first admin and log them in."""
        token = self._check_setup(fields.get("token", ""))
        name, password = fields.get("name", ""), fields.get("password", "")
        try:
            user = self._people.add(name, _twice(fields), Role.ADMIN, actor="setup")
        except (PersonInvalid, PersonConflict) as error:
            said = Said(str(error), status_of(type(error)), name)
            return self._page(request, "setup.html", said, token=token)
        cookie = self._people.log_in(user.name, password, agent=request.headers.get("user-agent", ""))
        return self._admit(request, cookie, to=HOME)

    def account(self, request: Request, said: Said = NOTHING) -> Response:
        """Show a person their own account."""
        login = _login_of(request)
        return self._page(
            request,
            "account.html",
            said,
            user=login.user,
            this=login.session,
            sessions=self._people.sessions(login.user.name),
            role_in_words=ROLES_IN_WORDS[login.user.role],
            notice=NOTICES.get(request.query_params.get("notice", "")),
        )

    def log_out(self, request: Request, _: Fields) -> Response:
        """End this session."""
        login = _login_of(request)
        self._people.end_session(login.session.id, name=login.user.name)
        response = _see("/login?notice=logout")
        response.delete_cookie(cookie_name("session", request), secure=is_https(request), httponly=True)
        return response

    def change_password(self, request: Request, fields: Fields) -> Response:
        """Let a person change their password."""
        login = _login_of(request)
        try:
            # Whoever sits down at an open desk must not find the password out by trying.
            self._throttle.count(login.user.name, address=request.client.host if request.client else "")
            self._people.change_password(login, old=fields.get("old", ""), new=_twice(fields))
        except (PersonInvalid, RateLimited) as error:
            return self.account(request, Said(str(error), status_of(type(error))))
        return _see("/account?notice=password")

    def end_sessions(self, request: Request, fields: Fields) -> Response:
        """End one session, or all but this one."""
        login = _login_of(request)
        if chosen := fields.get("session", ""):
            self._people.end_session(chosen, name=login.user.name)
            return _see("/account?notice=session")
        self._people.end_other_sessions(login)
        return _see("/account?notice=sessions")

    def people(self, request: Request, said: Said = NOTHING) -> Response:
        """Show everybody."""
        users = self._people.all()
        return self._page(
            request,
            "people.html",
            said,
            users=users,
            roles=ROLES_IN_WORDS if users else {Role.ADMIN: ROLES_IN_WORDS[Role.ADMIN]},
            notice=NOTICES.get(request.query_params.get("notice", "")),
        )

    def add(self, request: Request, fields: Fields) -> Response:
        """Add a person."""
        name = fields.get("name", "")
        try:
            role = _role_of(fields)
            self._people.add(name, _twice(fields), role, actor=self._actor(request))
        except (PersonInvalid, PersonConflict) as error:
            said = Said(str(error), status_of(type(error)), name, fields.get("role", ""))
            return self.people(request, said)
        return _see("/people?notice=added")

    def change(self, name: str, request: Request, fields: Fields) -> Response:
        """Change what a person may do, or whether they may come in, or their password."""
        action, actor = fields.get("action", ""), self._actor(request)
        try:
            match action:
                case "role":
                    self._people.set_role(name, _role_of(fields), actor=actor)
                case "disabled":
                    self._people.disable(name, actor=actor)
                case "enabled":
                    self._people.enable(name, actor=actor)
                case "reset":
                    self._people.set_password(name, _twice(fields), actor=actor)
                case _:
                    raise NotFound(f"A person cannot be {action[:20]!r}. Use the buttons of the page.")
        except (PersonInvalid, PersonConflict) as error:
            return self.people(request, Said(str(error), status_of(type(error))))
        return _see(f"/people?notice={action}")

    def _actor(self, request: Request) -> str:
        return person_of(request, self._csrf.key_of(request))

    def _check_setup(self, token: str) -> str:
        """Give the token back if it is that of the link and still good, or raise LoginRefused."""
        is_right = self._setup is not None and hmac.compare_digest(self._setup.encode(), token.encode())
        if not is_right or self._people.any():
            raise LoginRefused(
                "This link is not good, or not any more: it works once, for the first person, until the "
                "service stops. Log in at /login, or add people with `plainspeak users add`."
            )
        return token

    def _admit(self, request: Request, cookie: str, *, to: str) -> Response:
        """Leave a new session with a browser; the one it had ends."""
        name = cookie_name("session", request)
        self._people.log_out(request.cookies.get(name, ""))
        response = _see(to)
        response.set_cookie(name, cookie, path="/", httponly=True, samesite="lax", secure=is_https(request))
        return response

    def _page(self, request: Request, template: str, said: Said, **values: object) -> Response:
        key = self._csrf.key_of(request)
        usual: dict[str, object] = {
            "notice": None,
            "typed": said.name,
            "chosen": said.role,
            "alert": said.alert,
            "csrf": key.token,
        }
        limits = {"name": NAME_MAX_CHARS, "shortest": PASSWORD_MIN_CHARS, "longest": PASSWORD_MAX_CHARS}
        page = self._renderer.page(template, status_code=said.status, limits=limits, **{**usual, **values})
        self._csrf.attach(key, request, page)
        return page


def safe_next(address: str) -> str:
    """An address of one of our own pages as it is, and the queue for any other.

    >>> safe_next("/review/some-id?order=oldest"), safe_next("//evil.example/review"), safe_next("/login")
    ('/review/some-id?order=oldest', '/review', '/review')
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return HOME
    is_own = not parts.scheme and not parts.netloc and address.startswith(parts.path) and is_page(parts.path)
    return address if is_own and address.isprintable() and "\\" not in address else HOME


def _login_of(request: Request) -> Login:
    caller: Caller = getattr(request.state, "caller", NOBODY)
    if caller.login is None:
        raise LoginMissing(
            "An account is a person's, and you are not logged in as one. Where nobody was added yet, an "
            "admin can be added at /people."
        )
    return caller.login


def _twice(fields: Fields) -> str:
    """A new password that was typed twice; raises PersonInvalid where they differ."""
    if fields.get("password", "") != fields.get("again", ""):
        raise PersonInvalid("The two passwords differ. Type the same one twice.")
    return fields.get("password", "")


def _role_of(fields: Fields) -> Role:
    role = fields.get("role", "")
    if role not in {each.value for each in Role}:
        raise PersonInvalid("Choose a role from the list.")
    return Role(role)


def _see(address: str) -> Response:
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)
