@NullMarked
package org.outpost.amt.fake;

import org.jspecify.annotations.NullMarked;
