"""`python -m crawler` is `marsad`: how the daemon starts its rounds, whatever stands on PATH."""

from crawler.commands import main

if __name__ == "__main__":
    main()
