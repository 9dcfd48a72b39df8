/** Tests of the package of the same name. */
@NullMarked
package org.outpost.testkit.socks;

import org.jspecify.annotations.NullMarked;
