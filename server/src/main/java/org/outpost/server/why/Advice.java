package org.outpost.server.why;

/**
 * What an outcome means, and what helps.
 *
 * @param explanation what happened, in a sentence or two
 * @param remedy what to do, in a sentence or more
 * @param reference where that is written, for who wants to know more
 */
public record Advice(String explanation, String remedy, String reference) {}
