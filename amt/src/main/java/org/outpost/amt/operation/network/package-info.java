/** Wired and wireless ports, and which system owns the link. */
@NullMarked
package org.outpost.amt.operation.network;

import org.jspecify.annotations.NullMarked;
