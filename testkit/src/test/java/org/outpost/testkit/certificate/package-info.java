/** Tests of the package of the same name. */
@NullMarked
package org.outpost.testkit.certificate;

import org.jspecify.annotations.NullMarked;
