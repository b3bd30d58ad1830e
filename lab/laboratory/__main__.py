"""The laboratory: Porthole's command line against a real router daemon and real RTSP cameras, in network namespaces.

  lab/run                         every scenario; a table; status 0 only if all passed
  lab/run NAME...                 these scenarios
  lab/run --lanes COUNT           so many at a time, instead of one for each processor
  lab/run --list                  the scenarios and the homes
  lab/run --keep NAME             one scenario, whose home then stays up until Ctrl-C
  lab/run --with HOME -- WORD...  a command on the LAN of that home, which is told by PORTHOLE_LAB_* where all is
  lab/run --peers [NAME...]       upnpc, natpmpc, curl and ffprobe instead of Porthole: is the laboratory itself sound?
  lab/run --gateways [WORD...]    misbehaving gateways instead of a real router daemon; see lab/gateways/README.md

Needs root on Debian; installs its packages and builds Porthole where that is missing. Logs go to lab/out/. All of it
lives in namespaces of its own, which end with the run, also by Ctrl-C, an error or kill -9.
"""

import sys

from laboratory import runner

sys.exit(runner.main(__doc__, sys.argv[1:]))
