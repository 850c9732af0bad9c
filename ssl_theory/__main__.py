"""``python -m ssl_theory`` is ``ssl-theory``."""

from ssl_theory.command_line import main

if __name__ == "__main__":
    raise SystemExit(main())
