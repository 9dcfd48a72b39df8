package org.outpost.apf.message;

/**
 * USERAUTH_FAILURE (51), the 14-byte form with one trailing byte (apf.md section 2.5, quirk Q18).
 *
 * @param methods the methods that the server supports, separated by commas
 * @param partialSuccess whether more methods must follow; always false here
 */
public record UserauthFailure(String methods, boolean partialSuccess) implements ApfMessage {}
