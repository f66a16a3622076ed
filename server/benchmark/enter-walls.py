"""First thing inside the walls: loopback on, limits on, a clean environment; then becomes the pilot.

argv[1] is JSON {"loopback": bool, "limits": {...}, "keep": [names], "set": {name: value}}, the rest the command.
"""

import json
import os
import resource
import sys

order = json.loads(sys.argv[1])

if order["loopback"]:
    # A new network namespace has its loopback down, and the load driver talks to the pilot over it.
    import fcntl
    import socket
    import struct

    SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        fcntl.ioctl(probe, SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", IFF_UP))

for name, value in order["limits"].items():
    kind = getattr(resource, name, None)
    if kind is None:
        continue
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(kind, (value, value))
    except (OSError, ValueError):
        # macOS knows RLIMIT_AS and refuses to set it.
        print(f"limit {name} could not be set here", file=sys.stderr)

environment = {name: os.environ[name] for name in order["keep"] if name in os.environ}
environment.update(order["set"])
os.execvpe(sys.argv[2], sys.argv[2:], environment)
