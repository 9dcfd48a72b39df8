/** Tests of the servers that SQL is tested on. */
@NullMarked
package org.outpost.testkit.database;

import org.jspecify.annotations.NullMarked;
