"""Success that is none, and failure that is none."""

import threading

from gateways import HOST
from gateways.case import add, case, either, published, refused
from gateways.faults import fails
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


@case("mappings appear a second late", published())
def lie_late(gateway):
    def handler(call):
        row = row_of(call)
        threading.Timer(1.0, lambda: gateway.store(call.service, row)).start()
        return {}

    gateway.on(ADD, handler)
