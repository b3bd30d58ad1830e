"""The streams: Porthole and ffprobe look at the same ones from outside, and must see the same."""

from laboratory.home import FRONT, USER
from laboratory.outside import ENOUGH_FRAMES, PACKETS_WITH_SOUND, stream
from laboratory.router import upnpc
from laboratory.scenarios import registering

STREAMS = {}
agreement = registering(STREAMS, needs_porthole=True)
PORT = 28554
PATHS = ("/main", "/sub", "/h265", "/mjpeg", "/audio", "/aac")
CODECS = {"video/H264": "h264", "video/H265": "hevc", "video/JPEG": "mjpeg", "audio/PCMU": "pcm_mulaw",
          "audio/MPEG4-GENERIC": "aac"}
"""By their names in RTP, as ffprobe calls them."""
NOT_REACHED = "not reached"


def uri(trial, path):
    return f"rtsp://{trial.home.router.plan.external_address}:{PORT}{path}"


def map_streams(trial):
    upnpc(trial.home.host, trial.home.router, "-a", FRONT.address, 554, PORT, "TCP")


def verify(trial, *paths, password_file=None):
    words = [word for path in paths for word in ("--rtsp", uri(trial, path))]
    return trial.verify(*words, "--user", USER, "--password-file", password_file or trial.home.password_file)


def by_ffprobe(trial, path, password=None):
    """The codecs that ffprobe decodes, and the size of the picture."""
    seen = stream(trial.home.outside, uri(trial, path), USER, password or trial.home.password, PACKETS_WITH_SOUND)
    return f"{' '.join(seen.codecs)} {seen.picture.split()[-1]}" if seen.frames >= ENOUGH_FRAMES else NOT_REACHED


def by_porthole(endpoint):
    """The same by the evidence of a verdict."""
    verdict = endpoint["verdict"]
    if verdict["status"] != "REACHABLE":
        return NOT_REACHED
    evidence = verdict["evidence"]
    codecs = [CODECS.get(codec, codec) for codec in evidence.get("codecs", "no codecs").split()]
    return f"{' '.join(codecs)} {evidence.get('resolution')}"


@agreement("every kind of stream: codec and resolution as ffprobe has them", expected="exit 0, the same streams")
def stream_matrix(trial):
    map_streams(trial)
    answer = verify(trial, *PATHS)
    ours = {path: by_porthole(endpoint) for path, endpoint in zip(PATHS, answer.endpoints)}
    theirs = {path: by_ffprobe(trial, path) for path in PATHS}
    differing = {path: f"ffprobe {theirs[path]}, Porthole {ours.get(path)}" for path in PATHS
                 if theirs[path] != ours.get(path)}
    trial.check("streams seen otherwise than by ffprobe", {}, differing, answer)
    trial.ended(answer, 0)
    trial.got.append("the same streams")
    trial.evidence.append(", ".join(f"{path} {seen}" for path, seen in ours.items()))


@agreement("a path that the camera does not have", expected="exit 4 STREAM_NOT_FOUND")
def missing_stream(trial):
    map_streams(trial)
    trial.check("by ffprobe", NOT_REACHED, by_ffprobe(trial, "/nothing"))
    trial.ended(verify(trial, "/nothing"), 4, "STREAM_NOT_FOUND")


@agreement("a password that the camera does not know", expected="exit 4 AUTH_FAILED")
def stream_wrong_password(trial):
    map_streams(trial)
    wrong = "not the camera's password"
    trial.check("by ffprobe", NOT_REACHED, by_ffprobe(trial, "/main", wrong))
    answer = verify(trial, "/main", password_file=trial.home.keep_secret("wrong-password", wrong))
    trial.ended(answer, 4, "AUTH_FAILED")
