"""Many recordings at once: processes, a cluster, and files of results."""
