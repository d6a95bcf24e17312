"""People with encrypting Matrix clients (matrix-nio), told what to do by lines of JSON on the standard input.

Each order has a number `n` and is answered by a line with the same number; orders run side by side, except that one client
sends in the order of the orders. What a client receives is told as it comes, decrypted, in lines with `event`. It ends when
the standard input ends.
"""

import asyncio
import base64
import json
import os
import signal
import sys
import tempfile
import time
import urllib.error
import urllib.request
from urllib.parse import quote

from nio import AsyncClient, AsyncClientConfig, MegolmEvent
from nio.crypto.attachments import decrypt_attachment, encrypt_attachment
from nio.responses import ShareGroupSessionResponse

SYNC_TIMEOUT_MS = 20_000
FILTER = {"room": {"timeline": {"limit": 1000}}, "presence": {"types": []}}


def tell(line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


class Refused(Exception):
    """The server's or the library's no."""


class Client(AsyncClient):
    """nio's client, with keys that can be held back."""

    held = None

    async def _send(self, response_class, method, path, data=None, response_data=None, *more, **named):
        if response_class is ShareGroupSessionResponse and self.held is not None:
            self.held.append((method, path, data))
            return ShareGroupSessionResponse(*response_data)
        return await super()._send(response_class, method, path, data, response_data, *more, **named)


class Person:
    """One client: a device of somebody."""

    def __init__(self, name, homeserver, folder):
        self.name = name
        settings = AsyncClientConfig(encryption_enabled=True, store_sync_tokens=False, max_limit_exceeded=0, request_timeout=60)
        self.make = lambda user: Client(homeserver, user, store_path=folder, config=settings)
        self.client = None
        self.syncing = None
        self.sending = asyncio.Lock()
        # The devices that the last key of a room went to.
        self.shared = {}
        # Events that could not be read yet.
        self.unread = []
        self.told = set()
        self.invited = set()
        self.left = set()

    async def login(self, user, password, device_name):
        self.client = self.make(user)
        answer = await self.client.login(password, device_name)
        if not getattr(answer, "access_token", None):
            raise Refused(str(answer))
        await self.client.keys_upload()
        await self.once(0)
        self.wake()

    def wake(self):
        if not self.syncing:
            self.syncing = asyncio.create_task(self.sync())

    async def sleep(self):
        if self.syncing:
            self.syncing.cancel()
            await asyncio.gather(self.syncing, return_exceptions=True)
            self.syncing = None

    async def sync(self):
        while True:
            try:
                await self.once(SYNC_TIMEOUT_MS)
            except asyncio.CancelledError:
                raise
            except Exception as error:
                print(f"{self.name}: {error!r}", file=sys.stderr, flush=True)
                await asyncio.sleep(0.3)

    async def once(self, timeout):
        response = await self.client.sync(timeout, sync_filter=FILTER, full_state=None)
        if not hasattr(response, "rooms"):
            print(f"{self.name}: {response}", file=sys.stderr, flush=True)
            await asyncio.sleep(0.3)
            return
        for room, info in response.rooms.invite.items():
            if room not in self.invited:
                self.invited.add(room)
                self.left.discard(room)
                state = [event.source for event in info.invite_state]
                self.event(room, {"type": "invited", "content": {}, "state": state})
        for room, info in response.rooms.join.items():
            self.invited.discard(room)
            self.left.discard(room)
            for event in [*info.state, *info.timeline.events]:
                self.take(room, event)
        for room, info in response.rooms.leave.items():
            self.invited.discard(room)
            if room not in self.left:
                self.left.add(room)
                for event in info.timeline.events:
                    self.take(room, event)
        await self.exchange_keys()
        for room, event in list(self.unread):
            try:
                read = self.client.decrypt_event(event)
            except Exception:
                continue
            self.unread.remove((room, event))
            self.take(room, read)

    async def exchange_keys(self):
        await self.client.send_to_device_messages()
        if self.client.should_upload_keys:
            await self.client.keys_upload()
        if self.client.should_query_keys:
            await self.client.keys_query()
        if self.client.should_claim_keys:
            await self.client.keys_claim(self.client.get_users_for_key_claiming())

    def take(self, room, event):
        source = event.source
        identifier = getattr(event, "event_id", None) or source.get("event_id")
        if isinstance(event, MegolmEvent):
            if not any(kept.event_id == identifier for _, kept in self.unread):
                event.room_id = room
                self.unread.append((room, event))
                self.event(room, {**source, "type": "unreadable"})
            return
        if identifier in self.told:
            return
        self.told.add(identifier)
        self.event(room, {**source, "event_id": identifier, "encrypted": bool(getattr(event, "decrypted", False))})

    def event(self, room, event):
        kept = ("type", "event_id", "sender", "content", "state_key", "redacts", "encrypted", "origin_server_ts", "state", "unsigned")
        tell({"event": {"who": self.name, "room": room, **{name: event[name] for name in kept if name in event}}})

    async def raw(self, method, path, body=None):
        """One request, once; aiohttp would try a PUT again where its answer is lost."""
        return await asyncio.to_thread(self.request, method, path, body)

    def request(self, method, path, body):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.client.access_token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.client.homeserver + path, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise Refused(f"{method} {path}: {error.code} {error.read().decode()}") from None

    async def joined(self, room):
        """Waits until the sync brought the room, so that it is known whether it is encrypted."""
        while room not in self.client.rooms:
            if not self.syncing:
                await self.once(0)
            await asyncio.sleep(0.02)
        return self.client.rooms[room]

    async def send(self, room, kind, content, transaction=None):
        known = await self.joined(room)
        async with self.sending:
            if known.encrypted:
                await self.share(known)
            answer = await self.client.room_send(room, kind, content, transaction, ignore_unverified_devices=True)
        if not getattr(answer, "event_id", None):
            raise Refused(str(answer))
        # Its own session reads it too.
        return answer.event_id

    async def share(self, room):
        """A new key where somebody or some device came or went since the last one."""
        if not room.members_synced:
            await self.client.joined_members(room.room_id)
        if self.client.should_query_keys:
            await self.client.keys_query()
        devices = {(user, device.id) for user in room.users for device in self.client.olm.device_store.active_user_devices(user)}
        if self.shared.get(room.room_id, devices) != devices:
            self.client.invalidate_outbound_session(room.room_id)
        self.shared[room.room_id] = devices

    async def upload(self, room, data, mime, name):
        known = await self.joined(room)
        keys = None
        if known.encrypted:
            data, keys = encrypt_attachment(data)
            mime = "application/octet-stream"
        path = f"/_matrix/media/v3/upload?filename={quote(name)}"
        headers = {"Authorization": f"Bearer {self.client.access_token}", "Content-Type": mime}
        async with self.client.client_session.post(self.client.homeserver + path, headers=headers, data=data) as answer:
            uri = (await answer.json())["content_uri"]
        return {"file": {**keys, "url": uri}} if keys else {"url": uri}

    async def download(self, content):
        uri = content["file"]["url"] if "file" in content else content["url"]
        server, media = uri.removeprefix("mxc://").split("/")
        path = f"/_matrix/client/v1/media/download/{server}/{media}"
        headers = {"Authorization": f"Bearer {self.client.access_token}"}
        async with self.client.client_session.get(self.client.homeserver + path, headers=headers) as answer:
            if answer.status != 200:
                raise Refused(f"{uri}: {answer.status}")
            data = await answer.read()
        if "file" in content:
            file = content["file"]
            data = decrypt_attachment(data, file["key"]["k"], file["hashes"]["sha256"], file["iv"])
        return data


class People:
    def __init__(self, homeserver, folder):
        self.homeserver = homeserver
        self.folder = folder
        self.all = {}

    async def obey(self, order):
        what = order.pop("do")
        order.pop("n", None)
        who = order.pop("as")
        if what == "login":
            person = Person(who, order["homeserver"] if "homeserver" in order else self.homeserver, self.folder)
            await person.login(order["user"], order["password"], order.get("device_name", who))
            self.all[who] = person
            return {"user_id": person.client.user_id, "device_id": person.client.device_id}
        return await getattr(self, f"do_{what}")(self.all[who], **order)

    async def do_sleep(self, person):
        await person.sleep()

    async def do_wake(self, person):
        person.wake()

    async def do_logout(self, person):
        await person.sleep()
        await person.raw("POST", "/_matrix/client/v3/logout", {})
        await person.client.close()
        del self.all[person.name]

    async def do_raw(self, person, method, path, body=None):
        return await person.raw(method, path, body)

    async def do_create_room(self, person, settings):
        room = (await person.raw("POST", "/_matrix/client/v3/createRoom", settings))["room_id"]
        await person.joined(room)
        return room

    async def do_join(self, person, room):
        await person.raw("POST", f"/_matrix/client/v3/join/{quote(room)}", {})
        await person.joined(room)

    async def do_send(self, person, room, kind, content, transaction=None):
        return await person.send(room, kind, content, transaction)

    async def do_redact(self, person, room, event):
        path = f"/_matrix/client/v3/rooms/{quote(room)}/redact/{quote(event)}/r{time.time_ns()}"
        return (await person.raw("PUT", path, {}))["event_id"]

    async def do_state(self, person, room, kind, content, key=""):
        path = f"/_matrix/client/v3/rooms/{quote(room)}/state/{quote(kind)}/{quote(key)}"
        event = (await person.raw("PUT", path, content))["event_id"]
        # So that what is sent next is sent as the room is now.
        while event not in person.told and person.syncing:
            await asyncio.sleep(0.02)
        return event

    async def do_file(self, person, room, data, mime, content):
        data = base64.b64decode(data)
        uploaded = await person.upload(room, data, mime, content.get("filename", "file"))
        content = {**content, **uploaded, "info": {**content.get("info", {}), "mimetype": mime, "size": len(data)}}
        return await person.send(room, "m.room.message", content)

    async def do_download(self, person, content):
        return base64.b64encode(await person.download(content)).decode()

    async def do_rotate(self, person, room):
        person.client.invalidate_outbound_session(room)

    async def do_hold_keys(self, person, room):
        """From now on the keys of new sessions are not sent, beginning with the next message in this room."""
        person.client.invalidate_outbound_session(room)
        person.client.held = []

    async def do_release_keys(self, person):
        held, person.client.held = person.client.held, None
        for method, path, data in held:
            await person.raw(method, path.split("?")[0], json.loads(data))
        return len(held)

    async def do_forget_keys(self, person, room):
        """What was held back is never sent; the next message has a new key."""
        person.client.held = None
        person.client.invalidate_outbound_session(room)


async def main():
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_IGN)
    reader = asyncio.StreamReader(limit=1 << 24)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    with tempfile.TemporaryDirectory(prefix="entraide-people-") as folder:
        people = People(sys.argv[1], folder)
        tell({"ready": True})
        running = set()

        async def answer(order):
            n = order["n"]
            try:
                tell({"n": n, "ok": await people.obey(order)})
            except Exception as error:
                tell({"n": n, "error": f"{type(error).__name__}: {error}"})

        while line := await reader.readline():
            task = asyncio.create_task(answer(json.loads(line)))
            running.add(task)
            task.add_done_callback(running.discard)
        sys.stdout.flush()
    # Clients that still talk are not waited for.
    os._exit(0)


asyncio.run(main())
