"""Who somebody is: passwords, invitations, staff accounts, their sessions, nicknames."""
