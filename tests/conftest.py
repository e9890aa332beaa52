"""What every test starts from."""

from hypothesis import settings

# Machines differ in speed; a slow one must not fail a property that holds.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")
