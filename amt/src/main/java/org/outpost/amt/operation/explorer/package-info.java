/** Any class, as a tree and as the envelopes. */
@NullMarked
package org.outpost.amt.operation.explorer;

import org.jspecify.annotations.NullMarked;
