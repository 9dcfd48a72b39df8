package org.outpost.access.audit;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A page of the trail, the newest entry first. It may have fewer entries than asked for, or none,
 * although more follow: one look at the database goes through a limited part of a long trail.
 *
 * @param entries what was found; not verified
 * @param spoilt how many rows of the page cannot be read, because somebody changed them in the
 *     database: verify the trail
 * @param next what to give as {@link AuditQuery#before} for the next page; null when this is the
 *     last
 */
public record AuditPage(List<AuditRow.Good> entries, int spoilt, @Nullable Long next) {}
