"""Says hello and stays; `stubborn` does not listen to SIGTERM, `parent` has a child."""

import os
import signal
import sys
import time

if "stubborn" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if "parent" in sys.argv and os.fork() == 0:
    print("a child", os.getpid())
print("hello", os.environ["GREETING"])
time.sleep(60)
