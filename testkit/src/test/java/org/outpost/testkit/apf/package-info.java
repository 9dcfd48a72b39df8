/** Tests of the independent APF peer. */
@NullMarked
package org.outpost.testkit.apf;

import org.jspecify.annotations.NullMarked;
