"""Start a program and write down what it used: ``launcher.py USAGE_FILE COMMAND…``; ends with the program's code."""

import json
import os
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    usage_file, *command = sys.argv[1:]
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(pid, 0)
    used = {
        "wall": time.perf_counter() - start,  # seconds
        "cpu": usage.ru_utime + usage.ru_stime,  # seconds
        "peak": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),  # bytes
    }
    Path(usage_file).write_text(json.dumps(used), encoding="utf-8")
    sys.exit(os.waitstatus_to_exitcode(status) % 256)
