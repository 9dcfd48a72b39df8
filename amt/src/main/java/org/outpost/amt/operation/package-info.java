/** What the typed operations share. */
@NullMarked
package org.outpost.amt.operation;

import org.jspecify.annotations.NullMarked;
