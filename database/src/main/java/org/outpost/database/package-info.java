/** One SQL database: its connections, its migrations and the one writer that batches commits. */
@NullMarked
package org.outpost.database;

import org.jspecify.annotations.NullMarked;
