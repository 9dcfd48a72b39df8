package org.outpost.server.web;

import java.util.List;

/**
 * A part of a list.
 *
 * @param totalCount how many there are in all
 */
record Listing<T>(List<T> data, long totalCount) {}
