@NullMarked
package org.outpost.amt.traffic;

import org.jspecify.annotations.NullMarked;
