package org.outpost.access.audit;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A page of the trail, the newest entry first.
 *
 * @param entries what was found; not verified
 * @param spoilt how many rows of the page cannot be read, because somebody changed them in the
 *     database: verify the trail
 * @param next what to give as {@link AuditQuery#before} for the next page; null when this is the
 *     last
 */
public record AuditPage(List<AuditRow.Good> entries, int spoilt, @Nullable Long next) {}
