"""Publishing by hand, so to speak: what upnpc, curl and ffprobe make of the command line's contract."""

import argparse
import json
import re
import zlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from laboratory import LabError
from laboratory.net import command
from laboratory.outside import page, stream
from laboratory.router import mappings, upnpc

TAG = "lab peers"
SERVICES = {"http": 80, "rtsp": 554}
FIRST_PORT, PORTS = 20000, 20000


class Refusal(Exception):
    """The first finding."""


class Here:
    """The machine on which we already are."""

    @staticmethod
    def run(*argv, **options):
        return command(*argv, **options)


@dataclass
class Gateway:
    address: str
    description_url: str


def main(arguments):
    options = parse(arguments)
    document, status = {"endpoints": [], "findings": []}, 0
    try:
        gateway = discover()
        document["gateway"] = {"id": gateway.description_url, "protocol": "UPNP", "lanAddress": gateway.address}
        status = {"publish": publish, "release": release}[options.verb](options, gateway, document)
    except Refusal as refusal:
        document["findings"].insert(0, finding(str(refusal)))
        status = 3
    print(json.dumps(document))
    return status


def parse(arguments):
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("verb", choices=("publish", "release"))
    for name in ("camera", "name", "user", "password-file", "source", "ledger", "timeout", "policy", "lease"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--external", action="append", default=[])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--all-ours", action="store_true")
    return parser.parse_args(arguments)


def finding(code):
    return {"code": code, "severity": "ERROR", "message": code, "remedy": ""}


def discover():
    """All that upnpc hears, of which the one on the default route is ours."""
    heard = command("upnpc", "-s", check=False).stdout
    default = command("ip", "route", "show", "default").stdout.split()[2]
    for url in re.findall(r"desc: (http://\S+)", heard):
        if urlsplit(url).hostname == default:
            return Gateway(default, url)
    raise Refusal("UPNP_OFF")


def publish(options, gateway, document):
    status = upnpc(Here, gateway, "-s").stdout
    external = re.search(r"ExternalIPAddress = ([\d.]+)$", status, re.MULTILINE)
    if not external:
        raise Refusal("DOUBLE_NAT")
    document["externalAddress"] = external.group(1)
    mapped = []
    try:
        for service, port in plan(options, gateway).items():
            add(options, gateway, service, port)
            mapped.append(port)
            document["endpoints"].append(endpoint(options, gateway, external.group(1), service, port))
    except Refusal:
        for port in mapped:
            upnpc(Here, gateway, "-d", port, "TCP")
        document["endpoints"].clear()
        raise
    return verify(options, document)


def plan(options, gateway):
    """The wished ports, or for each service the first free one from a place that only the camera decides."""
    wishes = {service: int(port) for service, port in (wish.split("=") for wish in options.external)}
    taken = {row.external_port for row in mappings(Here, gateway) if row.internal_address != options.camera}
    for service in SERVICES:
        if wishes.get(service) in taken:
            raise Refusal("PORT_CONFLICT")
        place = zlib.crc32(f"{options.camera} {service}".encode())
        wishes.setdefault(service, next(port for port in (FIRST_PORT + (place + step) % PORTS for step in range(PORTS))
                                        if port not in taken))
    return wishes


def add(options, gateway, service, port):
    done = upnpc(Here, gateway, "-e", f"{TAG} {service}", "-a", options.camera, SERVICES[service], port, "TCP",
                 *([options.lease] if options.lease else []))
    failed = re.search(r"failed with code (\d+)", done.stdout + done.stderr)
    if not failed:
        return
    code = int(failed.group(1))
    if code == 718:
        held = any(row.external_port == port for row in mappings(Here, gateway))
        raise Refusal("PORT_CONFLICT" if held else "SECURE_MODE")
    raise Refusal({501: "DOUBLE_NAT", 606: "ROUTER_POLICY"}.get(code, f"UPNP_{code}"))


def endpoint(options, gateway, external, service, port):
    row = next(row for row in mappings(Here, gateway) if row.external_port == port)
    path = "/main" if service == "rtsp" else "/"
    return {"service": service, "uri": f"{service}://{external}:{port}{path}", "externalPort": port,
            "internalAddress": row.internal_address, "internalPort": row.internal_port, "protocol": row.protocol,
            "leaseSeconds": row.lease}


def verify(options, document):
    with open(options.password_file, encoding="utf-8") as file:
        password = file.read().strip()
    for one in document["endpoints"]:
        if one["service"] == "http":
            reached = page(Here, one["uri"]).title.startswith(f"{options.name} - ")
        else:
            reached = stream(Here, one["uri"], options.user, password).frames > 0
        one["verdict"] = {"status": "REACHABLE" if reached else "INCONCLUSIVE", "vantage": "here"}
        if not reached and not document["findings"]:
            document["findings"].append(finding("NO_HAIRPIN"))
    return 5 if document["findings"] else 0


def release(options, gateway, document):
    for row in mappings(Here, gateway):
        if row.description.startswith(TAG) and (options.all_ours or row.internal_address == options.camera):
            done = upnpc(Here, gateway, "-d", row.external_port, row.protocol)
            if "returned : 0" not in done.stdout:
                raise LabError(done.stdout)
    return 0
