/** The gateway's parts. */
@NullMarked
package org.outpost.amt.redirection.gateway;

import org.jspecify.annotations.NullMarked;
