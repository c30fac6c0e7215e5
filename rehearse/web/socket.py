"""The one socket of a page: messages and sound in, what is to be shown out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rehearse.web.messages import (
    Begin,
    Clear,
    Deaf,
    Malformed,
    Played,
    Press,
    read,
    read_block,
)

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from rehearse.web.holder import Holder
    from rehearse.web.line import Visit

LARGEST_FRAME = 65_536
"""Bytes; a tenth of a second of two channels at 96 kHz has 38 400."""
TAKEN_OVER, NOT_OURS = 4001, 4002
"""Codes with which a socket is closed: another tab is the page now; that was no message of ours."""
_PAGE = re.compile(r"[0-9a-f]{16}")


async def attend(socket: WebSocket, holder: Holder) -> None:
    page = socket.query_params.get("page", "")
    await socket.accept()
    if not _PAGE.fullmatch(page):
        await socket.close(NOT_OURS)
        return
    due = asyncio.Event()
    loop = asyncio.get_running_loop()

    def wake() -> None:
        with suppress(RuntimeError):  # the program ends, and its loop is closed
            loop.call_soon_threadsafe(due.set)

    visit = holder.line.join(page, wake)
    tasks = [
        asyncio.create_task(_receive(socket, holder, visit)),
        asyncio.create_task(_send(socket, holder, visit, due)),
    ]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        holder.line.leave(visit)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if visit.is_replaced:
        with suppress(RuntimeError):
            await socket.close(TAKEN_OVER)


async def _send(socket: WebSocket, holder: Holder, visit: Visit, due: asyncio.Event) -> None:
    while not visit.is_replaced:
        await due.wait()
        due.clear()
        for text in holder.line.taken(visit):
            await socket.send_text(text)


async def _receive(socket: WebSocket, holder: Holder, visit: Visit) -> None:
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect" or visit.is_replaced:
            return
        try:
            _take(message, holder, visit)
        except Malformed:
            await socket.close(NOT_OURS)
            return


def _take(message: Mapping[str, Any], holder: Holder, visit: Visit) -> None:
    """Raises Malformed."""
    if isinstance(frame := message.get("bytes"), bytes):
        holder.ear.hear(visit.page, read_block(frame))
        return
    said = read(str(message.get("text")))
    if isinstance(said, Press):
        holder.keys.press(said.key)
    elif isinstance(said, Clear):
        holder.clear()
    elif isinstance(said, Begin):
        holder.begin(said)
    elif isinstance(said, Played):
        holder.player.heard(said)
    elif isinstance(said, Deaf):
        holder.ear.fail(said)
