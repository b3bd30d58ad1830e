"""What a person outside would do: open the camera's page in a browser, play its stream."""

import json
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from laboratory.net import gist

ENOUGH_FRAMES = 10
PACKETS_WITH_SOUND = 30
"""To be read for enough frames where sound is beside the picture, whose packets are more."""


@dataclass(frozen=True)
class Page:
    """What came of a web address: status 0 means that nothing answered."""

    status: int
    title: str
    body: str


def page(machine, uri, user=None, password=None, seconds=5, tries=1):
    """The page at an address; one that does not come is loaded again while tries are left, as a person would do."""
    login = ["--digest", "-u", f"{user}:{password}"] if user else []
    done = machine.run("curl", "-sS", "--max-time", seconds, "-w", "\n%{http_code}", *login, uri, check=False)
    if done.returncode != 0 and tries > 1:
        return page(machine, uri, user, password, seconds, tries - 1)
    body, _, status = done.stdout.rpartition("\n")
    title = re.search("<title>(.*?)</title>", body)
    return Page(int(status or 0), title.group(1) if title else "", body or gist(done.stderr))


@dataclass(frozen=True)
class Stream:
    """What came of a stream: how many frames were decoded, of which picture, or why none; and all codecs in it."""

    frames: int
    picture: str
    codecs: tuple[str, ...] = ()
    problem: str = ""


def stream(machine, uri, user, password, packets=ENOUGH_FRAMES, tries=1):
    """Decodes the first frames by ffprobe; its look at the stream is bounded, which takes one second instead of two."""
    parts = urlsplit(uri)
    address = urlunsplit(parts._replace(netloc=f"{quote(user)}:{quote(password, safe='')}@{parts.netloc}"))
    done = machine.run(
        "ffprobe", "-v", "error", "-rtsp_transport", "tcp", "-timeout", "5000000", "-analyzeduration", "500000",
        "-count_frames", "-read_intervals", f"%+#{packets}", "-show_entries",
        "stream=codec_type,codec_name,width,height,nb_read_frames", "-of", "json", address, check=False)
    streams = json.loads(done.stdout or "{}").get("streams", [])
    codecs = tuple(seen["codec_name"] for seen in streams)
    pictures = [seen for seen in streams if seen["codec_type"] == "video"]
    frames = int(pictures[0].get("nb_read_frames", 0)) if pictures else 0
    if frames < ENOUGH_FRAMES and tries > 1:
        return stream(machine, uri, user, password, packets, tries - 1)
    if not pictures:
        return Stream(0, "", codecs, gist(done.stderr.replace(password, "…")))
    seen = pictures[0]
    return Stream(frames, f"{seen['codec_name']} {seen['width']}x{seen['height']}", codecs)
