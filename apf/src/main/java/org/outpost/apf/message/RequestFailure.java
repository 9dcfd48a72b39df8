package org.outpost.apf.message;

/** REQUEST_FAILURE (82). */
public record RequestFailure() implements ApfMessage {}
