"""Misbehaving gateways: Porthole's command line against routers that do what real ones were seen to do, and worse.

  lab/gateways/run              every case; a table; status 0 only if all passed
  lab/gateways/run NAME...      these cases; patterns too
  lab/gateways/run --list       the cases and how each must end

Needs root on Debian. Every case has machines of its own in network namespaces; no packet leaves this one, and all ends
with the run. Logs go to lab/out/gateways/NAME/.
"""

import sys

from gateways import runner

sys.exit(runner.main(__doc__, sys.argv[1:]))
