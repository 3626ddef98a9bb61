"""What takes several transactions with calls to the outside between them.

Started by web/ and jobs/ alike; each step may be repeated, and a process may die between any two.
"""
