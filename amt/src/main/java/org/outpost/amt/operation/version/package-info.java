/** Which AMT it is, and how far it is set up. */
@NullMarked
package org.outpost.amt.operation.version;

import org.jspecify.annotations.NullMarked;
