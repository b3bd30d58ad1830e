"""The other error codes: same ports, sources, full tables, and codes that nobody wrote down."""

from gateways.case import add, case, either, published, refused
from gateways.cases.refusing import ADD, MANUAL, refuses



@case("724: external and internal port must be the same, and they may be", published(), words=("--policy", "same"))
def same_724(gateway):
    refuses(gateway, 724, "SamePortValuesRequired", lambda call: call["NewExternalPort"] != call["NewInternalPort"])


@case(
    "724: external and internal port must be the same, and others are wanted",
    refused("SAME_PORT_REQUIRED"),
    words=MANUAL,
    adds=5,
)
def wish_724(gateway):
    same_724(gateway)


@case("724: external and internal port must be the same, and nobody wants anything", either("SAME_PORT_REQUIRED"))
def auto_724(gateway):
    same_724(gateway)


@case("724 for one service only: all or nothing", refused("SAME_PORT_REQUIRED"), words=MANUAL, adds=5)
def second_724(gateway):
    refuses(gateway, 724, when=lambda call: call["NewInternalPort"] == "554" and call.port != 554)


SOURCE = ("--source", "198.51.100.7")


def one_source(trial, answer):
    trial.expect(
        f"remote hosts {[row.remote for row in trial.ours()]}", {row.remote for row in trial.ours()} == {"198.51.100.7"}
    )


@case("a source restriction that the gateway keeps", published(), words=SOURCE, then=one_source)
def source_kept(gateway):
    pass


@case("a source restriction of a whole network, which UPnP cannot say", refused("SOURCE_RESTRICTION_UNSUPPORTED"),
      words=("--source", "198.51.100.0/24"), peer=False)
def source_network(gateway):
    pass


@case("726: no source restriction here", refused("SOURCE_RESTRICTION_UNSUPPORTED"), words=SOURCE, peer=False, adds=3)
def source_726(gateway):
    refuses(gateway, 726, "RemoteHostOnlySupportsWildcard", lambda call: call["NewRemoteHost"] != "")


@case(
    "a source restriction is accepted and dropped",
    refused("SOURCE_RESTRICTION_UNSUPPORTED", "NOT_STORED"),
    words=SOURCE,
    peer=False,
)
def source_dropped(gateway):
    gateway.on(ADD, lambda call: call.arguments.update(NewRemoteHost="") or None)


@case(
    "a source restriction is accepted and becomes another",
    refused("SOURCE_RESTRICTION_UNSUPPORTED", "NOT_STORED"),
    words=SOURCE,
    peer=False,
)
def source_altered(gateway):
    gateway.on(ADD, lambda call: call.arguments.update(NewRemoteHost="255.255.255.255") or None)


@case("715: a source must be given, and is", published(), words=SOURCE, then=one_source, peer=False)
def source_715_given(gateway):
    refuses(gateway, 715, "WildCardNotPermittedInSrcIP", lambda call: not call["NewRemoteHost"])


@case("715: a source must be given, and is not", refused(says="715"), adds=4)
def source_715(gateway):
    refuses(gateway, 715, "WildCardNotPermittedInSrcIP", lambda call: not call["NewRemoteHost"])


CODES = {
    401: "Invalid Action",
    402: "Invalid Args",
    501: "Action Failed",
    600: "Argument Value Invalid",
    605: "String Argument Too Long",
    716: "WildCardNotPermittedInExtPort",
    727: "ExternalPortOnlySupportsWildcard",
    732: "WildCardNotPermittedInIntPort",
    733: "InconsistentParameters",
    -911: "",
    899: "Vendor",
}
for code, text in CODES.items():
    add(
        f"always-{code}",
        f"every AddPortMapping fails with {code}",
        lambda gateway, code=code, text=text: refuses(gateway, code, text),
        refused(says=str(code)),
        adds=8,
    )
    add(f"second-{code}", f"the second AddPortMapping fails with {code}: the first is taken back",
        lambda gateway, code=code, text=text: refuses(gateway, code, text, lambda call: call["NewInternalPort"] == "554"),
        refused(says=str(code)), adds=9)


@case("728: no room", refused("TABLE_FULL"), adds=4)
def full_728(gateway):
    refuses(gateway, 728, "NoPortMapsAvailable")


@case("728 at the second mapping: the first is taken back", refused("TABLE_FULL"), adds=5)
def full_728_second(gateway):
    refuses(gateway, 728, "NoPortMapsAvailable", lambda call: len(call.service.rows) >= 1)


@case("32 rows and no more, silently, as on Linksys", refused("NOT_STORED", "TABLE_FULL"))
def full_silent(gateway):
    for number in range(32):
        gateway.foreign(30000 + number)
    gateway.on(ADD, lambda call: {} if len(call.service.rows) >= 32 else None)


@case("31 rows of 32: the second service has no room, silently", refused("NOT_STORED", "TABLE_FULL"))
def full_silent_second(gateway):
    for number in range(31):
        gateway.foreign(30000 + number)
    gateway.on(ADD, lambda call: {} if len(call.service.rows) >= 32 else None)


@case("729 always: another mechanism has everything", refused(), adds=12)
def always_729(gateway):
    refuses(gateway, 729, "ConflictWithOtherMechanisms")
