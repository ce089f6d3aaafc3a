"""`python -m center` is the command `center`."""

from center.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
