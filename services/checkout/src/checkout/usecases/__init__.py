"""One verb per module; never commits, never knows HTTP."""
