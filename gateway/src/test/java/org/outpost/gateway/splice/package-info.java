/** Tests of the splice. */
@NullMarked
package org.outpost.gateway.splice;

import org.jspecify.annotations.NullMarked;
