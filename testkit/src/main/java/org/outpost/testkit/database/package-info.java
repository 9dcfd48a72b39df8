/** The databases that SQL is tested on: SQLite in a file, and Debian's own PostgreSQL. */
@NullMarked
package org.outpost.testkit.database;

import org.jspecify.annotations.NullMarked;
