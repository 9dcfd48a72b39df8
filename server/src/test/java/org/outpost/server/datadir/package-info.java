/** Tests of the data folder. */
@NullMarked
package org.outpost.server.datadir;

import org.jspecify.annotations.NullMarked;
