"""Answers that are none, at each step: mapped or refused, wholly, in time, and without talking to anybody else."""

from gateways import NEIGHBOUR, ROUTER
from gateways.case import add, case, either, published, refused
from gateways.device import ACTIONS, ACTIONS_2
from gateways.faults import (
    bomb, change, cut, doctype, drip, empty, endless, endless_chunks, endless_headers, endless_line, fails,
    gzipped, hold, late, login, page, redirect, reset, short, vanish,
)
from gateways.web import Reply

BAD = ("MALFORMED_REPLY",)
LATE = ("TIMED_OUT",)
ADDS = {
    "vanish": (vanish, (*BAD, *LATE), 8),
    "reset": (reset, (*BAD, *LATE), 8),
    "silent": (hold, LATE, 5),
    "drip": (drip(), LATE, 5),
    "drip-head": (drip(after=""), LATE, 5),
    "login-page": (page(), BAD, 8),
    "login-page-403": (page(403), (*BAD, "NOT_AUTHORIZED"), 8),
    "401": (login, (*BAD, "NOT_AUTHORIZED"), 8),
    "404": (page(404), BAD, 8),
    "500-html": (page(500), BAD, 8),
    "503": (page(503), BAD, 8),
    "500-empty": (empty(500), BAD, 8),
    "200-empty": (empty(), BAD, 8),
    "302": (redirect(302, f"http://{NEIGHBOUR}:5000/ctl/WANIPConnection"), BAD, 8),
    "307": (redirect(307, f"http://{NEIGHBOUR}:5000/ctl/WANIPConnection"), BAD, 8),
    "301-itself": (redirect(301, "/ctl/WANIPConnection"), BAD, 8),
    "cut": (cut(0.6), BAD, 8),
    "short": (short(0.5), BAD, 8),
    "endless": (endless(after=b"<s:Body>"), BAD, 8),
    "endless-headers": (endless_headers, BAD, 8),
    "endless-chunks": (endless_chunks, BAD, 8),
    "endless-line": (endless_line, BAD, 8),
    "bomb": (bomb("<s:Body>", "ha"), BAD, 8),
    "doctype": (doctype("<!ELEMENT x ANY>"), BAD, 8),
    "entity": (doctype(f'<!ENTITY e SYSTEM "http://{NEIGHBOUR}:80/e">', "<s:Body>", "&e;"), BAD, 8),
    "other-answer": (change("AddPortMapping", "DeletePortMapping"), BAD, 8),
    "gzip": (gzipped, BAD, 8),
}
for name, (spoil, codes, timeout) in ADDS.items():
    def stored(gateway, spoil=spoil):
        gateway.alter("AddPortMapping", spoil)

    def not_stored(gateway, spoil=spoil):
        gateway.on("AddPortMapping", lambda call: {})
        gateway.alter("AddPortMapping", spoil)

    limit = {} if timeout == 8 else {"timeout": timeout}
    if "NOT_AUTHORIZED" not in codes:  # a login comes before anything is done
        add(f"add-{name}", "AddPortMapping is done, its answer is broken", stored, either(*codes), **limit)
    add(
        f"add-{name}-not-done",
        "AddPortMapping is not done, and its answer is broken",
        not_stored,
        refused(*codes, "NOT_STORED"),
        **limit,
    )


# Other actions that are not answered

@case("GetExternalIPAddress is never answered", either("TIMED_OUT", "EXTERNAL_ADDRESS_UNUSABLE"), timeout=5, external=None)
def external_silent(gateway):
    gateway.alter("GetExternalIPAddress", hold)


@case("the listing is never answered", either("TIMED_OUT"), timeout=5)
def listing_silent(gateway):
    gateway.alter("GetGenericPortMappingEntry", hold)


@case("the read-back is never answered", either("TIMED_OUT", "NOT_STORED"), timeout=5)
def specific_silent(gateway):
    gateway.alter("GetSpecificPortMappingEntry", hold)


def instead(gateway, spoil):
    """Whatever is asked for is not done."""
    for action in [*ACTIONS, *ACTIONS_2]:
        gateway.on(action, lambda call: spoil(Reply()))


@case("every SOAP answer is a login page", refused(*BAD))
def soap_login_pages(gateway):
    instead(gateway, page())


@case("every SOAP request gets 401", refused(*BAD, "NOT_AUTHORIZED"))
def soap_401(gateway):
    instead(gateway, login)


@case("every SOAP request gets 404", refused(*BAD))
def soap_404(gateway):
    instead(gateway, page(404))


@case("every SOAP request gets 503", refused(*BAD, "TIMED_OUT"))
def soap_503(gateway):
    instead(gateway, page(503))


@case("every SOAP request is redirected to the login", refused(*BAD))
def soap_302(gateway):
    instead(gateway, redirect(302, f"http://{ROUTER}/login"))


@case("SOAP is never answered", refused("TIMED_OUT"), timeout=4)
def soap_silent(gateway):
    instead(gateway, hold)


@case("every SOAP answer is cut in the middle", refused(*BAD))
def soap_cut(gateway):
    gateway.alter("soap", cut(0.5))


@case("every SOAP answer drips", refused("TIMED_OUT"), timeout=4)
def soap_drip(gateway):
    gateway.alter("soap", drip())


# Each further step, broken in each way: mapped or refused, wholly, in time, and without talking to anybody else

STEPS = {"status": "GetStatusInfo", "external": "GetExternalIPAddress", "listing": "GetGenericPortMappingEntry",
         "specific": "GetSpecificPortMappingEntry"}
BREAKINGS = {
    "302": redirect(302, f"http://{NEIGHBOUR}:5000/"),
    "307": redirect(307, "/ctl/other"),
    "401": login,
    "403": page(403),
    "404": page(404),
    "500": page(500),
    "503": page(503),
    "login-page": page(),
    "empty": empty(),
    "cut": cut(0.5),
    "reset": reset,
    "bomb": bomb("<s:Body>", "ha"),
    "endless": endless(after=b"<s:Body>"),
    "silent": hold,
    "drip": drip(),
}
for step, action in STEPS.items():
    for name, spoil in BREAKINGS.items():
        waits = {"timeout": 4} if name in ("silent", "drip") else {}
        add(
            f"step-{step}-{name}",
            f"{action}: {name}",
            lambda gateway, action=action, spoil=spoil: gateway.alter(action, spoil),
            either(left=name in ("silent", "drip")),
            external=None,
            **waits,
        )

for name, spoil in {
    "302": BREAKINGS["302"],
    "401": login,
    "404": page(404),
    "login-page": page(),
    "silent": hold,
    "cut": cut(0.5),
}.items():
    def undeletable(gateway, spoil=spoil):
        gateway.on("AddPortMapping", fails(728, when=lambda call: len(call.service.rows) >= 1))
        gateway.on("DeletePortMapping", lambda call: spoil(Reply(b"<x/>")))

    add(
        f"step-delete-{name}",
        f"taking back the first mapping: {name}",
        undeletable,
        refused("TABLE_FULL", left=True),
        timeout=5,
    )


@case("AddPortMapping takes two seconds, as on slow routers", published(), timeout=12)
def add_slow(gateway):
    gateway.alter("AddPortMapping", late(2))


for name, spoil in {"silent": hold, "drip": drip(), "late": late(0.4)}.items():
    for step in ("description", "soap", "AddPortMapping"):
        add(f"hurry-{step.lower()}-{name}", f"a second is all there is, and {step} is {name}",
            lambda gateway, step=step, spoil=spoil: gateway.alter(step, spoil), either(left=True), timeout=1, external=None)
