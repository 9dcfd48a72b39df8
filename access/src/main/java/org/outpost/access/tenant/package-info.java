/** Organisations that share a server and cannot see each other. */
@NullMarked
package org.outpost.access.tenant;

import org.jspecify.annotations.NullMarked;
