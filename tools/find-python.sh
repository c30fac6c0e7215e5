#!/bin/sh
# Print a Python that is new enough: the one that is named, the one of .venv, or the newest found.
# usage: find-python.sh [NAMED]

new_enough() {
  [ -n "$1" ] && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1
}

if [ -n "$1" ]; then
  if new_enough "$1"; then echo "$1"; exit; fi
  if version=$("$1" -c 'import sys; print(".".join(map(str, sys.version_info[:3])))' 2>/dev/null); then
    echo "'$1' is Python $version, and rehearse needs 3.10 or newer. Name a newer one, such as PYTHON=python3.12." >&2
  else
    echo "'$1' does not start a Python. Name one that does, such as PYTHON=python3.12." >&2
  fi
  exit 1
fi

for one in .venv/bin/python python3 python3.13 python3.12 python3.11 python3.10; do
  if new_enough "$one"; then echo "$one"; exit; fi
done
old=$(python3 -c 'import sys; print(".".join(map(str, sys.version_info[:3])))' 2>/dev/null)
if [ -n "$old" ]; then
  echo "Python $old is too old: rehearse needs 3.10 or newer. Install one, then name it: PYTHON=python3.12." >&2
else
  echo "There is no Python here, and rehearse needs 3.10 or newer. On Debian and Ubuntu: sudo apt install python3 python3-venv" >&2
fi
exit 1
