"""A process that was started for the clinic ends with it, also when the clinic had no chance to tidy up."""

import multiprocessing
import os
import threading


def end_with_parent() -> None:
    """Called in the child. Waiting in a thread costs nothing: the system wakes it when the parent is gone."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()
