#!/usr/bin/python3
"""A window that files can be dragged out of, as out of a file manager.

    drag_source.py LIST

LIST is a file with the path of one file on each line. The window is called "Files to drag"; wherever it is dragged from,
it offers all of them as text/uri-list.
"""

import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402


def main():
    with open(sys.argv[1], encoding="utf-8") as listed:
        uris = [GLib.filename_to_uri(line.rstrip("\n")) for line in listed]
    window = Gtk.Window(title="Files to drag", default_width=240, default_height=160)
    area = Gtk.EventBox()
    area.add(Gtk.Label(label=f"{len(uris)} files"))
    area.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
    area.drag_source_add_uri_targets()
    area.connect("drag-data-get", lambda _area, _context, data, _info, _time: data.set_uris(uris))
    window.add(area)
    window.connect("destroy", Gtk.main_quit)
    window.show_all()
    Gtk.main()


main()
