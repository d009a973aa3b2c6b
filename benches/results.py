"""What the measuring scripts print and keep; as benches/harness.rs does it."""
import json
import statistics


class Results:
    """A line for people, a record for the table; as benches/harness.rs writes them."""

    def __init__(self, path):
        self.file = open(path, "a") if path else None

    def note(self, key, unit, values):
        values = sorted(values)
        median, least, most = statistics.median(values), values[0], values[-1]
        print(f"  {key:<52} {median:9.4g} {unit:<5} {least:9.4g}..{most:.4g}", flush=True)
        if self.file:
            record = {"key": key, "unit": unit, "median": median, "least": least, "most": most}
            self.file.write(json.dumps(record) + "\n")
            self.file.flush()
