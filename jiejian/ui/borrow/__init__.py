"""The borrower's seat, piece by piece: phone, glass box, life, rules, journal."""
