/**
 * The devices that we know: what binds them to their credentials, their names, when they were seen.
 */
@NullMarked
package org.outpost.inventory;

import org.jspecify.annotations.NullMarked;
