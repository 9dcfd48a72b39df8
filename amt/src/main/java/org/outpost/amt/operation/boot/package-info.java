/** What the device boots next, once. */
@NullMarked
package org.outpost.amt.operation.boot;

import org.jspecify.annotations.NullMarked;
