"""Leases: refused, forced, and read back oddly."""

from gateways.case import add, case, either, published, refused
from gateways.cases.refusing import ADD, refuses


@case("725: only permanent leases", published(), words=("--lease", "3600"))
def lease_725(gateway):
    refuses(gateway, 725, "OnlyPermanentLeasesSupported", lambda call: call.lease != 0)


@case("725 on whatever the default lease is", published())
def lease_725_default(gateway):
    refuses(gateway, 725, "OnlyPermanentLeasesSupported", lambda call: call.lease != 0)


@case("402 for a lease, as from the ARRIS NVG578LX", published(), words=("--lease", "3600"))
def lease_402(gateway):
    refuses(gateway, 402, "Invalid Args", lambda call: call.lease != 0)


@case("402 for lease 0: this router wants a finite one", published(), words=("--lease", "0"))
def lease_402_for_0(gateway):
    refuses(gateway, 402, "Invalid Args", lambda call: not 0 < call.lease <= 604800)


@case("501 for a lease", either(), words=("--lease", "3600"))
def lease_501(gateway):
    refuses(gateway, 501, "Action Failed", lambda call: call.lease != 0)


@case("725 for leases and 402 for none", refused(), words=("--lease", "3600"), adds=8)
def lease_never(gateway):
    refuses(gateway, 725, when=lambda call: call.lease != 0)
    refuses(gateway, 402, when=lambda call: call.lease == 0)


LEASES = {
    "forced-86400": lambda asked: 86400,
    "week-for-0": lambda asked: asked or 604800,
    "capped-600": lambda asked: min(asked or 600, 600),
    "one-less": lambda asked: max(asked - 1, 0),
    "always-0": lambda asked: 0,
}
for name, grant in LEASES.items():
    def granting(gateway, grant=grant):
        gateway.on(ADD, lambda call: call.arguments.update(NewLeaseDuration=str(grant(call.lease))) or None)

    for asked in ("0", "3600"):
        add(
            f"lease-{name}-of-{asked}",
            f"{asked} s are asked for; the gateway's will is other",
            granting,
            published(),
            words=("--lease", asked),
        )

for name, text in {
    "minus-1": "-1",
    "huge": "4294967295",
    "empty": "",
    "word": "infinite",
    "float": "3600.0",
    "blanks": " 3600 ",
}.items():
    def odd_lease(gateway, text=text):
        for action in ("GetSpecificPortMappingEntry", "GetGenericPortMappingEntry"):
            gateway.on(action, lambda call: {**call.default(), "NewLeaseDuration": text})

    add(
        f"lease-reads-{name}",
        f"every row reads back with lease {text!r}",
        odd_lease,
        published(leases=False),
        words=("--lease", "3600"),
    )
