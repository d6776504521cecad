"""One reader, who keeps the line open and asks one page after another, by turns of every site."""

import random
import socket
import statistics
import time
from dataclasses import dataclass, field

from tqdm import tqdm

IDLE = 1.0  # seconds after which a line is opened anew: gunicorn shuts it after 2
LONGEST = 120  # seconds waited for one answer
MANY = 3  # answers of a kind from slow sites that may cost more than its share of the time


@dataclass
class Answer:
    status: int
    headers: dict
    size: int  # bytes of the body
    seconds: float
    body: bytes


class Line:
    """A connection to a site: plain sockets, HTTP/1.1, no Accept-Encoding."""

    def __init__(self, port):
        self.port, self.socket, self.used = port, None, 0

    def get(self, address, **headers):
        """The Answer; the time to connect is not counted."""
        if self.socket is None or time.monotonic() - self.used > IDLE:
            self._open()
        lines = [f"GET {address} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        request = "\r\n".join([*lines, "", ""]).encode()
        try:
            start = time.perf_counter()
            self.socket.sendall(request)
            status, told, body = self._read()
            seconds = time.perf_counter() - start
        except OSError:
            self.close()
            raise
        self.used = time.monotonic()
        if told.get("connection") == "close":
            self.close()
        return Answer(status, told, len(body), seconds, body)

    def close(self):
        if self.socket is not None:
            self.file.close()
            self.socket.close()
            self.socket = None

    def _open(self):
        self.close()
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=LONGEST)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb", buffering=1 << 16)

    def _read(self):
        first = self.file.readline()
        if not first:
            raise ConnectionResetError("The site hung up.")
        status, headers = int(first.split(None, 2)[1]), {}
        while (line := self.file.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            headers[name.decode("latin-1").lower()] = value.strip().decode("latin-1")
        if "chunked" in headers.get("transfer-encoding", ""):
            return status, headers, b"".join(self._chunks())
        return status, headers, self.file.read(int(headers.get("content-length", 0)))

    def _chunks(self):
        while size := int(self.file.readline().split(b";")[0], 16):
            yield self.file.read(size)
            self.file.readline()
        self.file.readline()


@dataclass
class Times:
    """What came of the questions of one kind."""

    seconds: list = field(default_factory=list)
    sizes: list = field(default_factory=list)
    statuses: dict = field(default_factory=dict)
    cut: bool = False  # time was over before all were asked

    def add(self, answer):
        self.seconds.append(answer.seconds)
        self.sizes.append(answer.size)
        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1

    def figures(self):
        """Milliseconds, answers a second (over all of them), bytes (median)."""
        told = {"asked": len(self.seconds), "cut": self.cut, "statuses": self.statuses}
        if self.seconds:
            ordered = sorted(self.seconds)
            told |= {
                "p50": statistics.median(ordered) * 1000,
                "p95": ordered[int(len(ordered) * 0.95)] * 1000,
                "per_second": len(ordered) / sum(ordered),
                "bytes": round(statistics.median(self.sizes or [0])),
            }
        return told


class Budget:
    """So many seconds for all slow sites together; each kind of each of them has its share."""

    def __init__(self, seconds, kinds):
        self.left, self.share = seconds, seconds / max(kinds, 1)

    def allows(self, times):
        """One answer, then more within the share; beyond it three, where they take little of what
        is left."""
        asked, spent = len(times.seconds), sum(times.seconds)
        if self.left <= 0:
            return False
        return spent < self.share or (asked < MANY and spent / asked < self.left / 10)


class Site:
    """A site and the addresses of each kind that it is asked for.

    A slow one is asked for at most `most` addresses a kind, as long as its `budget` allows; of the
    `heavy` kinds for one, after all else: it may take more time than all others.
    """

    def __init__(self, name, port, addresses, most=None, budget=None, heavy=()):
        self.name, self.line, self.addresses = name, Line(port), addresses
        self.most, self.budget, self.heavy = most, budget, heavy
        self.times = {kind: Times() for kind in addresses}

    def warm(self, number):
        for addresses in self.addresses.values():
            for address in addresses[:number]:
                self.line.get(address)

    def ask(self, kind, turn):
        times, addresses = self.times[kind], self.addresses[kind]
        if times.cut or turn >= min(self.most or len(addresses), len(addresses)):
            return
        if self.budget and not self.budget.allows(times):
            times.cut = True
            return
        address, headers = addresses[turn], {}
        if kind == "304":
            headers["If_None_Match"] = self.line.get(address).headers.get("etag", "")
        start = time.perf_counter()
        try:
            times.add(self.line.get(address, **headers))
        except TimeoutError:  # it takes so long at least
            times.seconds.append(time.perf_counter() - start)
            times.cut = True
        except OSError:
            times.cut = True
        if self.budget:
            self.budget.left -= time.perf_counter() - start


def ask_in_turn(sites, turns, seed=3):
    """In each turn one address of every kind of every site, in an order that is shuffled anew."""
    chance = random.Random(seed)
    order = [(site, kind) for site in sites for kind in site.addresses]
    for turn in tqdm(range(turns), "turns", disable=None):
        chance.shuffle(order)
        for site, kind in order:
            if kind not in site.heavy:
                site.ask(kind, turn)
    for site in sites:
        for kind in site.heavy:
            site.ask(kind, 0)
