/** Small named documents that live in the database and are read from memory. */
@NullMarked
package org.outpost.access.registry;

import org.jspecify.annotations.NullMarked;
