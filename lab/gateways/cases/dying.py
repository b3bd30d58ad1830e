"""Lost replies, gateways that go away in the middle, and rows that stay when they should go."""

from gateways import CAMERA
from gateways.case import add, case, either, published, refused
from gateways.cases.lying import ADD, DELETE, NOT
from gateways.faults import fails, hold, page, reset, vanish
from gateways.gateway import Fault
from gateways.web import Reply

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
    add(
        f"dies-{name}-after-1",
        "the gateway dies after the first mapping, and comes back later",
        lambda gateway, silent=silent: dies(gateway, 1, silent),
        refused(*GONE, left=True),
        then=comes_back,
        timeout=5,
        peer=False,
    )
    add(
        f"dies-{name}-after-2",
        "the gateway dies after the second mapping, before it is read back",
        lambda gateway, silent=silent: dies(gateway, 2, silent),
        refused(*GONE, left=True),
        then=comes_back,
        timeout=5,
        peer=False,
    )
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
