/** Bulk jobs over the API. */
@NullMarked
package org.outpost.server.web.job;

import org.jspecify.annotations.NullMarked;
