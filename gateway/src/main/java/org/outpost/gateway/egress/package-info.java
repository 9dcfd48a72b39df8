/** Where the server may connect to on somebody's word. */
@NullMarked
package org.outpost.gateway.egress;

import org.jspecify.annotations.NullMarked;
