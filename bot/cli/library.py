"""`htx docs`: the library, its versions, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot import texts
from bot.cli import effects
from bot.cli.shared import Json, print_json, progress_bar, start
from knowledge.clock import today_in_vietnam

if TYPE_CHECKING:
    from knowledge.catalogue import StoredVersion

docs = typer.Typer(help="Thư viện: xem, khôi phục, gỡ tài liệu.", no_args_is_help=True)


@docs.command("list")
def docs_list(as_json: Json = False) -> None:
    """Liệt kê tài liệu đang dùng."""
    from bot.wiring import open_catalogue
    from ingest.shelving import live_versions

    _print_versions(live_versions(open_catalogue(start())), as_json=as_json)


@docs.command("show")
def docs_show(document: str, as_json: Json = False) -> None:
    """Xem một tài liệu: mô tả, hiệu lực và toàn văn đã đọc."""
    from bot.wiring import open_catalogue
    from ingest.shelving import live_versions, the_one
    from knowledge.in_force import Standings

    catalogue, today = open_catalogue(start()), today_in_vietnam()
    live = live_versions(catalogue)
    version = the_one(live, document)
    text = catalogue.texts([version.id])[version.document.id]
    standing = Standings.of(one.document for one in live).whole(version.document.id)
    if as_json:
        told = effects.as_json(version.document, standing, today)
        print_json({**_version_json(version), **told, "text": text})
        return
    _print_versions([version], as_json=False)
    for line in effects.lines(version.document, standing, today):
        typer.echo(f"    {line}")
    typer.echo(f"\n{text}")


@docs.command("versions")
def docs_versions(document: str, as_json: Json = False) -> None:
    """Liệt kê các bản của một tài liệu."""
    _print_versions(_versions(document), as_json=as_json)


@docs.command("rollback")
def docs_rollback(
    document: str,
    version: Annotated[int | None, typer.Option("--version", help="Bản cần dùng lại.")] = None,
) -> None:
    """Dùng lại một bản cũ (mặc định: bản liền trước)."""
    from ingest.shelving import numbered

    live = _live_version(document)
    wanted = version if version is not None else live.document.version - 1
    _replace(live.document.id, numbered(_versions(document), document, wanted))


@docs.command("remove")
def docs_remove(document: str) -> None:
    """Gỡ một tài liệu; có thể khôi phục."""
    _replace(_live_version(document).document.id, None)


@docs.command("restore")
def docs_restore(document: str) -> None:
    """Khôi phục bản mới nhất của một tài liệu đã gỡ."""
    last = _versions(document)[-1]
    _replace(last.document.id, last)


def _replace(document: str, version: StoredVersion | None) -> None:
    from bot.wiring import open_ingestion
    from ingest.shelving import put

    number = version.document.version if version else 0
    with progress_bar() as progress:
        ingestion = open_ingestion(start(), progress)
        put_in = {document: version.id if version else None}
        generation = put(ingestion, put_in, f"{document} v{number}")
    typer.echo(texts.REPLACED.format(generation=generation))


def _live_version(name: str) -> StoredVersion:
    from bot.wiring import open_catalogue
    from ingest.shelving import live_versions, the_one

    return the_one(live_versions(open_catalogue(start())), name)


def _versions(name: str) -> list[StoredVersion]:
    from bot.wiring import open_catalogue
    from ingest.shelving import versions_of

    return versions_of(open_catalogue(start()), name)


def _print_versions(versions: list[StoredVersion], *, as_json: bool) -> None:
    if as_json:
        print_json({"documents": [_version_json(one) for one in versions]})
        return
    for one in versions:
        metadata = one.document.metadata
        about = " · ".join(
            part
            for part in (metadata.number, metadata.place, metadata.period, metadata.title)
            if part
        )
        count = texts.PASSAGES[texts.VI].format(count=one.passages)
        typer.echo(f"{one.document.id}  v{one.document.version}  {one.document.source}  {count}")
        typer.echo(f"    {about}")


def _version_json(version: StoredVersion) -> dict[str, object]:
    document, metadata = version.document, version.document.metadata
    return {
        "document": document.id,
        "source": document.source,
        "location": document.location,
        "version": document.version,
        "kind": metadata.kind.value,
        "title": metadata.title,
        "number": metadata.number or None,
        "retells": metadata.retells or None,
        "issuer": metadata.issuer or None,
        "issued": metadata.issued.isoformat() if metadata.issued else None,
        "place": metadata.place or None,
        "period": metadata.period,
        "audience": metadata.audience.value,
        "reader": document.reader,
        "pages": document.pages,
        "passages": version.passages,
        "sha256": document.sha256,
        "created_at": version.created_at.isoformat(),
        "effects": [effects.effect_json(effect) for effect in document.effects],
    }
