"""What the tests share: fakes, fixtures to be used as plugins, other processes, tools of measuring."""
