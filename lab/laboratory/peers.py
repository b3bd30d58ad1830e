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
    for name in ("camera", "cameras", "name", "rtsp-path", "user", "password-file", "source", "lease", "policy",
                 "ledger", "timeout"):
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


def cameras(options):
    """What the options, or the file of them, tell of each camera; the file is JSON."""
    if not options.cameras:
        return [options]
    with open(options.cameras, encoding="utf-8") as file:
        told = json.load(file)["cameras"]
    return [argparse.Namespace(camera=one["host"], name=one["name"], user=one["user"], rtsp_path=one["rtsp-path"],
                               password_file=one["password-file"], lease=options.lease, external=[]) for one in told]


def publish(options, gateway, document):
    status = upnpc(Here, gateway, "-s").stdout
    external = re.search(r"ExternalIPAddress = ([\d.]+)$", status, re.MULTILINE)
    if not external:
        raise Refusal("DOUBLE_NAT")
    document["externalAddress"] = external.group(1)
    mapped = []
    try:
        for camera in cameras(options):
            for service, port in plan(camera, gateway).items():
                add(camera, gateway, service, port)
                mapped.append(port)
                document["endpoints"].append(endpoint(camera, gateway, external.group(1), service, port))
    except Refusal:
        for port in mapped:
            upnpc(Here, gateway, "-d", port, "TCP")
        document["endpoints"].clear()
        raise
    for camera in cameras(options):
        verify(camera, [one for one in document["endpoints"] if one["internalAddress"] == camera.camera])
    if any(one["verdict"]["status"] != "REACHABLE" for one in document["endpoints"]):
        document["findings"].append(finding("NO_HAIRPIN"))
        return 5
    return 0


def plan(camera, gateway):
    """The wished ports, or for each service the first free one from a place that only the camera decides."""
    wishes = {service: int(port) for service, port in (wish.split("=") for wish in camera.external)}
    taken = {row.external_port for row in mappings(Here, gateway) if row.internal_address != camera.camera}
    for service in SERVICES:
        if wishes.get(service) in taken:
            raise Refusal("PORT_CONFLICT")
        place = zlib.crc32(f"{camera.camera} {service}".encode())
        wishes.setdefault(service, next(port for port in (FIRST_PORT + (place + step) % PORTS for step in range(PORTS))
                                        if port not in taken))
    return wishes


def add(camera, gateway, service, port):
    done = upnpc(Here, gateway, "-e", f"{TAG} {service}", "-a", camera.camera, SERVICES[service], port, "TCP",
                 *([camera.lease] if camera.lease else []))
    failed = re.search(r"failed with code (\d+)", done.stdout + done.stderr)
    if not failed:
        return
    code = int(failed.group(1))
    if code == 718:
        held = any(row.external_port == port for row in mappings(Here, gateway))
        raise Refusal("PORT_CONFLICT" if held else "SECURE_MODE")
    raise Refusal({501: "DOUBLE_NAT", 606: "ROUTER_POLICY"}.get(code, f"UPNP_{code}"))


def endpoint(camera, gateway, external, service, port):
    row = next(row for row in mappings(Here, gateway) if row.external_port == port)
    path = camera.rtsp_path if service == "rtsp" else "/"
    return {"service": service, "uri": f"{service}://{external}:{port}{path}", "externalPort": port,
            "internalAddress": row.internal_address, "internalPort": row.internal_port, "protocol": row.protocol,
            "leaseSeconds": row.lease}


def verify(camera, endpoints):
    with open(camera.password_file, encoding="utf-8") as file:
        password = file.read().strip()
    for one in endpoints:
        if one["service"] == "http":
            reached = page(Here, one["uri"]).title.startswith(f"{camera.name} - ")
        else:
            reached = stream(Here, one["uri"], camera.user, password).frames > 0
        one["verdict"] = {"status": "REACHABLE" if reached else "INCONCLUSIVE", "vantage": "here"}


def release(options, gateway, document):
    for row in mappings(Here, gateway):
        if row.description.startswith(TAG) and (options.all_ours or row.internal_address == options.camera):
            done = upnpc(Here, gateway, "-d", row.external_port, row.protocol)
            if "returned : 0" not in done.stdout:
                raise LabError(done.stdout)
    return 0
