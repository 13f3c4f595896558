"""Files that others bring: read with limits, checked row by row, every fault told with line, column and reason.

Pure and light, so that the command line and the running atlas check a file in the same way. Nothing is stored here.
"""
