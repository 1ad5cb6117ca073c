"""Where events and documents are kept, behind two small ports."""
