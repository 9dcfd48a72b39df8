/** The redirection client. */
@NullMarked
package org.outpost.amt.redirection;

import org.jspecify.annotations.NullMarked;
