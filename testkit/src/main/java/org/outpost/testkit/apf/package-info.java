/**
 * An APF peer written from the wire format alone, without any product code: the independent
 * witness.
 */
@NullMarked
package org.outpost.testkit.apf;

import org.jspecify.annotations.NullMarked;
