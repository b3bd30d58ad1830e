"""The rows of a run, as a table for people and as JSON for programs."""

import dataclasses
import json

from laboratory import OUT, PROJECT

COLUMNS = ("scenario", "expected", "got", "seconds", "evidence")


@dataclasses.dataclass
class Result:
    """A row of the table; evidence is what was seen, or what was not as it must be."""

    scenario: str
    expected: str
    got: str
    seconds: float
    evidence: str
    passed: bool
    answers: list

    def save(self):
        (OUT / self.scenario / "result.json").write_text(to_json(dataclasses.asdict(self)))

    @staticmethod
    def load(scenario):
        """What was saved of a scenario, or None where it did not come to its end."""
        file = OUT / scenario / "result.json"
        return Result(**json.loads(file.read_text())) if file.exists() else None

    def cells(self):
        evidence = ("" if self.passed else "FAILED: ") + " ".join(self.evidence.split())
        return [self.scenario, self.expected, self.got, f"{self.seconds:.1f}", evidence]


def report(results, seconds):
    if not results:
        return
    rows = [COLUMNS, *(result.cells() for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS) - 1)]
    print()
    for row in rows:
        print("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths)), row[-1]]))
    failed = sum(not result.passed for result in results)
    print(f"\n{len(results)} scenarios, {failed} failed, {seconds:.0f} s; logs in {OUT.relative_to(PROJECT)}/")
    (OUT / "results.json").write_text(to_json([dataclasses.asdict(result) for result in results]))


def to_json(value):
    return json.dumps(value, default=str, indent=2) + "\n"
