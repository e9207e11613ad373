"""The calls of the gateway (architecture §4), as a Litestar application with an OpenAPI document.

What is said is in `visitator.domain.wire`; who may say it is `CALLS` here and `rules` for entries.
"""

import datetime as dt
import hashlib
import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

import anyio
import msgspec
from anyio import to_thread
from litestar import Litestar, Request, get, post
from litestar.config.compression import CompressionConfig
from litestar.connection import ASGIConnection
from litestar.datastructures import MutableScopeHeaders
from litestar.di import NamedDependency, Provide
from litestar.handlers import BaseRouteHandler
from litestar.middleware import (
    AbstractAuthenticationMiddleware,
    AuthenticationResult,
    DefineMiddleware,
)
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    Components,
    OpenAPIFormat,
    OpenAPIMediaType,
    OpenAPIType,
    Operation,
    RequestBody,
    Schema,
    SecurityScheme,
)
from litestar.params import (
    FromPath,
    HeaderParameter,
    JSONBody,
    QueryParameter,
    RawBody,
    SkipValidation,
)
from litestar.plugins import OpenAPISchemaPlugin
from litestar.types import Message, Scope
from litestar.typing import FieldDefinition
from sqlalchemy import Connection

from visitator import __version__
from visitator.domain import wire
from visitator.domain.terms import Role
from visitator.domain.wire import ErrorCode
from visitator.gateway import intake, journal, mail, presence, rules, users
from visitator.gateway.database import Database, begin_new_epoch, epoch_of, head_of
from visitator.gateway.errors import HANDLERS, Refused
from visitator.gateway.push import (
    IdReusedError,
    NotEntriesError,
    OnSent,
    OtherEpochError,
    WrongIdentityError,
    push,
)
from visitator.gateway.users import Session
from visitator.medcom.decoding import MAX_BYTES

EVERYONE = frozenset(Role)

CALLS: Mapping[str, frozenset[Role]] = {
    "push": EVERYONE,
    "entries": EVERYONE,
    "bootstrap": EVERYONE,
    "digest": EVERYONE,
    "me": EVERYONE,
    "people": EVERYONE,
    "presence": frozenset({Role.VISITATOR, Role.MANAGER}),
    "hand_in": frozenset({Role.VISITATOR}),
    "raw": frozenset({Role.VISITATOR, Role.MANAGER}),
    "quarantine": frozenset({Role.VISITATOR, Role.MANAGER}),
}
"""Which roles may make which call; ``health`` needs none."""

HTTP_TRANSPORT = "http"
"""What a message that was handed in by a call came by."""

_OCTETS = "application/octet-stream"
_LARGEST_CURSOR = 2**53

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Services:
    """What the calls need."""

    database: Database
    now: Callable[[], dt.datetime]
    """The gateway's clock: aware instants."""
    on_sent: OnSent
    min_client: str
    """The oldest version of the program that entries are taken from."""
    requests_per_minute: int
    """From one user on one device, or from one address without a token."""


def create_app(services: Services) -> Litestar:
    """The application; it holds nothing that is not in `services`."""
    limits = RateLimitConfig(
        rate_limit=("minute", services.requests_per_minute), identifier_for_request=_who
    )
    return Litestar(
        route_handlers=[
            push_entries,
            read_entries,
            bootstrap,
            digest,
            hand_in,
            raw_message,
            quarantine,
            health,
            me,
            people,
            look_at,
        ],
        dependencies={"services": Provide(lambda: services, sync_to_thread=False)},
        middleware=[DefineMiddleware(_TokenAuthentication, services=services), limits.middleware],
        exception_handlers=HANDLERS,
        before_send=[_finish],
        compression_config=CompressionConfig(backend="gzip", gzip_compress_level=1),
        openapi_config=_OPENAPI,
        plugins=[_EntrySchema()],
        logging_config=None,
    )


# --- who calls ----------------------------------------------------------------------------------


class _TokenAuthentication(AbstractAuthenticationMiddleware):
    """Finds out whose token it is. No token is no error here; a wrong one always is."""

    def __init__(self, app: Any, services: Services) -> None:  # noqa: ANN401 - ASGIApp
        # Every method, also OPTIONS: what comes after this asks who it is.
        super().__init__(app, exclude_http_methods=())
        self._services = services

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        header = connection.headers.get("Authorization")
        if header is None:
            return AuthenticationResult(user=None, auth=None)
        scheme, _, token = header.partition(" ")
        session = None
        token = token.strip()
        if scheme.lower() == "bearer":
            session = await to_thread.run_sync(self._session, token)
        if session is None:
            raise Refused(ErrorCode.UNAUTHORIZED)
        return AuthenticationResult(user=session, auth=token)

    def _session(self, token: str) -> Session | None:
        with self._services.database.read() as connection:
            return users.authenticate(connection, token)


def _who(request: Request[Any, Any, Any]) -> str:
    """What calls are counted by."""
    session: Session | None = request.user
    if session is None:
        return f"address {request.client.host if request.client else ''}"
    who = msgspec.json.encode([session.user, session.device])
    return hashlib.sha256(who).hexdigest()


def _allowed(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Guard: the call needs a token of a role that `CALLS` names."""
    session: Session | None = connection.user
    if session is None:
        raise Refused(ErrorCode.UNAUTHORIZED)
    if session.role not in CALLS[handler.name or ""]:
        raise Refused(ErrorCode.FORBIDDEN)


# --- what every call does -----------------------------------------------------------------------


async def _finish(message: Message, scope: Scope) -> None:
    """Echo the request id, keep answers out of caches, and log the call without its content."""
    if message["type"] != "http.response.start":
        return
    request_id = _request_id(Request(scope).headers.get(wire.REQUEST_ID_HEADER))
    headers = MutableScopeHeaders(message)
    headers[wire.REQUEST_ID_HEADER] = request_id
    headers["Cache-Control"] = "no-store"
    route = scope.get("path_template", "-")
    method = scope.get("method", "-")
    _logger.info("%s %s %s %d", request_id, method, route, message["status"])


def _request_id(said: str | None) -> str:
    """The caller's, when it is a UUID; anything else could hold personal data."""
    try:
        return str(uuid.UUID(said or ""))
    except ValueError:
        return str(uuid.uuid4())


# --- the OpenAPI document -----------------------------------------------------------------------


_TEXT = Schema(type=OpenAPIType.STRING)
_ENTRY = Schema(
    type=OpenAPIType.OBJECT,
    description="A journal entry; body.kind says which kind.",
    required=["id", "pathway_id", "author", "device", "occurred_at", "body"],
    properties={
        "id": _TEXT,
        "pathway_id": _TEXT,
        "author": _TEXT,
        "device": _TEXT,
        "occurred_at": Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.DATE_TIME),
        "seq": Schema(type=[OpenAPIType.INTEGER, OpenAPIType.NULL]),
        "version": Schema(type=OpenAPIType.INTEGER),
        "body": Schema(type=OpenAPIType.OBJECT, required=["kind"], properties={"kind": _TEXT}),
    },
)
_PUSH = Schema(
    type=OpenAPIType.OBJECT,
    required=["device", "entries"],
    properties={
        "device": _TEXT,
        "entries": Schema(
            type=OpenAPIType.ARRAY, items=_ENTRY, min_items=1, max_items=wire.MAX_BATCH
        ),
    },
)
_FILE = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)


class _EntrySchema(OpenAPISchemaPlugin):
    """Says what an entry looks like where the wire passes it on as raw JSON."""

    @staticmethod
    def is_plugin_supported_type(value: Any) -> bool:  # noqa: ANN401 - any annotation
        return value is msgspec.Raw

    def to_openapi_schema(self, field_definition: FieldDefinition, schema_creator: Any) -> Schema:  # noqa: ANN401 - private type
        return _ENTRY


def _body(media_type: str, schema: Schema) -> RequestBody:
    return RequestBody(content={media_type: OpenAPIMediaType(schema=schema)}, required=True)


@dataclass
class _TakesEntries(Operation):
    """A call whose entries are kept as the bytes they came in."""

    def __post_init__(self) -> None:
        self.request_body = _body("application/json", _PUSH)


@dataclass
class _TakesFile(Operation):
    """A call whose body is a file."""

    def __post_init__(self) -> None:
        self.request_body = _body(_OCTETS, _FILE)


def _errors(*statuses: int) -> dict[int, ResponseSpec]:
    """The refusals of a call, besides those every call has."""
    refusal = ResponseSpec(wire.ErrorBody, generate_examples=False, description="Refused")
    return dict.fromkeys((400, 401, 403, 429, 503, *statuses), refusal)


_OPENAPI = OpenAPIConfig(
    title="Visitator gateway",
    version=__version__,
    path="/v1/openapi.json",
    render_plugins=[JsonRenderPlugin(path="/")],
    components=Components(security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}),
    security=[{"token": []}],
)


# --- the calls ----------------------------------------------------------------------------------

_Services: TypeAlias = NamedDependency[SkipValidation[Services]]
_Request: TypeAlias = Request[Session, str, Any]
"""Of somebody with a token."""
_Cursor: TypeAlias = Annotated[int, QueryParameter(ge=0, le=_LARGEST_CURSOR)]
_Through: TypeAlias = Annotated[int | None, QueryParameter(ge=0, le=_LARGEST_CURSOR)]
_Limit: TypeAlias = Annotated[int, QueryParameter(ge=1, le=wire.MAX_PAGE)]
_Wait: TypeAlias = Annotated[int, QueryParameter(ge=0, le=wire.MAX_WAIT)]
_Epoch: TypeAlias = Annotated[
    str | None,
    QueryParameter(description="The history the caller goes by; when it is another: 410."),
]
_Client: TypeAlias = Annotated[str | None, HeaderParameter(name=wire.CLIENT_HEADER)]


@post(
    "/v1/entries",
    name="push",
    guards=[_allowed],
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=wire.MAX_PUSH_BYTES,
    operation_class=_TakesEntries,
    responses=_errors(410, 413, 422, 426),
)
def push_entries(
    request: _Request,
    services: _Services,
    body: RawBody,
    epoch: _Epoch = None,
    client: _Client = None,
) -> wire.PushResponse:
    """Push entries; each is accepted, known already, or rejected for good.

    With `epoch`, nothing is taken when the gateway was restored since: the caller reads again, and
    pushes what was lost before what builds on it.
    """
    if client is not None and wire.is_older(client, services.min_client):
        raise Refused(ErrorCode.CLIENT_TOO_OLD)
    now = services.now()
    try:
        pushed = msgspec.json.decode(body, type=wire.PushRequest)
        results = push(
            services.database,
            request.user,
            pushed,
            now=now,
            on_sent=services.on_sent,
            epoch=epoch,
        )
    except (NotEntriesError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(ErrorCode.BAD_REQUEST) from error
    except WrongIdentityError as error:
        raise Refused(ErrorCode.WRONG_IDENTITY) from error
    except OtherEpochError as error:
        raise Refused(ErrorCode.EPOCH_CHANGED) from error
    except IdReusedError as error:
        raise Refused(ErrorCode.ID_REUSED) from error
    return wire.PushResponse(results=results, server_time=now, min_client=services.min_client)


@get("/v1/entries", name="entries", guards=[_allowed], responses=_errors(410))
async def read_entries(
    request: _Request,
    services: _Services,
    after: _Cursor = 0,
    limit: _Limit = wire.MAX_PAGE,
    wait: _Wait = 0,
    epoch: _Epoch = None,
) -> wire.Page:
    """Entries after a cursor; with `wait`, the call is held open until something comes."""

    def read() -> journal.PageOfEntries:
        return _read_page(services, request.auth, after=after, limit=limit, epoch=epoch)

    with services.database.bell.waiter() as rung:
        page = await to_thread.run_sync(read)
        with anyio.move_on_after(wait):
            while page.cursor == after:
                await rung.wait()
                rung.clear()
                page = await to_thread.run_sync(read)
    return _page(services, page)


def _read_page(
    services: Services, token: str, *, after: int, limit: int, epoch: str | None
) -> journal.PageOfEntries:
    with services.database.read() as connection:
        # Asked at every look: the token may be revoked, or the role another, while a call waits.
        session = users.authenticate(connection, token)
        if session is None:
            raise Refused(ErrorCode.UNAUTHORIZED)
        current = epoch_of(connection)
        is_beyond = after > head_of(connection)
        if not is_beyond and epoch in {None, current}:
            visible = _visible(session.role)
            return journal.page(connection, after=after, limit=limit, visible=visible)
    if is_beyond and epoch == current:
        _note_restored(services.database, epoch)
    raise Refused(ErrorCode.EPOCH_CHANGED)


def _note_restored(database: Database, epoch: str) -> None:
    """A client has seen more of this history than there is: the database was restored.

    Everybody has to read again, also those whose cursor the journal will soon have passed.
    """
    with database.write() as connection:
        if epoch_of(connection) == epoch:
            begin_new_epoch(connection)


@get(
    "/v1/bootstrap",
    name="bootstrap",
    guards=[_allowed],
    sync_to_thread=True,
    responses=_errors(410),
)
def bootstrap(
    request: _Request,
    services: _Services,
    after: _Cursor = 0,
    limit: _Limit = wire.MAX_PAGE,
    through: _Through = None,
) -> wire.Page:
    """What a new workstation needs, page by page up to the head of the first page."""
    with services.database.read() as connection:
        if max(after, through or 0) > head_of(connection):
            raise Refused(ErrorCode.EPOCH_CHANGED)
        page = journal.bootstrap_page(
            connection,
            after=after,
            limit=limit,
            through=through,
            now=services.now(),
            visible=_visible(request.user.role),
        )
    return _page(services, page, through=page.head)


@get("/v1/digest", name="digest", guards=[_allowed], sync_to_thread=True, responses=_errors(410))
def digest(
    request: _Request, services: _Services, through: _Cursor, after: _Cursor = 0
) -> wire.Digest:
    """What a workstation must hold that has read everything from `after` up to `through`."""
    with services.database.read() as connection:
        if through > head_of(connection):
            raise Refused(ErrorCode.EPOCH_CHANGED)
        visible = _visible(request.user.role)
        entries = journal.stretch(connection, after=after, through=through, visible=visible)
        count, checksum = wire.checksum(entries)
        return wire.Digest(epoch=epoch_of(connection), count=count, checksum=checksum)


def _visible(role: Role) -> journal.Visible | None:
    """Nothing to look at for those who see everything."""
    if role is not Role.CARE_STAFF:
        return None
    return lambda entry: rules.may_see(role, entry)


def _page(services: Services, page: journal.PageOfEntries, through: int | None = None) -> wire.Page:
    return wire.Page(
        epoch=page.epoch,
        entries=tuple(msgspec.Raw(entry) for entry in page.entries),
        cursor=page.cursor,
        more=page.more,
        server_time=services.now(),
        min_client=services.min_client,
        through=through,
    )


@post(
    "/v1/messages",
    name="hand_in",
    guards=[_allowed],
    sync_to_thread=True,
    request_max_body_size=MAX_BYTES,
    operation_class=_TakesFile,
    responses=_errors(413, 422),
)
def hand_in(services: _Services, body: RawBody) -> wire.HandInResponse:
    """Hand in a MedCom message as it came; it is kept before it is read."""
    received = intake.receive(services.database, body, transport=HTTP_TRANSPORT, now=services.now())
    problems = tuple(
        wire.ReadingProblem(reason=each.reason, text=each.text) for each in received.problems
    )
    if problems and not received.entries:
        raise Refused(ErrorCode.QUARANTINED, raw_id=received.raw_id, problems=problems)
    return wire.HandInResponse(
        raw_id=received.raw_id,
        messages=tuple(
            wire.HandedIn(kind=each.kind, pathway_id=each.pathway_id, entry_id=each.entry_id)
            for each in received.entries
        ),
        problems=problems,
    )


@get(
    "/v1/messages/{raw_id:str}/raw",
    name="raw",
    guards=[_allowed],
    sync_to_thread=True,
    media_type=_OCTETS,
    responses=_errors(404),
)
def raw_message(services: _Services, raw_id: FromPath[str]) -> bytes:
    """The bytes of a message as they came."""
    if not rules.is_key(raw_id):
        raise Refused(ErrorCode.NOT_FOUND)
    with services.database.read() as connection:
        data = mail.raw(connection, raw_id)
    if data is None:
        raise Refused(ErrorCode.NOT_FOUND)
    return data


@get(
    "/v1/quarantine",
    name="quarantine",
    guards=[_allowed],
    sync_to_thread=True,
    responses=_errors(),
)
def quarantine(services: _Services) -> list[wire.Quarantined]:
    """The messages that could not be read, the newest first."""
    with services.database.read() as connection:
        found = mail.quarantine(connection)
    return [msgspec.convert(each, wire.Quarantined, from_attributes=True) for each in found]


@get("/v1/me", name="me", guards=[_allowed], sync_to_thread=False, responses=_errors())
def me(request: _Request) -> wire.Me:
    """Whose token this is."""
    session = request.user
    return wire.Me(user=session.user, name=session.name, role=session.role, device=session.device)


@get("/v1/people", name="people", guards=[_allowed], sync_to_thread=True, responses=_errors())
def people(services: _Services) -> list[wire.Employee]:
    """Everybody who works at this gateway: whom a pathway can be given to."""
    with services.database.read() as connection:
        found = users.people(connection)
    return [msgspec.convert(each, wire.Employee, from_attributes=True) for each in found]


@post(
    "/v1/presence",
    name="presence",
    guards=[_allowed],
    status_code=200,
    sync_to_thread=True,
    responses=_errors(),
)
def look_at(request: _Request, services: _Services, data: JSONBody[wire.Looking]) -> wire.Onlookers:
    """Say which pathway one has before one, and see who else has; it holds for two minutes."""
    if data.pathway_id is not None and not rules.is_key(data.pathway_id):
        raise Refused(ErrorCode.BAD_REQUEST)
    with services.database.write() as connection:
        others = presence.say(
            connection,
            request.user,
            data.pathway_id,
            services.now(),
            composing=data.composing,
        )
    return msgspec.convert({"others": others}, wire.Onlookers, from_attributes=True)


@get("/v1/health", name="health", sync_to_thread=True, responses=_errors())
def health(request: Request[Session | None, Any, Any], services: _Services) -> wire.Health:
    """Whether the gateway is alive; with a token, how it is doing."""
    with services.database.read() as connection:
        if request.user is None:
            head_of(connection)
            return wire.Health(version=__version__, ok=True)
        return _health(connection, services.now())


def _health(connection: Connection, now: dt.datetime) -> wire.Health:
    status = mail.status(connection)
    return wire.Health(
        version=__version__,
        ok=True,
        server_time=now,
        epoch=epoch_of(connection),
        head=head_of(connection),
        queues=wire.Queues(
            unread=status.waiting_to_be_read,
            quarantine=status.quarantined,
            outgoing=status.out.waiting,
            unanswered=status.out.unanswered,
        ),
        last_in=status.last_in,
        last_out=status.out.last_sent_at,
    )
