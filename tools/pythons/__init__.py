"""Every Python that is found on this machine: the tests on each, and the wheel on each."""
