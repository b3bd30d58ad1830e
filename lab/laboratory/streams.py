"""The streams: Porthole and ffprobe look at the same ones from outside, and must see the same."""

from laboratory.home import FRONT, USER
from laboratory.outside import ENOUGH_FRAMES, stream
from laboratory.router import upnpc
from laboratory.scenarios import registering

STREAMS = {}
agreement = registering(STREAMS, needs_porthole=True)
PORT = 28554
PATHS = ("/main", "/sub", "/h265", "/mjpeg", "/audio", "/aac")
CODECS = {"H264": "h264", "H265": "hevc", "JPEG": "mjpeg"}
"""By their names in RTP, as ffprobe calls them."""


def uri(trial, path):
    return f"rtsp://{trial.home.router.plan.external_address}:{PORT}{path}"


def map_streams(trial):
    upnpc(trial.home.host, trial.home.router, "-a", FRONT.address, 554, PORT, "TCP")


def verify(trial, *paths, password_file=None):
    words = [word for path in paths for word in ("--rtsp", uri(trial, path))]
    return trial.verify(*words, "--user", USER, "--password-file", password_file or trial.home.password_file)


def by_ffprobe(trial, path, password=None):
    """The picture that ffprobe decodes, or an empty word."""
    seen = stream(trial.home.outside, uri(trial, path), USER, password or trial.home.password)
    return seen.picture if seen.frames >= ENOUGH_FRAMES else ""


def by_porthole(endpoint):
    """The picture that Porthole saw, or an empty word where it did not reach the stream."""
    verdict = endpoint["verdict"]
    if verdict["status"] != "REACHABLE":
        return ""
    evidence = verdict["evidence"]
    return f"{CODECS.get(evidence.get('codec'), evidence.get('codec'))} {evidence.get('resolution')}"


@agreement("every kind of stream: codec and resolution as ffprobe has them", expected="exit 0, the same pictures")
def stream_matrix(trial):
    map_streams(trial)
    answer = verify(trial, *PATHS)
    ours = {path: by_porthole(endpoint) for path, endpoint in zip(PATHS, answer.endpoints)}
    theirs = {path: by_ffprobe(trial, path) for path in PATHS}
    trial.check("pictures, ffprobe's and ours", theirs, ours, answer)
    trial.ended(answer, 0)
    trial.got.append("the same pictures")
    trial.evidence.append(", ".join(f"{path} {picture}" for path, picture in ours.items()))


@agreement("a path that the camera does not have", expected="exit 4 STREAM_NOT_FOUND")
def missing_stream(trial):
    map_streams(trial)
    trial.check("by ffprobe", "", by_ffprobe(trial, "/nothing"))
    trial.ended(verify(trial, "/nothing"), 4, "STREAM_NOT_FOUND")


@agreement("a password that the camera does not know", expected="exit 4 AUTH_FAILED")
def stream_wrong_password(trial):
    map_streams(trial)
    wrong = "not the camera's password"
    trial.check("by ffprobe", "", by_ffprobe(trial, "/main", wrong))
    answer = verify(trial, "/main", password_file=trial.home.keep_secret("wrong-password", wrong))
    trial.ended(answer, 4, "AUTH_FAILED")
