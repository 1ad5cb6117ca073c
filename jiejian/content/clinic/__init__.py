"""The failure clinic's content: symptoms, myth cards and the texts they share, as checked values."""
