"""Real servers for every test that asks: see devstack/testing/plugin.py."""

pytest_plugins = ["devstack.testing.plugin"]
