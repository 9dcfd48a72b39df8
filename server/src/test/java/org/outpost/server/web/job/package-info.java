/** Bulk jobs over the API of a whole server. */
@NullMarked
package org.outpost.server.web.job;

import org.jspecify.annotations.NullMarked;
