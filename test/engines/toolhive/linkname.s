// Lets Go take functions without bodies, which go:linkname fills in.
