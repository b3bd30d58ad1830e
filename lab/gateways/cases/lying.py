"""Success that is none, failure that is none, and gateways that go away in the middle."""

import threading

from gateways import CAMERA, HOST
from gateways.case import add, case, either, published, refused
from gateways.faults import fails, hold, page, reset, vanish
from gateways.gateway import Fault, row_of
from gateways.web import Reply

ADD, DELETE = "AddPortMapping", "DeletePortMapping"
SPECIFIC, GENERIC = "GetSpecificPortMappingEntry", "GetGenericPortMappingEntry"
NOT = ("NOT_STORED",)


def stores(**other):
    """OK, and something else is stored. Values are functions from the row to the field."""
    def handler(call):
        row = row_of(call)
        for name, value in other.items():
            setattr(row, name, value(row))
        call.gateway.store(call.service, row)
        return {}

    return handler


LIES = {
    "client": (dict(client=lambda row: HOST), "for the asking host instead of the camera"),
    "port": (dict(external=lambda row: row.external % 65000 + 7), "on another external port"),
    "internal": (dict(internal=lambda row: row.internal + 1), "to another internal port"),
    "protocol": (dict(protocol=lambda row: "UDP"), "for UDP"),
    "disabled": (dict(enabled=lambda row: False), "disabled"),
    "remote": (dict(remote=lambda row: "255.255.255.255"), "for a source that nobody has"),
}
for name, (lie, about) in LIES.items():
    def lying(gateway, lie=lie):
        gateway.on(ADD, stores(**lie))

    add(f"lie-{name}", f"AddPortMapping answers OK and stores the mapping {about}", lying, refused(*NOT))


@case("AddPortMapping answers OK and stores nothing", refused(*NOT))
def lie_nothing(gateway):
    gateway.on(ADD, lambda call: {})


@case("the second AddPortMapping answers OK and stores nothing", refused(*NOT))
def lie_nothing_second(gateway):
    gateway.on(ADD, lambda call: {} if call["NewInternalPort"] == "554" else None)


@case("the first mapping disappears when the second is made", either(*NOT))
def lie_only_one(gateway):
    gateway.on(ADD, lambda call: call.service.rows.clear())


@case("OK with a fault inside, nothing stored", refused())
def lie_fault_in_200(gateway):
    gateway.on(ADD, fails(501))
    gateway.alter(ADD, lambda reply: Reply(reply.body, 200))


@case("a fault, and yet the mapping is stored", either())
def lie_stored_fault(gateway):
    def handler(call):
        call.default()
        raise Fault(501, "Action Failed")

    gateway.on(ADD, handler)


@case("a conflict, and yet the mapping is stored", either())
def lie_stored_conflict(gateway):
    def handler(call):
        call.default()
        raise Fault(718, "ConflictInMappingEntry")

    gateway.on(ADD, handler)


@case("mappings appear a second late", either(*NOT))
def lie_late(gateway):
    def handler(call):
        row = row_of(call)
        threading.Timer(1.0, lambda: gateway.store(call.service, row)).start()
        return {}

    gateway.on(ADD, handler)


# Lost replies and deaths

for name, loss in {"vanish": vanish, "reset": reset, "silent": hold}.items():
    for which in (1, 2):
        add(f"lost-{name}-{which}", f"the reply to AddPortMapping {which} is lost, the mapping is made",
            lambda gateway, loss=loss, which=which: gateway.alter(ADD, loss, only={which}),
            either("TIMED_OUT", "MALFORMED_REPLY"), timeout=8)


def dies(gateway, after, silent, before=False):
    def handler(call):
        if call.number == after:
            if before:
                gateway.die(silent)
                return Reply(raw=b"", ending="reset")
            out = call.default()
            gateway.die(silent)
            return out

    gateway.on(ADD, handler)


def comes_back(trial, answer):
    """Whatever was left is on record: the gateway comes back, and releasing leaves nothing."""
    trial.gateway.revive()
    released = trial.run("release", "--camera", CAMERA)
    trial.expect(f"release: status {released.exit} {released.codes}", released.exit == 0)
    trial.nothing_left()


GONE = ("TIMED_OUT", "MALFORMED_REPLY", "UPNP_OFF", "NO_GATEWAY", "NOT_STORED")
for name, silent in {"refuses": False, "silent": True}.items():
    add(f"dies-{name}-after-1", "the gateway dies after the first mapping, and comes back later",
        lambda gateway, silent=silent: dies(gateway, 1, silent), refused(*GONE, left=True), then=comes_back, timeout=5, peer=False)
    add(f"dies-{name}-after-2", "the gateway dies after the second mapping, before it is read back",
        lambda gateway, silent=silent: dies(gateway, 2, silent), refused(*GONE, left=True), then=comes_back, timeout=5, peer=False)
    add(f"dies-{name}-at-1", "the gateway dies instead of making the first mapping",
        lambda gateway, silent=silent: dies(gateway, 1, silent, before=True), refused(*GONE), timeout=5)


@case("the gateway restarts after the first mapping: its table is empty, all else goes on", either(*NOT))
def restarts(gateway):
    def handler(call):
        if call.number == 2:
            call.service.rows.clear()

    gateway.on(ADD, handler)


@case("the gateway goes away before the rollback", refused(left=True), then=comes_back, timeout=5, peer=False)
def rollback_without_gateway(gateway):
    def handler(call):
        if call["NewInternalPort"] == "554" or len(call.service.rows) == 1:
            gateway.die()
            raise Fault(728, "NoPortMapsAvailable")

    gateway.on(ADD, handler)


DELETIONS = {"keeps": (lambda call: {}, "answers OK and keeps the row"), "606": (fails(606), "is refused, 606"),
             "501": (fails(501), "fails, 501"), "login": (lambda call: page()(None), "gives a login page"),
             "714": (fails(714), "says that there is no such row")}
for name, (handler, about) in DELETIONS.items():
    def undeletable(gateway, handler=handler):
        gateway.on(ADD, fails(728, when=lambda call: len(call.service.rows) >= 1))
        gateway.on(DELETE, handler)

    add(f"delete-{name}", f"the second mapping has no room, and taking back the first {about}", undeletable,
        refused("TABLE_FULL", left=True))


@case("the first DeletePortMapping is lost, a second one works", refused("TABLE_FULL", left=True), timeout=10)
def delete_lost(gateway):
    gateway.on(ADD, fails(728, when=lambda call: len(call.service.rows) >= 1))
    gateway.on(DELETE, lambda call: vanish(None) if call.number == 1 else None)


@case("DeletePortMapping does it, and its answer is lost", refused("TABLE_FULL"))
def delete_done_but_lost(gateway):
    gateway.on(ADD, fails(728, when=lambda call: len(call.service.rows) >= 1))
    gateway.alter(DELETE, vanish)


def release_says_so(trial, answer):
    released = trial.run("release", "--camera", CAMERA)
    trial.expect(f"release says 0, and {len(trial.ours())} rows are still there", released.exit != 0)


@case("release: DeletePortMapping answers OK and keeps the rows", published(), then=release_says_so)
def release_keeps(gateway):
    gateway.on(DELETE, lambda call: {})


def released_cleanly(trial, answer):
    released = trial.run("release", "--camera", CAMERA)
    trial.expect(f"release: status {released.exit} {released.codes}", released.exit == 0)
    trial.nothing_left()


@case("release: the rows are gone already, 714", published(), then=lambda trial, answer: (
    trial.gateway.connection().rows.clear(), released_cleanly(trial, answer)))
def release_gone(gateway):
    pass


def taken_over(trial, answer):
    rows = trial.gateway.connection().rows
    ports = [row.external for row in rows]
    rows.clear()
    for port in ports:
        trial.gateway.foreign(port)
    trial.remember_foreign()
    trial.run("release", "--camera", CAMERA)


@case("release: a foreign row has taken the port meanwhile: it stays", published(),
      then=taken_over)
def release_taken_over(gateway):
    pass


# Foreign rows

@case("AddPortMapping replaces foreign rows silently: planning must avoid them", published())
def replaces(gateway):
    for port in (80, 554, 8080, 8081, 10080, 10554, 20080):
        gateway.foreign(port)
    gateway.on(ADD, lambda call: gateway.store(call.service, row_of(call)) or {})


def takes_what_was_chosen(trial, first):
    """The ports that were chosen the first time become foreign, in a gateway that replaces silently and lists nothing."""
    rows = trial.gateway.connection().rows
    ports = [row.external for row in rows]
    rows.clear()
    for port in ports:
        trial.gateway.foreign(port)
    trial.remember_foreign()
    trial.gateway.on(GENERIC, fails(501))
    (trial.home.directory / "ledger").unlink(missing_ok=True)
    again = trial.publish()
    if again.exit == 0:
        trial.mapped(again)


@case("AddPortMapping replaces foreign rows silently, and there is no listing", published(), then=takes_what_was_chosen, adds=12)
def replaces_unlisted(gateway):
    gateway.on(ADD, lambda call: gateway.store(call.service, row_of(call)) or {})


@case("rows of others with the camera's address, made by the camera itself: they stay, also after release", published(),
      then=released_cleanly)
def camera_has_rows(gateway):
    gateway.foreign(80, CAMERA, 80, description="IPCAM HTTP")
    gateway.foreign(554, CAMERA, 554, description="IPCAM RTSP")


# What is read back is not what was written, and yet ours

def reads(**change):
    """Rows read back with other texts. Values are functions from the text to another."""
    def handler(call):
        return {name: change[name[3:]](value) if name[3:] in change else value for name, value in call.default().items()}

    return handler


def zeros(address):
    return ".".join(part.zfill(3) for part in address.split(".")) if address.count(".") == 3 else address


READINGS = {
    "description-cut-8": (dict(PortMappingDescription=lambda text: text[:8]), "the description cut to 8 characters"),
    "description-cut-1": (dict(PortMappingDescription=lambda text: text[:1]), "the description cut to 1 character"),
    "description-dropped": (dict(PortMappingDescription=lambda text: ""), "no description"),
    "description-replaced": (dict(PortMappingDescription=lambda text: "UPnP"), "another description"),
    "description-capitals": (dict(PortMappingDescription=str.upper), "the description in capitals"),
    "description-cleaned": (dict(PortMappingDescription=lambda text: "".join(c for c in text if c.isalnum())), "letters and digits alone"),
    "description-prefixed": (dict(PortMappingDescription=lambda text: f"({CAMERA}:80) {text}"), "something before the description"),
    "client-zeros": (dict(InternalClient=zeros), "leading zeros in the address"),
    "client-blanks": (dict(InternalClient=lambda text: f" {text} "), "blanks around the address"),
    "ports-zeros": (dict(InternalPort=lambda text: text.zfill(5)), "leading zeros in the port"),
    "ports-blanks": (dict(InternalPort=lambda text: f" {text} "), "blanks around the port"),
    "enabled-true": (dict(Enabled=lambda text: "true"), "true instead of 1"),
    "enabled-True": (dict(Enabled=lambda text: "True"), "True instead of 1"),
    "enabled-yes": (dict(Enabled=lambda text: "yes"), "yes instead of 1"),
    "protocol-lower": (dict(Protocol=str.lower), "the protocol in lower case"),
    "remote-zeros": (dict(RemoteHost=lambda text: text or "0.0.0.0"), "0.0.0.0 for anyone"),
    "remote-star": (dict(RemoteHost=lambda text: text or "*"), "* for anyone"),
}
for name, (reading, about) in READINGS.items():
    def altered(gateway, reading=reading):
        gateway.on(SPECIFIC, reads(**reading))
        gateway.on(GENERIC, reads(**reading))

    add(f"reads-{name}", f"read back with {about}: it is ours none the less, and can be released", altered, published(),
        then=released_cleanly)

NUMBERS = {"plus": "+{}", "hex": "0x{:x}", "negative": "-{}", "huge": "{}00000000000000000000", "float": "{}.0", "wide": "６{}", "word": "port"}
for name, form in NUMBERS.items():
    def numbered(gateway, form=form):
        for action in (SPECIFIC, GENERIC):
            gateway.on(action, lambda call: {key: form.format(int(value)) if key == "NewInternalPort" else value
                                             for key, value in call.default().items()})

    add(f"reads-number-{name}", f"internal ports read back as {form}", numbered, either("NOT_STORED", "MALFORMED_REPLY"))


@case("the camera's name instead of its address is read back", either(*NOT))
def reads_host_name(gateway):
    for action in (SPECIFIC, GENERIC):
        gateway.on(action, reads(InternalClient=lambda text: "ipcam.lan" if text == CAMERA else text))


@case("two values for one argument, which differ", either("NOT_STORED", "MALFORMED_REPLY"))
def reads_twice(gateway):
    gateway.alter(SPECIFIC, lambda reply: Reply(reply.body.replace(
        b"<NewInternalPort>", b"<NewInternalPort>1</NewInternalPort><NewInternalPort>"), reply.status))


for name, code in {"401": 401, "501": 501, "602": 602}.items():
    add(f"no-specific-{name}", f"GetSpecificPortMappingEntry is not there, {code}: the listing shows the rows",
        lambda gateway, code=code: gateway.on(SPECIFIC, fails(code)), published())


@case("GetSpecificPortMappingEntry always says 714, as from OPNsense #3746", published())
def no_specific_714(gateway):
    gateway.on(SPECIFIC, fails(714))


@case("GetSpecificPortMappingEntry is a 404 page", published())
def no_specific_404(gateway):
    gateway.alter(SPECIFIC, page(404))


@case("GetSpecificPortMappingEntry answers OK with nothing in it", published())
def no_specific_empty(gateway):
    gateway.on(SPECIFIC, lambda call: {})


@case("neither rows nor listing can be read: nothing can be known", either(*NOT))
def no_reading(gateway):
    gateway.on(SPECIFIC, fails(401))
    gateway.on(GENERIC, fails(401))
