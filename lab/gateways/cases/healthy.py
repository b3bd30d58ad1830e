"""Gateways without a fault, of every kind: if one of these fails, so does everything."""

from gateways import CAMERA
from gateways.case import case, ends, published
from gateways.device import SERVICE, Service, tree
from gateways.faults import fails


@case("an IGD 1 with WANIPConnection:1", published())
def healthy_igd1(gateway):
    pass


def igd2(gateway):
    gateway.version, gateway.root = 2, tree(2)


@case("an IGD 2 with WANIPConnection:2, which answers searches for version 1 too", published())
def healthy_igd2(gateway):
    igd2(gateway)


@case("an IGD 2 that knows only its own version: nothing answers a search for IGD:1", published())
def igd2_only(gateway):
    igd2(gateway)
    gateway.ssdp.only = lambda st: not st.endswith(":1")


@case("an IGD 2 root whose connection is a WANIPConnection:1", published())
def igd2_with_wanip1(gateway):
    gateway.root = tree(2, connections=[Service(SERVICE.format("WANIPConnection", 1), "WANIPConn1")])


@case("only WANPPPConnection:1", published())
def wanppp_only(gateway):
    gateway.root = tree(kinds=["WANPPPConnection"])


def round_trip(trial, first):
    listed = trial.run("list")
    trial.expect(f"list: status {listed.exit}", listed.exit == 0)
    ours = {m["externalPort"] for m in listed.document.get("mappings", []) if m.get("ours")}
    trial.expect(f"list marks {ours} as ours", ours == {e["externalPort"] for e in first.endpoints.values()})
    trial.expect(
        f"list shows {len(listed.document.get('mappings', []))} rows", len(listed.document.get("mappings", [])) == 3
    )
    again = trial.publish()
    trial.mapped(again)
    ports = [{name: e["externalPort"] for name, e in answer.endpoints.items()} for answer in (first, again)]
    trial.expect(f"other ports the second time: {ports}", ports[0] == ports[1])
    released = trial.run("release", "--camera", CAMERA)
    trial.expect(f"release: status {released.exit} {released.codes}", released.exit == 0)
    trial.nothing_left()


@case("publish, list, publish again, release: the same ports, and nothing left", published(), adds=12, then=round_trip)
def there_and_back(gateway):
    gateway.foreign(8080)


@case("discover says what there is", verb="discover", peer=False, name="discover-healthy",
      ends=ends(0, check=lambda trial, answer: trial.expect(f"gateways {answer.document.get('gateways')}", [
          gateway.get("lanAddress") for gateway in answer.document.get("gateways", [])] == [trial.gateway.address])))
def _discover(gateway):
    pass


@case("plan changes nothing", verb="plan", words=("--camera", CAMERA), adds=0, peer=False, name="plan-healthy",
      ends=ends(0, check=lambda trial, answer: trial.nothing_left()))
def _plan(gateway):
    gateway.foreign(8080)


def published_twice(trial, first):
    again = trial.publish()
    trial.mapped(again)
    ports = [{name: e["externalPort"] for name, e in answer.endpoints.items()} for answer in (first, again)]
    trial.expect(f"other ports the second time: {ports}", ports[0] == ports[1])


@case("publishing twice without a listing", published(), then=published_twice, adds=12)
def again_without_listing(gateway):
    gateway.on("GetGenericPortMappingEntry", fails(401))


def forgotten(trial, first):
    (trial.home.directory / "ledger").unlink(missing_ok=True)
    published_twice(trial, first)


@case("publishing twice, and the ledger is lost in between", published(), then=forgotten, adds=12)
def again_without_ledger(gateway):
    pass
