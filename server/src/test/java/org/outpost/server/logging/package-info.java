/** What may be logged, and what never is. */
@NullMarked
package org.outpost.server.logging;

import org.jspecify.annotations.NullMarked;
