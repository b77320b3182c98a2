"""One reader for each kind of file that people have: it gives rows by the headings of the file, one at a time.

`opening` knows which file is of which kind; what the columns mean is decided elsewhere (`desk.bringing.columns`).
"""
