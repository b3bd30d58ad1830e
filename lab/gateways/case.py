"""What a case is, how it may end, and the table of all."""

from dataclasses import dataclass
from typing import Callable

from gateways import EXTERNAL
from gateways.trial import MOST_REQUESTS

CASES = {}


@dataclass(frozen=True)
class Outcome:
    text: str
    check: Callable
    """A function from trial and answer, which notes what is wrong in the trial."""
    peer: Callable
    """A function from what upnpc claims (all, some or none mapped) and the table (the same) to whether upnpc ended right."""


@dataclass(frozen=True)
class Case:
    name: str
    about: str
    arrange: Callable
    ends: Outcome
    verb: str = "publish"
    words: tuple = ()
    timeout: float = 8
    adds: int = 6
    """So often may a mapping be asked for."""
    requests: int = MOST_REQUESTS
    external: str = EXTERNAL
    """The address that the answer must name; None where that is the point of the case."""
    then: Callable = None
    """Further checks, and further commands, after the first has ended as it should."""
    peer: bool = True
    """Whether upnpc can be compared."""


def case(about, ends, name=None, **options):
    def register(arrange):
        add(name or arrange.__name__.replace("_", "-"), about, arrange, ends, **options)
        return arrange

    return register


def add(name, about, arrange, ends, **options):
    if name in CASES:
        raise ValueError(f"two cases {name}")
    CASES[name] = Case(name, about, arrange, ends, **options)


# Outcomes


def published(*codes, leases=True):
    """Status 0, both services in the table; these codes among the findings."""
    def check(trial, answer):
        trial.expect(f"status {answer.exit} {answer.codes[:2]} instead of 0", answer.exit == 0)
        if answer.exit == 0:
            trial.mapped(answer)
            if leases:
                trial.leases(answer)
            trial.expect(f"findings {answer.codes} without {codes}", set(codes) <= set(answer.codes))

    return Outcome("mapped" + "".join(f" {code}" for code in codes), check, lambda said, held: said == held == "all")


def refused(*codes, left=False, says=None):
    """Status 3, one of these codes first, any where none is given; nothing left; where the gateway will not remove
    it, ROLLBACK_PENDING says so; the text somewhere in the findings."""
    def check(trial, answer):
        trial.expect(f"status {answer.exit} {answer.codes[:2]} instead of 3", answer.exit == 3)
        first = answer.codes[0] if answer.codes else None
        trial.expect(f"first finding {first} instead of {' or '.join(codes)}", not codes or first in codes)
        if says:
            trial.expect(f"{says} is in no message: {answer.document.get('findings')}", any(
                says in str(finding.get("message")) for finding in answer.document.get("findings") or []))
        if not left:
            trial.nothing_left()
        elif trial.ours():
            trial.expect(f"left {[row.route for row in trial.ours()]}, and no ROLLBACK_PENDING in {answer.codes}",
                         "ROLLBACK_PENDING" in answer.codes)

    return Outcome("/".join(codes) or "any refusal", check, lambda said, held: said != "all" and (left or held == "none"))


def either(*codes, left=False):
    """Mapped or refused, but then wholly: what is said is what is so."""
    fine, no = published(), refused(*codes, left=left)

    def check(trial, answer):
        (fine if answer.exit == 0 else no).check(trial, answer)

    return Outcome(
        "mapped, or " + ("/".join(codes) or "any refusal"), check, lambda said, held: said == held and held != "some"
    )


def ends(*statuses, check=None, text=None):
    """One of these exit statuses; the check where it is 0. For commands other than publish."""
    wanted = " or ".join(map(str, statuses))

    def both(trial, answer):
        trial.expect(f"status {answer.exit} {answer.codes[:2]} instead of {wanted}", answer.exit in statuses)
        if check and answer.exit == 0:
            check(trial, answer)

    return Outcome(text or f"status {wanted}", both, lambda said, held: False)
