"""Quiz items to and from other programs: Moodle XML, GIFT, Anki."""
