"""Says hello and stays; `stubborn` does not listen to SIGTERM, `parent` has a child.

`talkative` speaks to somebody who has gone, first.
"""

import os
import signal
import socket
import sys
import time

if "stubborn" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if "parent" in sys.argv and os.fork() == 0:
    print("a child", os.getpid())
if "talkative" in sys.argv:
    near, far = socket.socketpair()
    far.close()
    try:
        near.send(b"are you there?")
    except BrokenPipeError:
        print("nobody there")
print("hello", os.environ["GREETING"])
time.sleep(60)
