"""Resident memory of this process, and of a server on this machine that we know only by its port."""

from pathlib import Path

LISTENING = "0A"


def resident_bytes(pid: str = "self") -> int | None:
    """None where /proc is not there (macOS, Windows) or not ours to read."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return None
    for line in lines:
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return None


def resident_bytes_of_port(port: int) -> int | None:
    """Of the process that listens on this TCP port."""
    sockets = _listening_sockets(port)
    for process in Path("/proc").glob("[0-9]*") if sockets else ():
        try:
            if any(link.readlink().name in sockets for link in (process / "fd").iterdir()):
                return resident_bytes(process.name)
        except OSError:
            continue
    return None


def _listening_sockets(port: int) -> set[str]:
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            rows = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            cells = row.split()
            if cells[3] == LISTENING and int(cells[1].rsplit(":", 1)[1], 16) == port:
                found.add(f"socket:[{cells[9]}]")
    return found
