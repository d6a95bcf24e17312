"""People on another library, mautrix with the real libolm, whose devices are signed by their identities, told what to do by
lines of JSON as in people.py. They send keys to signed devices alone, and say how far they trust what they read.
"""

import asyncio
import json
import os
import signal
import sys
import tempfile

from mautrix.client import Client, DecryptionDispatcher
from mautrix.client.state_store import MemoryStateStore
from mautrix.crypto import OlmMachine
from mautrix.crypto.cross_signing_key import CrossSigningSeeds
from mautrix.crypto.store import MemoryCryptoStore
from mautrix.types import EventType, Membership, RoomID, TOFUSigningKey, TrustState


def tell(line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


class Rooms(MemoryStateStore):
    async def find_shared_rooms(self, user):
        return [room for room, members in self.members.items() if user in members and self.encryption.get(room)]


class Keys(MemoryCryptoStore):
    async def put_cross_signing_key(self, user_id, usage, key):
        # The library's own fails where a key is told a second time.
        known = self._cross_signing_keys.setdefault(user_id, {})
        known[usage] = TOFUSigningKey(key=key, first=known[usage].first if usage in known else key)


class Person:
    def __init__(self, name, client):
        self.name = name
        self.client = client

    @classmethod
    async def login(cls, name, homeserver, user, password, makes):
        store, rooms = Keys(user, "a key of the test"), Rooms()
        client = Client(user, base_url=homeserver, sync_store=store, state_store=rooms)
        await client.login(identifier=user, password=password, device_name=name)
        await store.put_device_id(client.device_id)
        client.crypto_store = store
        client.crypto = OlmMachine(client, store, rooms)
        client.add_dispatcher(DecryptionDispatcher)
        await client.crypto.load()
        await client.crypto.share_keys()
        if makes == "identity and device":
            await client.crypto.generate_recovery_key()
        elif makes == "identity":
            await client.crypto._publish_cross_signing_keys(CrossSigningSeeds.generate().to_keys())
        client.crypto.send_keys_min_trust = TrustState.CROSS_SIGNED_TOFU
        person = cls(name, client)
        client.add_event_handler(EventType.ROOM_MESSAGE, person.hears)
        client.add_event_handler(EventType.ROOM_MEMBER, person.sees)
        client.ignore_initial_sync = client.ignore_first_sync = False
        client.start(None)
        return person

    async def hears(self, event):
        trust = event.get("mautrix", {}).get("trust_state") if hasattr(event, "get") else None
        content = event.content.serialize()
        content["trust"] = int(trust) if trust is not None else None
        self.tell(event, "m.room.message", content, encrypted=trust is not None)

    async def sees(self, event):
        if event.state_key == self.client.mxid and event.content.membership == Membership.INVITE:
            tell({"event": {"who": self.name, "room": event.room_id, "type": "invited", "content": {}}})
        else:
            self.tell(event, "m.room.member", event.content.serialize(), state_key=event.state_key)

    def tell(self, event, kind, content, **more):
        head = {"who": self.name, "room": event.room_id, "event_id": event.event_id, "sender": event.sender}
        tell({"event": {**head, "type": kind, "content": content, **more}})


class People:
    def __init__(self, homeserver):
        self.homeserver = homeserver
        self.all = {}

    async def obey(self, order):
        what, who = order["do"], order["as"]
        if what == "login":
            person = await Person.login(who, self.homeserver, order["user"], order["password"], order["makes"])
            self.all[who] = person
            return {"user_id": person.client.mxid, "device_id": person.client.device_id}
        client = self.all[who].client
        if what == "join":
            await client.join_room_by_id(RoomID(order["room"]))
        elif what == "send":
            # A device that came meanwhile is seen at the next key.
            await client.crypto_store.remove_outbound_group_session(RoomID(order["room"]))
            return await client.send_message_event(RoomID(order["room"]), EventType.ROOM_MESSAGE, order["content"])
        elif what == "create_room":
            made = await client.api.request("POST", "/_matrix/client/v3/createRoom", content=order["settings"])
            return made["room_id"]
        elif what == "raw":
            return await client.api.request(order["method"], order["path"], content=order.get("body"))
        elif what == "trust":
            # How far each device of an account is trusted.
            devices = await client.crypto._fetch_keys([order["user"]], include_untracked=True)
            return {
                device: int(await client.crypto.resolve_trust(identity)) for device, identity in devices[order["user"]].items()
            }
        else:
            raise ValueError(f"unknown order {what}")


async def main():
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_IGN)
    reader = asyncio.StreamReader(limit=1 << 24)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    with tempfile.TemporaryDirectory(prefix="entraide-signed-") as folder:
        os.chdir(folder)
        people = People(sys.argv[1])
        tell({"ready": True})
        running = set()

        async def answer(order):
            try:
                tell({"n": order["n"], "ok": await people.obey(order)})
            except Exception as error:
                tell({"n": order["n"], "error": f"{type(error).__name__}: {error}"})

        while line := await reader.readline():
            task = asyncio.create_task(answer(json.loads(line)))
            running.add(task)
            task.add_done_callback(running.discard)
    os._exit(0)


asyncio.run(main())
