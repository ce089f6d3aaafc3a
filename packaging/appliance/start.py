"""Where the program of the .deb begins; it is `python -m station`."""

from station.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
