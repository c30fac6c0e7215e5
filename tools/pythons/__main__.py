"""python -m tools.pythons test [ARGUMENTS FOR PYTEST] | wheel"""

from __future__ import annotations

import sys

if sys.argv[1:2] == ["wheel"]:
    from tools.pythons.wheel import main

    raise SystemExit(main())

from tools.pythons.tests import main as tests

raise SystemExit(tests(sys.argv[2:]))
