/** The messages that start a redirection session (redirection.md §1). */
@NullMarked
package org.outpost.amt.redirection.message;

import org.jspecify.annotations.NullMarked;
