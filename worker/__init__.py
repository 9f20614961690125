"""The process: connects, wires, registers, runs; and the relay that starts and wakes workflows."""
