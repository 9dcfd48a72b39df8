/** Why an operation on a device did not succeed, in words for a person. */
@NullMarked
package org.outpost.amt.failure;

import org.jspecify.annotations.NullMarked;
