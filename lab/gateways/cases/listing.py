"""The listing, by index, of gateways that cannot count; and what else is read."""

import itertools
import time

from gateways import CAMERA, NET
from gateways.case import add, case, either, ends, published
from gateways.device import Row, tree
from gateways.faults import fails, hold, page
from gateways.gateway import Fault, fields, row_of
from gateways.web import Reply

GENERIC = "GetGenericPortMappingEntry"
FOREIGN = {(NET + "33", 3074), (NET + "34", 22000)}


def two_rows(gateway):
    gateway.foreign(3074)
    gateway.foreign(22000, NET + "34", 22000, description="Syncthing")


def listed(trial, answer):
    """list shows the two foreign rows, and nothing as ours."""
    mappings = answer.document.get("mappings") or []
    shown = {(m.get("internalAddress"), m.get("internalPort")) for m in mappings}
    trial.expect(f"list shows {shown}", FOREIGN == shown)
    trial.expect("list marks foreign rows as ours", not any(m.get("ours") for m in mappings))


def both(name, about, script, requests=150, check=listed, **options):
    """The listing by itself, and publishing with it."""
    def arrange(gateway):
        two_rows(gateway)
        script(gateway)

    add(
        f"list-{name}",
        about,
        arrange,
        ends(0, check=check, text="two foreign rows"),
        verb="list",
        requests=requests,
        peer=False,
        **options,
    )
    add(f"publish-list-{name}", f"{about}; publishing goes on", arrange, published(), requests=requests * 2, **options)


def beyond(answer):
    """What is said for an index beyond the rows."""
    def script(gateway):
        gateway.on(
            GENERIC, lambda call: answer(call) if int(call["NewPortMappingIndex"]) >= len(call.service.rows) else None
        )

    return script


def fault(code):
    def raise_it(call):
        raise Fault(code)

    return raise_it


EMPTY = Row("TCP", 0, "", 0)
for code in (402, 501, 606, 714, 600):
    both(f"ends-{code}", f"the listing ends with {code} instead of 713", beyond(fault(code)))
both("ends-empty", "the listing ends with empty rows, for ever", beyond(lambda call: fields(EMPTY)))
both("ends-nothing", "the listing ends with answers without arguments, for ever", beyond(lambda call: {}))
both("ends-page", "the listing ends with a page", beyond(lambda call: page(500)(None)))
both("ends-empty-500", "the listing ends with status 500 and no body", beyond(lambda call: Reply(b"", 500)))
both("ends-closed", "the listing ends with a closed connection", beyond(lambda call: Reply(raw=b"")))
both("last-again", "beyond the end the last row is shown again, for ever",
     beyond(lambda call: fields(call.service.rows[-1]) if call.service.rows else {}))
both(
    "first-again",
    "beyond the end the listing begins again",
    beyond(
        lambda call: (
            fields(call.service.rows[int(call["NewPortMappingIndex"]) % len(call.service.rows)]) if call.service.rows else {}
        )
    ),
)


def placeholders(gateway):
    """Rows 0, 2, 4... are placeholders."""
    def handler(call):
        index = int(call["NewPortMappingIndex"])
        if index >= 2 * len(call.service.rows):
            raise Fault(713)
        return fields(EMPTY if index % 2 == 0 else call.service.rows[index // 2])

    gateway.on(GENERIC, handler)


both("placeholders", "empty rows between the true ones", placeholders)

BROKEN = {
    "no-port": dict(NewExternalPort=None),
    "port-word": dict(NewExternalPort="web"),
    "port-70000": dict(NewExternalPort="70000"),
    "port-negative": dict(NewExternalPort="-1"),
    "client-name": dict(NewInternalClient="xbox.lan"),
    "client-garbage": dict(NewInternalClient="999.1.1.1"),
    "client-empty": dict(NewInternalClient=""),
    "protocol-odd": dict(NewProtocol="SCTP"),
    "protocol-both": dict(NewProtocol="BOTH"),
    "internal-0": dict(NewInternalPort="0"),
    "description-huge": dict(NewPortMappingDescription="x" * 20_000),
    "description-odd": dict(NewPortMappingDescription="a\n\u202e]]&amp;\x7f"),
    "lease-odd": dict(NewLeaseDuration="never"),
}


def shows_the_others(trial, answer):
    shown = {(m.get("internalAddress"), m.get("internalPort")) for m in answer.document.get("mappings") or []}
    trial.expect(f"list shows {shown}", shown >= FOREIGN)


for name, change in BROKEN.items():
    def broken_row(gateway, change=change):
        odd = gateway.foreign(9999, NET + "35", 9999, description="odd")
        gateway.connection().rows.insert(0, gateway.connection().rows.pop())

        def handler(call):
            out = call.default()
            if call.service.rows[int(call["NewPortMappingIndex"])] is odd:
                out = {key: change.get(key, value) for key, value in out.items()}
            return {key: value for key, value in out.items() if value is not None}

        gateway.on(GENERIC, handler)

    both(f"row-{name}", f"a row with {str(change)[:60]} before the others", broken_row, check=shows_the_others)


@case("the listing never ends: each index gives another row", either(), requests=15_000, timeout=8)
def listing_endless(gateway):
    gateway.on(
        GENERIC, lambda call: fields(Row("TCP", 1 + int(call["NewPortMappingIndex"]) % 65535, NET + "33", 80, "endless"))
    )


@case("list: the listing never ends", ends(0, 3), verb="list", requests=15_000, timeout=8, peer=False)
def list_endless(gateway):
    listing_endless(gateway)


@case("the listing of a broken gateway is a page at once", published())
def listing_page(gateway):
    gateway.alter(GENERIC, page())


@case("no listing at all, 401", published())
def listing_401(gateway):
    gateway.on(GENERIC, fails(401))


@case("1,000 foreign rows", published(), requests=2500, timeout=15)
def listing_1000(gateway):
    for number in range(1000):
        gateway.foreign(10000 + number, f"{NET}{30 + number % 200}", 1000 + number)


@case("1,000 foreign rows, 5 ms each: within the time limit, or said", either("TIMED_OUT"), requests=2500, timeout=6)
def listing_1000_slow(gateway):
    listing_1000(gateway)
    gateway.on(GENERIC, lambda call: time.sleep(0.005))


@case("the newest row first, so that indices shift while adding", published())
def listing_newest_first(gateway):
    two_rows(gateway)
    gateway.on("AddPortMapping", lambda call: call.service.rows.insert(0, row_of(call)) or {})


@case("the table changes while it is read", published())
def listing_moves(gateway):
    two_rows(gateway)
    ports = itertools.count(40000)

    def move(call):
        if call.number % 3 == 0:
            gateway.foreign(next(ports))

    gateway.on(GENERIC, move)


def break_and_release(trial, _):
    """The ledger knows the ports; the rows can be asked for one by one."""
    trial.gateway.on(GENERIC, fails(501))
    released = trial.run("release", "--camera", CAMERA)
    trial.expect(f"release: status {released.exit} {released.codes}", released.exit == 0)
    trial.nothing_left()


@case("release: the listing is broken after the first row", published(), then=break_and_release)
def release_without_listing(gateway):
    pass


@case("list: every answer is a login page", ends(3, text="status 3"), verb="list", peer=False)
def list_login_page(gateway):
    gateway.alter("soap", page())


@case("discover: SOAP is never answered", ends(0, 3), verb="discover", timeout=4, peer=False)
def discover_soap_silent(gateway):
    gateway.alter("soap", hold)


@case("discover: an IGD 2 too", ends(0, check=lambda trial, answer: trial.expect(
    f"{answer.document}", len(answer.document.get("gateways", [])) == 1), text="one gateway"), verb="discover", peer=False)
def discover_igd2(gateway):
    gateway.version, gateway.root = 2, tree(2)


@case("discover: nothing there", ends(3, text="status 3"), verb="discover", timeout=4, peer=False)
def discover_nothing(gateway):
    gateway.ssdp.silent = True
