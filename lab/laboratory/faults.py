"""Scenarios in which something is wrong: publishing and the doctor must name the cause, and cure what can be cured."""

from laboratory.home import AGENT, FRONT, NEIGHBOUR_ADDRESS, TWIN
from laboratory.scenarios import reachable, registering

FAULTS = {}
fault = registering(FAULTS, needs_porthole=True)


def publish(trial, *more, **changed):
    """Publishes and tries it from the agent outside."""
    return trial.publish(*trial.watched(), *more, **changed)


def published(trial, *more):
    """Publishes, the agent reaches everything, and so does a person outside."""
    answer = publish(trial, *more)
    reachable(trial, answer)
    trial.check("vantages", {f"http://{AGENT}"}, answer.each("verdict", "vantage"), answer)
    return answer


def diagnosed(trial, status, first, broken_at, *more, **changed):
    """The doctor names the cause, and the place on the way from outside to the camera."""
    answer = trial.doctor(*more, **changed)
    trial.ended(answer, status, first)
    trial.check("the way is broken at", {broken_at}, {one["brokenAt"] for one in answer.services} - {None}, answer)
    trial.evidence.append(f"broken at {broken_at}")
    return answer


def cured(trial, answer, code, severity):
    """All is reachable, and what was in the way is told without alarm."""
    reachable(trial, answer)
    trial.check(f"severity of {code}", severity, answer.severity(code), answer)
    trial.got.append(f"{severity} {code}")


def external_port(answer, service):
    return answer.of(FRONT)[service]["externalPort"]


def learn_port(trial, service):
    """The external port that the camera's service will get, as nothing is in the way yet."""
    port = external_port(trial.publish("--no-verify", ledger="first-ledger"), service)
    trial.release(ledger="first-ledger")
    return port


# All is well


@fault("nothing is wrong: the agent outside reaches all, and the doctor finds nothing", "watched")
def outside_agent(trial):
    answer = published(trial)
    examined = trial.doctor()
    trial.ended(examined, 0)
    trial.check("errors found", [], examined.errors)
    for told in (answer, examined):
        trial.check("reflexive address", trial.home.router.plan.wan_address, told.document["reflexiveAddress"])
    trial.release()
    trial.nothing_mapped()


@fault("the agent does not know the token: nothing can be said", "watched", "exit 5 AGENT_UNUSABLE, frames outside")
def wrong_token(trial):
    token = trial.home.keep_secret("wrong-token", "0123456789abcdef0123456789abcdef0123456789abcdef")
    answer = trial.publish(*trial.watched(token))
    trial.ended(answer, 5, "AGENT_UNUSABLE")
    trial.seen_outside(answer)


# The way to the router


@fault("another router in front, while ours claims an address that is not its own", "double-nat",
       "exit 5 DOUBLE_NAT")
def double_nat(trial):
    trial.ended(publish(trial), 5, "DOUBLE_NAT")
    examined = diagnosed(trial, 5, "DOUBLE_NAT", "PROVIDER")
    trial.check("reflexive address", trial.home.plan.upstream.wan_address, examined.document["reflexiveAddress"])


@fault("the provider shares its addresses among customers", "cgnat", "exit 3 CGNAT")
def cgnat(trial):
    trial.ended(publish(trial), 3, "CGNAT")
    diagnosed(trial, 3, "CGNAT", "PROVIDER")
    trial.nothing_mapped()


@fault("the provider drops 554, and the person wants no other port", "provider", "exit 4 ISP_BLOCKS_PORT")
def isp_drops_554(trial):
    trial.home.upstream.drop(554)
    answer = publish(trial, "--external", "rtsp=554")
    trial.ended(answer, 4, "ISP_BLOCKS_PORT")
    trial.mapped(answer.routes)
    diagnosed(trial, 4, "ISP_BLOCKS_PORT", "PROVIDER", "--external", "rtsp=554")


@fault("the provider drops the port that was chosen: another is taken", "provider",
       "exit 0, frames outside, WARNING ISP_BLOCKS_PORT")
def isp_drops_a_port(trial):
    dropped = learn_port(trial, "rtsp")
    trial.home.upstream.drop(dropped)
    answer = publish(trial)
    cured(trial, answer, "ISP_BLOCKS_PORT", "WARNING")
    trial.check("moved away from the dropped port", True, external_port(answer, "rtsp") != dropped)
    trial.mapped(answer.routes)
    trial.release()
    trial.nothing_mapped()


@fault("a device in front of the router answers at the web page's port itself", "provider", "exit 4 WRONG_DEVICE")
def port_answered_upstream(trial):
    trial.home.upstream.answer_itself(8080)
    answer = publish(trial, "--external", "http=8080")
    trial.ended(answer, 4, "WRONG_DEVICE")
    trial.mapped(answer.routes)


@fault("the same, at the port that was chosen: another is taken", "provider",
       "exit 0, frames outside, WARNING WRONG_DEVICE")
def chosen_port_answered(trial):
    trial.home.upstream.answer_itself(learn_port(trial, "http"))
    answer = publish(trial)
    cured(trial, answer, "WRONG_DEVICE", "WARNING")
    trial.mapped(answer.routes)


# The router


@fault("the router maps for the asking host only, and the doctor says so", "watched-secure", "exit 3 SECURE_MODE")
def doctor_secure_mode(trial):
    trial.ended(publish(trial), 3, "SECURE_MODE")
    diagnosed(trial, 3, "SECURE_MODE", "GATEWAY")
    trial.nothing_mapped()


@fault("the router lists the mappings and lets nothing in: they are made anew", "watched",
       "exit 0, frames outside, INFO STALE_MAPPING")
def stale_mapping(trial):
    published(trial)
    for examine in (publish, lambda trial: trial.doctor()):
        trial.home.router.lose_rules()
        answer = examine(trial)
        trial.ended(answer, 0)
        trial.check("severity of STALE_MAPPING", "INFO", answer.severity("STALE_MAPPING"), answer)
        trial.seen_outside(trial.answers[0])
    trial.got.append("INFO STALE_MAPPING")
    trial.mapped(trial.answers[0].routes)


@fault("a mapping of ours leads to the address that the camera had before; publishing corrects it", "watched",
       "exit 3 STALE_MAPPING, exit 0, frames outside")
def moved_camera(trial):
    trial.map_foreign(28888, NEIGHBOUR_ADDRESS, 80, description=f"porthole:{FRONT.name}:http")
    diagnosed(trial, 3, "STALE_MAPPING", "GATEWAY")
    trial.mapped(published(trial).routes)


@fault("the external port leads to another host", "watched", "exit 3 WRONG_DEVICE")
def wrong_host(trial):
    foreign = trial.map_foreign(8888, NEIGHBOUR_ADDRESS, 80)
    diagnosed(trial, 3, "WRONG_DEVICE", "GATEWAY", "--external", "http=8888")
    trial.nothing_mapped(foreign=[foreign])


@fault("a forwarding by hand leads the stream's port to a camera of the same model", "twin-camera",
       "exit 4 WRONG_DEVICE")
def twin_camera(trial):
    trial.home.router.forward_by_hand(8889, TWIN.address, 554)
    trial.ended(publish(trial, "--external", "rtsp=8889"), 4, "WRONG_DEVICE")
    diagnosed(trial, 4, "WRONG_DEVICE", "GATEWAY", "--external", "rtsp=8889")


@fault("the same with the encrypted web page: the page is alike, the certificate is not", "twin-camera",
       "exit 4 WRONG_DEVICE")
def twin_certificate(trial):
    trial.home.router.forward_by_hand(8443, TWIN.address, 443)
    trial.ended(publish(trial, "--https", 443, "--external", "https=8443"), 4, "WRONG_DEVICE")


@fault("the web page is mapped and the stream is not", "watched", "exit 0, exit 3 RTSP_NOT_MAPPED")
def rtsp_not_mapped(trial):
    answer = publish(trial, stream=None)
    trial.ended(answer, 0)
    diagnosed(trial, 3, "RTSP_NOT_MAPPED", "GATEWAY")
    trial.mapped(answer.routes)


@fault("no hairpin and no agent: the doctor cannot tell", "no-hairpin", "exit 5 NO_HAIRPIN")
def doctor_no_hairpin(trial):
    trial.ended(trial.publish(), 5, "NO_HAIRPIN")
    diagnosed(trial, 5, "NO_HAIRPIN", "VANTAGE")


# The camera


@fault("the camera has no default route", "no-default-route", "exit 4 CAMERA_HAS_NO_DEFAULT_ROUTE")
def no_default_route(trial):
    trial.ended(publish(trial), 4, "CAMERA_HAS_NO_DEFAULT_ROUTE")


@fault("the same, published without a look", "no-default-route", "exit 0, exit 4 CAMERA_HAS_NO_DEFAULT_ROUTE")
def doctor_no_default_route(trial):
    trial.ended(trial.publish("--no-verify"), 0)
    diagnosed(trial, 4, "CAMERA_HAS_NO_DEFAULT_ROUTE", "CAMERA")


@fault("the camera's servers do not run", "camera-stopped", "exit 4 CAMERA_DOWN")
def camera_stopped(trial):
    camera_down(trial)


@fault("the camera is not there", "camera-gone", "exit 4 CAMERA_DOWN")
def camera_gone(trial):
    camera_down(trial)


def camera_down(trial):
    trial.ended(publish(trial), 4, "CAMERA_DOWN")
    diagnosed(trial, 4, "CAMERA_DOWN", "CAMERA")


@fault("the camera refuses the account, as is seen on the LAN: the agent outside gets none", "watched",
       "exit 4 AUTH_FAILED")
def wrong_password(trial):
    password = trial.home.keep_secret("wrong-password", "not the camera's password")
    trial.ended(publish(trial, password_file=password), 4, "AUTH_FAILED")
    diagnosed(trial, 4, "AUTH_FAILED", "CAMERA", password_file=password)
