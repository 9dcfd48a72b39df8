package org.outpost.server.web;

import java.util.List;

/**
 * A part of a list.
 *
 * @param totalCount how many there are in all
 */
public record Listing<T>(List<T> data, long totalCount) {}
