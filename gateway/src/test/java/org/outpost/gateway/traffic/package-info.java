/** Tests. */
@NullMarked
package org.outpost.gateway.traffic;

import org.jspecify.annotations.NullMarked;
