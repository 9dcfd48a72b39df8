/** Joins two channels end to end, with back-pressure and half-close. */
@NullMarked
package org.outpost.gateway.splice;

import org.jspecify.annotations.NullMarked;
