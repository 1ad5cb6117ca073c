"""`python -m jiejian.store COMMAND`: see docs/storage.md."""

import sys

# The way in only: some commands work through the services, which lie above the store.
from jiejian.storekeeping.command import main

if __name__ == "__main__":
    sys.exit(main())
