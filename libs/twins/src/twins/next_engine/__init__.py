"""A stand-in for NEXT ENGINE: sign-in page, token rotation, order upload, import queue, searches.

The numbers in docstrings and tests ("behaviour 17") are those of the list in libs/twins/README.md.
"""
