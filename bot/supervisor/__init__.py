"""`puente up` as a supervisor: the door first, then what stands behind it, and all of it kept alive."""
