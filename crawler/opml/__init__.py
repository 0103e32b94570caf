"""OPML: the registry for other feed readers, and theirs for the registry.

write.py makes the file, read.py reads one from strangers, merge.py decides what of it is new. Nothing here knows the
command line or writes a file.
"""
