package org.outpost.apf.message;

/** USERAUTH_SUCCESS (52). */
public record UserauthSuccess() implements ApfMessage {}
