"""What is timed, and against whom. Each module runs as a command: `python -m benchmarks.NAME`."""
