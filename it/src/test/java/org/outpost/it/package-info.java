/** The packaged program in its own process, end to end, with real clients and hostile ones. */
@NullMarked
package org.outpost.it;

import org.jspecify.annotations.NullMarked;
