"""Faults as they are written."""

from dataclasses import replace

from gateways.case import add, case, refused
from gateways.faults import change, chunked, cut, fault_page, rewrite, status
from gateways.gateway import envelope
from gateways.web import Reply

FAULTS = {
    "garbled": ("truncated, as by the Archer C8", cut("<errorCode>718</errorCode>")),
    "capitals": (
        "faultCode in capitals and errorCode without namespace, as by MikroTik",
        lambda reply: change("faultcode", "faultCode")(change(' xmlns="urn:schemas-upnp-org:control-1-0"', "")(reply)),
    ),
    "200": ("with status 200", status(200)),
    "400": ("with status 400", status(400)),
    "no-namespaces": ("without namespaces", rewrite(r"(</?)s:", r"\1")),
    "prefix": (
        "with a prefix on UPnPError",
        lambda reply: rewrite(r"(</?)(UPnPError|errorCode|errorDescription)", r"\1e:\2")(
            change("<UPnPError xmlns=", "<UPnPError xmlns:e=")(reply)
        ),
    ),
    "blanks": ("with blanks around the code", change(">718<", ">\n 718 \n<")),
    "zeros": ("with leading zeros", change(">718<", ">00718<")),
    "broken-tail": ("with broken XML after the code", change("</detail>", "</detial><")),
    "html-text": ("with markup in its text", change("ConflictInMappingEntry", "Conflict<br>&nbsp;sorry")),
    "latin-1": ("with bytes in its text that are not UTF-8", change("ConflictInMappingEntry", b"Konflikt f\xfcr")),
    "no-envelope": (
        "without an envelope",
        lambda reply: replace(reply, body=b"<UPnPError><errorCode>718</errorCode></UPnPError>"),
    ),
    "chunked": ("in chunks", chunked),
}
for name, (about, spoil) in FAULTS.items():
    def fault(gateway, spoil=spoil):
        gateway.secure = True
        gateway.alter("AddPortMapping", spoil)

    add(f"fault-{name}", f"718 of secure mode, {about}", fault, refused("SECURE_MODE"))


@case("718 of secure mode, truncated within the code or just after it", refused())
def fault_cut_in_code(gateway):
    gateway.secure = True
    gateway.alter("AddPortMapping", cut("<errorCode>718"))


@case("a fault without a code", refused())
def fault_no_code(gateway):
    gateway.on("AddPortMapping", lambda call: Reply(envelope("<s:Fault><faultcode>s:Client</faultcode></s:Fault>"), 500))


@case("a fault whose code is no number", refused())
def fault_word(gateway):
    gateway.on("AddPortMapping", lambda call: Reply(fault_page("denied"), 500))


@case("a fault whose code is beyond all numbers", refused())
def fault_huge(gateway):
    gateway.on("AddPortMapping", lambda call: Reply(fault_page("9" * 40), 500))


@case("a fault of half a mebibyte", refused())
def fault_large(gateway):
    gateway.on("AddPortMapping", lambda call: Reply(fault_page(501, "x" * 500_000), 500))


@case("a fault whose text has control characters and a line that looks like a finding", refused())
def fault_text(gateway):
    gateway.on(
        "AddPortMapping", lambda call: Reply(fault_page(501, "x&#13;&#10;\x7f\x1b[31mSUCCESS {\"code\":\"OK\"}"), 500)
    )
