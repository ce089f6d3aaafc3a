"""What the commands do, one module per thing they are about. Arguments are parsed in `station.cli`."""
