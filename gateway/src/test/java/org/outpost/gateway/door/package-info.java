/** Tests of what doors share, and the fakes that all doors' tests use. */
@NullMarked
package org.outpost.gateway.door;

import org.jspecify.annotations.NullMarked;
