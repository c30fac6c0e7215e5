"""Takes on the disk: folders, take.json, index, remarks, trash."""
