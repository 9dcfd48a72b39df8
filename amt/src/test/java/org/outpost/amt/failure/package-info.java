@NullMarked
package org.outpost.amt.failure;

import org.jspecify.annotations.NullMarked;
