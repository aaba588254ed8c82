NOTES = []


def note(text):
    NOTES.append(text)


def told():
    return "; ".join(NOTES)
