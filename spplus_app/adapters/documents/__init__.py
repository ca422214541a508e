"""Readers of files that anybody may send: each file in a process of its own, nothing believed.

`reading` is the door: `read`, `read_photos`, `page_image`. It looks at the kind of a file
(`kinds`), starts a process that can do next to nothing (`apart`, whose first code is `child`), and
believes nothing of what comes back. The other modules are what runs there, one a format.
"""
