"""Rows of others, and rows that read back otherwise than they were written."""

from gateways import CAMERA
from gateways.case import add, case, either, published
from gateways.cases.dying import released_cleanly
from gateways.cases.lying import ADD, NOT, SPECIFIC, GENERIC
from gateways.faults import fails, page
from gateways.gateway import row_of
from gateways.web import Reply


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


@case(
    "AddPortMapping replaces foreign rows silently, and there is no listing",
    published(),
    then=takes_what_was_chosen,
    adds=12,
)
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
    "description-cleaned": (
        dict(PortMappingDescription=lambda text: "".join(c for c in text if c.isalnum())),
        "letters and digits alone",
    ),
    "description-prefixed": (
        dict(PortMappingDescription=lambda text: f"({CAMERA}:80) {text}"),
        "something before the description",
    ),
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

NUMBERS = {
    "plus": "+{}",
    "hex": "0x{:x}",
    "negative": "-{}",
    "huge": "{}00000000000000000000",
    "float": "{}.0",
    "wide": "６{}",
    "word": "port",
}
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
