/** Tests of the package of the same name. */
@NullMarked
package org.outpost.testkit.process;

import org.jspecify.annotations.NullMarked;
