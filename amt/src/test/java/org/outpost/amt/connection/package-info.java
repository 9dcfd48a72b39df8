@NullMarked
package org.outpost.amt.connection;

import org.jspecify.annotations.NullMarked;
