"""A Synapse on the loopback in a folder of its own, told what to do by lines of JSON on the standard input.

It ends, with its homeserver and its folder, when the standard input ends: so nothing is left behind, however a test ends.
"""

import base64
import ctypes
import hashlib
import hmac
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import warnings

SERVER_NAME = "entraide.test"
SECRET = "shared with nobody"
# Of a bridge to another network, whose guests have accounts of this kind.
BRIDGE = "the-token-of-the-bridge"
GUESTS = "_remote_"
# Below the ports that systems hand out by themselves, so that none of these is taken while the server is down.
PORTS = (20_000, 32_000)
STARTS_WITHIN_S = 60
STOPS_WITHIN_S = 30

UNLIMITED = {"per_second": 10_000, "burst_count": 10_000}
NO_LIMITS = {
    "rc_message": UNLIMITED,
    "rc_registration": UNLIMITED,
    "rc_login": {"address": UNLIMITED, "account": UNLIMITED, "failed_attempts": UNLIMITED},
    "rc_admin_redaction": UNLIMITED,
    "rc_joins": {"local": UNLIMITED, "remote": UNLIMITED},
    "rc_joins_per_room": UNLIMITED,
    "rc_3pid_validation": UNLIMITED,
    "rc_invites": {"per_room": UNLIMITED, "per_user": UNLIMITED, "per_issuer": UNLIMITED},
    "rc_media_create": UNLIMITED,
    "rc_room_creation": UNLIMITED,
    "rc_delayed_event_mgmt": UNLIMITED,
    "rc_reports": UNLIMITED,
    "rc_user_directory": UNLIMITED,
    "rc_presence": {"per_user": UNLIMITED},
}


def free_port():
    while True:
        port = random.randrange(*PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def config(folder, port, limits):
    at = lambda name: os.path.join(folder, name)
    with open(at("log.yaml"), "w") as file:
        json.dump(
            {
                "version": 1,
                "handlers": {"file": {"class": "logging.FileHandler", "filename": at("homeserver.log")}},
                "root": {"level": "WARNING", "handlers": ["file"]},
            },
            file,
        )
    with open(at("signing.key"), "w") as file:
        seed = base64.b64encode(os.urandom(32)).decode().rstrip("=")
        file.write(f"ed25519 a_test {seed}\n")
    settings = {
        "server_name": SERVER_NAME,
        "public_baseurl": f"http://127.0.0.1:{port}/",
        "listeners": [
            {
                "port": port,
                "bind_addresses": ["127.0.0.1"],
                "type": "http",
                "tls": False,
                "resources": [{"names": ["client"], "compress": False}],
            }
        ],
        "database": {"name": "sqlite3", "args": {"database": at("homeserver.db")}},
        "media_store_path": at("media"),
        "signing_key_path": at("signing.key"),
        "log_config": at("log.yaml"),
        "registration_shared_secret": SECRET,
        "macaroon_secret_key": SECRET,
        "form_secret": SECRET,
        "enable_registration": False,
        "report_stats": False,
        "federation_domain_whitelist": [],
        "trusted_key_servers": [],
        "suppress_key_server_warning": True,
        "presence": {"enabled": False},
        "bcrypt_rounds": 4,
        "app_service_config_files": [at("bridge.yaml")],
        **(NO_LIMITS if limits == "none" else {}),
    }
    with open(at("bridge.yaml"), "w") as file:
        bridge = {
            "id": "bridge",
            "url": None,
            "as_token": BRIDGE,
            "hs_token": SECRET,
            "sender_localpart": "_bridge",
            "rate_limited": False,
            "namespaces": {"users": [{"exclusive": True, "regex": f"@{GUESTS}.*"}], "rooms": [], "aliases": []},
        }
        json.dump(bridge, file)
    # JSON is YAML.
    with open(at("homeserver.yaml"), "w") as file:
        json.dump(settings, file)
    return at("homeserver.yaml")


def dies_with_its_parent():
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Homeserver:
    def __init__(self, limits):
        self.folder = tempfile.mkdtemp(prefix="entraide-synapse-")
        self.port = free_port()
        self.config = config(self.folder, self.port, limits)
        self.child = None
        self.admin = None

    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def log(self):
        try:
            with open(os.path.join(self.folder, "homeserver.log")) as file:
                return file.read()[-4000:]
        except OSError:
            return ""

    def start(self):
        if self.child:
            raise RuntimeError("it runs")
        # Without compiled files its start takes three times as long.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        with open(os.path.join(self.folder, "output.log"), "ab") as output:
            self.child = subprocess.Popen(
                [sys.executable, "-m", "synapse.app.homeserver", "-c", self.config],
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                preexec_fn=dies_with_its_parent,
            )
        deadline = time.monotonic() + STARTS_WITHIN_S
        while not self.answers():
            if self.child.poll() is not None or time.monotonic() > deadline:
                with open(os.path.join(self.folder, "output.log")) as output:
                    raise RuntimeError(f"Synapse does not start: {output.read()[-4000:]}\n{self.log()}")
            time.sleep(0.05)

    def answers(self):
        try:
            with urllib.request.urlopen(f"{self.url()}/_matrix/client/versions", timeout=5) as answer:
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def end(self, with_signal):
        if not self.child:
            return
        self.child.send_signal(signal.SIGCONT)
        self.child.send_signal(with_signal)
        try:
            self.child.wait(STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        self.child = None

    def request(self, method, path, body=None, token=None):
        request = urllib.request.Request(f"{self.url()}{path}", method=method)
        request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        data = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, data=data, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.code} {error.read().decode()}") from None

    def register(self, name, password, admin=False):
        path = "/_synapse/admin/v1/register"
        nonce = self.request("GET", path)["nonce"]
        parts = [nonce, name, password, "admin" if admin else "notadmin"]
        mac = hmac.new(SECRET.encode(), "\0".join(parts).encode(), hashlib.sha1).hexdigest()
        made = {"nonce": nonce, "username": name, "password": password, "admin": admin, "mac": mac}
        return self.request("POST", path, made)

    def as_guest(self, user, method, path, body=None):
        """What the bridge does for one of its guests."""
        sign = "&" if "?" in path else "?"
        return self.request(method, f"{path}{sign}user_id={urllib.parse.quote(user)}", body, BRIDGE)

    def register_guest(self, name):
        asked = {"type": "m.login.application_service", "username": f"{GUESTS}{name}", "inhibit_login": True}
        return self.request("POST", "/_matrix/client/v3/register", asked, BRIDGE)

    def as_admin(self, method, path, body=None):
        if not self.admin:
            self.admin = self.register("admin", "the password of the admin", admin=True)["access_token"]
        return self.request(method, path, body, self.admin)


def obey(homeserver, order):
    what = order["do"]
    if what == "start":
        homeserver.start()
    elif what == "stop":
        homeserver.end(signal.SIGTERM)
    elif what == "kill":
        homeserver.end(signal.SIGKILL)
    elif what == "pause":
        homeserver.child.send_signal(signal.SIGSTOP)
    elif what == "resume":
        homeserver.child.send_signal(signal.SIGCONT)
    elif what == "register":
        return homeserver.register(order["name"], order["password"])
    elif what == "register guest":
        return homeserver.register_guest(order["name"])
    elif what == "guest":
        return homeserver.as_guest(order["user"], order["method"], order["path"], order.get("body"))
    elif what == "admin":
        return homeserver.as_admin(order["method"], order["path"], order.get("body"))
    elif what == "log":
        return homeserver.log()
    else:
        raise RuntimeError(f"unknown order {what}")
    return None


def main():
    # What ends a whole group of processes ends the test, and this through the end of its input, so that it can tidy up.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    homeserver = Homeserver(sys.argv[1])
    try:
        homeserver.start()
        print(json.dumps({"ready": {"url": homeserver.url(), "server_name": SERVER_NAME}}), flush=True)
        for line in sys.stdin:
            order = json.loads(line)
            try:
                answer = {"ok": obey(homeserver, order)}
            except Exception as error:
                answer = {"error": str(error)}
            print(json.dumps({"n": order["n"], **answer}), flush=True)
    except RuntimeError as error:
        print(json.dumps({"error": str(error)}), flush=True)
    except BrokenPipeError:
        pass
    finally:
        homeserver.end(signal.SIGKILL)
        shutil.rmtree(homeserver.folder, ignore_errors=True)


main()
