/** Names, identity and general settings. */
@NullMarked
package org.outpost.amt.operation.general;

import org.jspecify.annotations.NullMarked;
